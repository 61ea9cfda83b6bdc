//! The printed part behind the text: a numbered note for each annotation, and the definitions of their tags.
//!
//! It is in the page only while a printout is prepared, and the screen never shows it.

use std::{cell::Cell, rc::Rc};

use gloo::events::EventListener;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{
    actions::{clean_up, end, open_dialog, print},
    state::{PrintJob, Printout, hidden_tags, shown_notes},
};
use crate::{
    annotation::{Codebook, Endnote, tags_of},
    text::beginning,
    ui::{features::document, parts::look::look, platform, use_store, use_view},
};

/// The length of a quotation in a note, in characters.
const QUOTE: usize = 160;

/// The document's attribute that names the printout.
const PRINTING: &str = "data-print";

/// The printout that is being prepared, if one is.
#[component]
pub(super) fn PrintedNotes() -> Html {
    match use_view(|state| state.printing.job) {
        Some(job) => html! { <Sheets key={job.number} {job} /> },
        None => html! {},
    }
}

#[derive(Properties, PartialEq)]
struct Props {
    job: PrintJob,
}

/// Opens the browser's dialog once everything is in the page, and ends the job when the dialog is closed.
#[component]
fn Sheets(Props { job }: &Props) -> Html {
    let store = use_store();
    let job = *job;
    let with_notes = job.printout == Printout::TextAndNotes;
    let notes = use_memo((), |()| if with_notes { store.read(shown_notes) } else { Vec::new() });
    {
        let (store, notes) = (store.clone(), Rc::clone(&notes));
        use_effect_with((), move |()| {
            let root = gloo::utils::document_element();
            let _ = root.set_attribute(PRINTING, job.printout.id());
            let printed = Rc::new(Cell::new(false));
            // Not every browser reports the end. But nothing can be done in the page while the dialog is open.
            let ends = ["afterprint", "pointerdown", "keydown"].map(|event| {
                let (store, printed) = (store.clone(), Rc::clone(&printed));
                EventListener::new(&gloo::utils::window(), event, move |_| {
                    if printed.get() {
                        end(&store, job);
                    }
                })
            });
            let printing = store.clone();
            spawn_local(async move {
                platform::next_paint().await;
                printed.set(true);
                open_dialog(&printing, job, &notes);
            });
            move || {
                drop(ends);
                let _ = root.remove_attribute(PRINTING);
                clean_up(&store);
            }
        });
    }
    if !with_notes {
        return html! {};
    }
    let text = store.read(|state| document::opened(state).map(|(article, _)| Rc::clone(article)));
    let hidden = store.read(hidden_tags);
    let codebook = store.read(|state| document::codebook(state).clone());
    let quote = |note: &Endnote| {
        let words = text.as_ref().map(|it| it.slice(note.annotation.span)).unwrap_or_default();
        beginning(words, QUOTE).into_owned()
    };
    html! {
        <section id="endnotes">
            <h2>{ "Notes" }</h2>
            if notes.is_empty() && hidden.is_empty() {
                <p>{ "This article has no annotations." }</p>
            }
            if !hidden.is_empty() {
                <p>
                    { "Hidden by the filter and left out: " }
                    { hidden.iter().map(|it| &*it.name).collect::<Vec<_>>().join(", ") }
                    { "." }
                </p>
            }
            <ol>{ for notes.iter().map(|it| entry(it, &quote(it), &codebook)) }</ol>
            if !notes.is_empty() {
                <h2>{ "Codebook" }</h2>
                <dl>
                    { for tags_of(&notes, &codebook).map(|tag| html! {
                        <div class={look("", Some(tag))}>
                            <dt>{ &*tag.name }</dt>
                            <dd>{ &*tag.definition }</dd>
                        </div>
                    }) }
                </dl>
            }
        </section>
    }
}

fn entry(endnote: &Endnote, quote: &str, codebook: &Codebook) -> Html {
    let annotation = &endnote.annotation;
    let tag = codebook.tag(annotation.tag);
    let values = tag.into_iter().flat_map(|tag| annotation.attributes.of(tag));
    let values: Vec<_> = values.map(|(it, value)| format!("{}: {}", it.name, it.shown(value))).collect();
    html! {
        <li class={look("", tag)}>
            <span class="endnote-number">{ endnote.number }</span>
            <div>
                <p><b>{ codebook.name_of(annotation.tag) }</b>{ " " }<q dir="auto">{ quote.to_owned() }</q></p>
                if !values.is_empty() {
                    <p class="endnote-attributes" dir="auto">{ values.join(" · ") }</p>
                }
                if !annotation.note.is_empty() {
                    <p class="endnote-note" dir="auto">{ annotation.note.to_string() }</p>
                }
            </div>
        </li>
    }
}

/// The entries in the export menu.
#[component]
pub(super) fn PrintButtons() -> Html {
    let store = use_store();
    let button = |printout: Printout, name: &'static str, explanation: &'static str| {
        let store = store.clone();
        let onclick = move |_| print(&store, printout);
        html! {
            <button type="button" data-action={format!("print-{}", printout.id())} popovertarget="export-menu"
                popovertargetaction="hide" {onclick}>
                <b>{ name }</b>
                <small>{ explanation }</small>
            </button>
        }
    };
    html! {
        <>
            { button(Printout::TextAndNotes, "Print with notes", "This article, its annotations and the codebook") }
            { button(Printout::Text, "Print the text only", "This article with its highlights") }
        </>
    }
}
