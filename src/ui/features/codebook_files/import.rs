//! The dialog that takes over a codebook: choosing a file, reading it, and the preview.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{
    chooser::Chooser,
    preview::Preview,
    read::{ReadCodebook, read},
    state::{IMPORT, Source},
};
use crate::ui::{parts::lazy_html::LazyHtml, use_store, use_view};

pub(super) const IMPORT_HTML: LazyHtml = LazyHtml::of(&IMPORT, || html! { <Import /> });

/// What was read from which source.
type Outcome = Option<(Source, Result<Rc<ReadCodebook>, String>)>;

#[component]
fn Import() -> Html {
    let store = use_store();
    let source = use_view(|state| state.codebook_files.source.clone());
    let outcome = use_state(|| Outcome::None);
    {
        let outcome = outcome.setter();
        use_effect_with(source.clone(), move |source| {
            let Some(source) = source.clone() else { return };
            spawn_local(async move {
                let read = read(&store, &source).await.map(Rc::new);
                // Another file may have been chosen in the meantime.
                if store.read(|state| state.codebook_files.source.as_ref() == Some(&source)) {
                    outcome.set(Some((source, read)));
                }
            });
        });
    }
    let read = outcome.as_ref().filter(|it| Some(&it.0) == source.as_ref()).map(|it| &it.1);
    match (&source, read) {
        (None, _) => html! { <Chooser /> },
        (Some(_), None) => html! { <p role="status">{ "Reading…" }</p> },
        (Some(source), Some(Err(why))) => html! { <Chooser refused={refused(source, why)} /> },
        (Some(_), Some(Ok(read))) => html! { <Preview read={Rc::clone(read)} /> },
    }
}

fn refused(source: &Source, why: &str) -> String {
    let name = match source {
        Source::File(file) => format!("“{}”", file.name()),
        Source::ReadyMade(_) => "the codebook".to_owned(),
    };
    format!("Nothing was taken over from {name}: {why}. Your codebook is unchanged.")
}
