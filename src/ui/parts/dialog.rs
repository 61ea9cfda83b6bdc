//! Dialogs: what a feature says of one of its own, and how a button in it closes it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;

use crate::ui::Store;

/// A modal dialog. Each feature has its own as statics; two are the same if they have the same id.
#[derive(Debug)]
pub(crate) struct Dialog {
    /// The name in the page.
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) content: fn() -> Html,
    /// Called when it is closed, by whatever means.
    pub(crate) on_close: fn(&Store),
}

impl Dialog {
    /// A dialog that needs no care when it is closed.
    pub(crate) const fn new(id: &'static str, title: &'static str, content: fn() -> Html) -> Self {
        Self { id, title, content, on_close: |_| {} }
    }
}

impl PartialEq for Dialog {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// Closes the dialog that a button is in. Closing the element and not only the state gives the focus back to where it
/// was.
pub(crate) fn close_around(event: &MouseEvent) {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let dialog = target.and_then(|it| it.closest("dialog").ok().flatten());
    if let Some(dialog) = dialog.and_then(|it| it.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
        // The browser tells of it a moment later, when the next dialog may be there, which is not to be closed.
        if let Ok(event) = Event::new("close") {
            let _ = dialog.dispatch_event(&event);
        }
    }
}
