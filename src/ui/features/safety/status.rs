//! Whether what is on the page is saved, in the header and as a notice.

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
    use_store, use_view_immediately,
};

/// The notice that something is not saved, unless the person dismissed it.
pub(super) fn notice(state: &State) -> Option<Notice> {
    let text = match document::open_trouble(state)? {
        Trouble::Unread(failure) => format!(
            "Not all of your annotations are here: {failure}. What this browser keeps is unharmed, but some of it \
             may be missing on this page and in an export."
        ),
        Trouble::Unsaved(0, failure) => format!(
            "Not saved: {failure}. What you do from now on is on this page only and will be gone when it is \
             closed, so export it first."
        ),
        Trouble::Unsaved(changes, failure) => format!(
            "Not saved: {failure}. {} on this page only and will be gone when it is closed, so export first.",
            count(changes, "change is", "changes are")
        ),
        Trouble::Quick(failure) => format!(
            "Saved, but not crash-proof: {failure}. Your work is in this browser's quick storage (localStorage), from \
             which a crash can take the last seconds. Export it now and then."
        ),
    };
    let notice = Notice::new("not-saved", text)
        .with("export-all", "Export", |store| exchange::export(store, Scope::AllArticles))
        .with("retry", "Try again", document::retry)
        .with("dismiss", "Hide", |store| document::explain_trouble(store, false));
    Some(notice.undismissible())
}

/// Whether what is on the page is kept.
#[component]
pub(crate) fn SaveStatus() -> Html {
    let store = use_store();
    let (state, text) = use_view_immediately(|state| match document::trouble(state) {
        Some(Trouble::Quick(_)) => ("local", "Saved, not crash-proof"),
        Some(Trouble::Unsaved(..)) => ("unsaved", "Not saved"),
        Some(Trouble::Unread(_)) => ("unsaved", "Not all is here"),
        None if document::is_saving(state) => ("saving", "Saving"),
        None => ("saved", "Saved in this browser"),
    });
    // While something is being saved the words before it stay for a moment: mostly it is saved before it is read.
    let settled = if state == "saving" { "Saved in this browser" } else { text };
    let onclick = move |_| {
        document::explain_trouble(&store, true);
        dialogs::open(&store, &STORAGE);
    };
    html! {
        <span id="status" data-state={state} title={text}>
            <button type="button" data-action="storage" {onclick}>
                <span class="dot" aria-hidden="true" />
                <span class="status-words">
                    <span class="when-settled">{ settled }</span>
                    <span class="when-saving">{ "Saving …" }</span>
                </span>
                <span class="away">{ ": storage and backup" }</span>
            </button>
        </span>
    }
}
