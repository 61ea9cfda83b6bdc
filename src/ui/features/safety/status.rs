//! The save status in the header, and the notice that something is not saved.

use std::cell::Cell;

use web_sys::Element;
use yew::prelude::*;

use super::view::STORAGE;
use crate::ui::{
    State,
    features::{
        dialogs,
        document::{self, Trouble},
        exchange::{self, Scope},
    },
    parts::{notice::Notice, words::count},
    use_store,
};

/// The words for saved work. They keep their space while “Saving …” is shown.
const SAVED: &str = "Saved in this browser";

/// The notice that something is not saved, unless the person dismissed it.
pub(super) fn notice(state: &State) -> Option<Notice> {
    let text = match document::open_trouble(state)? {
        Trouble::Unread(failure) => format!(
            "Some data is missing: {failure}. What is stored in this browser is unharmed, but some of it may be missing \
             from this page and from an export."
        ),
        Trouble::Unsaved(0, failure) => format!(
            "Not saved: {failure}. Changes from now on are on this page only and will be lost when it is \
             closed, so export them first."
        ),
        Trouble::Unsaved(changes, failure) => format!(
            "Not saved: {failure}. {} on this page only and will be lost when it is closed, so export first.",
            count(changes, "change is", "changes are")
        ),
        Trouble::LocalOnly(failure) => format!(
            "Saved, but not crash-proof: {failure}. Your work is in this browser's local storage (localStorage), where \
             a crash can lose the last few seconds. Export it regularly."
        ),
    };
    let notice = Notice::new("not-saved", text)
        .with("export-all", "Export", |store| exchange::export(store, Scope::AllArticles))
        .with("retry", "Try again", document::retry)
        .with("dismiss", "Hide", |store| document::explain_trouble(store, false));
    Some(notice.undismissible())
}

/// The save status: the value of `data-state`, and in words.
fn status(state: &State) -> (&'static str, &'static str) {
    match document::trouble(state) {
        Some(Trouble::LocalOnly(_)) => ("local", "Saved, not crash-proof"),
        Some(Trouble::Unsaved(..)) => ("unsaved", "Not saved"),
        Some(Trouble::Unread(_)) => ("unsaved", "Some data is missing"),
        None if document::is_saving(state) => ("saving", "Saving"),
        None => ("saved", SAVED),
    }
}

/// The save status, as a button that opens the storage dialog.
///
/// It is written by hand, in the same task as the text. Yew may delay a render by a frame, in which the header must not say
/// “Saved” beside an unsaved change.
#[component]
pub(crate) fn SaveStatus() -> Html {
    let store = use_store();
    let (status_ref, words_ref) = (use_node_ref(), use_node_ref());
    use_effect_with((), {
        let (store, status_ref, words_ref) = (store.clone(), status_ref.clone(), words_ref.clone());
        move |()| {
            let shown = Cell::new(("", ""));
            let show = move |state: &State| {
                let now = status(state);
                if shown.replace(now) == now {
                    return;
                }
                let (id, text) = now;
                if let (Some(status), Some(words)) =
                    (status_ref.cast::<Element>(), words_ref.cast::<Element>())
                {
                    words.set_text_content(Some(if id == "saving" { SAVED } else { text }));
                    let _ = status.set_attribute("title", text);
                    let _ = status.set_attribute("data-state", id);
                }
            };
            store.read(&show);
            let subscription = store.subscribe(true, show);
            move || drop(subscription)
        }
    });
    let onclick = move |_| {
        document::explain_trouble(&store, true);
        dialogs::open(&store, &STORAGE);
    };
    html! {
        <span id="status" ref={status_ref}>
            <button type="button" data-action="storage" {onclick}>
                <span class="dot" aria-hidden="true" />
                <span class="status-words">
                    <span class="when-settled" ref={words_ref} />
                    <span class="when-saving">{ "Saving …" }</span>
                </span>
                <span class="away">{ ": storage and backup" }</span>
            </button>
        </span>
    }
}
