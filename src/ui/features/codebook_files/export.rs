//! The dialog that exports the codebook.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::state::EXPORT;
use crate::{
    annotation::Codebook,
    interchange::{codes_of, write_codebook_csv, write_codebook_file, write_qdc},
    ui::{
        Store,
        features::{announcements, document},
        parts::{dialog::closing, lazy_html::LazyHtml, words::count},
        platform, use_store,
    },
};

pub(super) const EXPORT_HTML: LazyHtml = LazyHtml::of(&EXPORT, || html! { <Export /> });

/// The program that files name.
const ORIGIN: &str = concat!("Glossator ", env!("CARGO_PKG_VERSION"));

/// A format of exported codebooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Own,
    Qdc,
    Csv,
}

impl Format {
    const ALL: [Self; 3] = [Self::Own, Self::Qdc, Self::Csv];

    /// The name in the DOM, the name, and what it holds.
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Own => (
                "codebook-json",
                "Glossator codebook (.json)",
                "Everything: definitions, examples, attributes, colours, keys and the tree. For Glossator elsewhere.",
            ),
            Self::Qdc => (
                "codebook-qdc",
                "REFI-QDA codebook (.qdc)",
                "Names, definitions, colours and the tree. For NVivo, MAXQDA, ATLAS.ti, QualCoder and Taguette. Without examples, attributes, keys and lines.",
            ),
            Self::Csv => (
                "codebook-csv",
                "Table (.csv)",
                "Names, definitions, colours and the tree, as rows. For spreadsheets. Without examples, attributes, keys and lines.",
            ),
        }
    }

    /// The ending of the file's name, and its media type.
    const fn kind(self) -> (&'static str, &'static str) {
        match self {
            Self::Own => ("json", "application/json"),
            Self::Qdc => ("qdc", "application/xml"),
            Self::Csv => ("csv", "text/csv"),
        }
    }

    /// The text of the file, and the number of characters that it cannot hold.
    fn write(self, codebook: &Codebook) -> Result<(String, usize), String> {
        match self {
            Self::Own => {
                write_codebook_file(codebook, "Codebook").map(|it| (it, 0)).map_err(|it| it.to_string())
            }
            Self::Qdc => {
                let file = write_qdc(&codes_of(codebook), ORIGIN);
                file.map(|it| (it.text, it.removed)).map_err(|it| it.to_string())
            }
            Self::Csv => {
                let file = write_codebook_csv(&codes_of(codebook));
                file.map(|it| (it.text, it.removed)).map_err(|it| it.to_string())
            }
        }
    }
}

#[component]
fn Export() -> Html {
    let store = use_store();
    let codebook = document::use_codebook();
    let number = codebook.tags().iter().filter(|it| !it.removed).count();
    html! {
        <>
            <p>{ format!("The codebook has {}. Annotations are not in the file; “Export” in the header takes them along.", count(number, "tag", "tags")) }</p>
            <div class="file-formats">
                { for Format::ALL.into_iter().map(|format| {
                    let (action, name, holds) = format.words();
                    let onclick = closing(&store, move |store| export(store, format));
                    html! {
                        <button type="button" data-action={action} {onclick}>
                            <b>{ name }</b>
                            <small>{ holds }</small>
                        </button>
                    }
                }) }
            </div>
        </>
    }
}

/// Downloads the codebook.
fn export(store: &Store, format: Format) {
    let codebook = store.read(|state| document::codebook(state).clone());
    let (ending, media_type) = format.kind();
    let name = format!("glossator-codebook-{}.{ending}", platform::today());
    let (text, removed) = match format.write(&codebook) {
        Ok(written) => written,
        Err(why) => {
            let words = format!("Nothing was exported: {why}. Your codebook is unchanged.");
            return store.update(|state| state.notices.fail(words));
        }
    };
    let store = store.clone();
    spawn_local(async move {
        match platform::download_as(&name, &text, media_type).await {
            Ok(()) if removed > 0 => {
                let left_out = count(removed, "character", "characters");
                store.update(|state| {
                    state
                        .notices
                        .fail(format!("Exported to {name}, without {left_out} that the format cannot hold."));
                });
            }
            Ok(()) => announcements::announce(&store, format!("Exported to {name}")),
            Err(_) => store.update(|state| {
                state.notices.fail("The browser refused the download. Your codebook is unchanged.");
            }),
        }
    });
}
