//! The definition of a dialog, and closing the dialog around a button. The `dialogs` feature shows it.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;

use crate::ui::Store;

/// A modal dialog. Each feature defines its own as statics. Dialogs are equal if their ids are.
#[derive(Debug)]
pub(crate) struct Dialog {
    /// The name in the DOM.
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    /// True if a click outside closes it.
    pub(crate) is_light: bool,
    /// Called when it is closed, in any way.
    pub(crate) on_close: fn(&Store),
}

impl Dialog {
    /// A dialog that does nothing when it is closed.
    pub(crate) const fn new(id: &'static str, title: &'static str) -> Self {
        Self { id, title, is_light: false, on_close: |_| {} }
    }
}

impl PartialEq for Dialog {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// Closes the dialog that contains a button. Closing the element, and not only the state, returns the focus to where it
/// was.
pub(crate) fn close_around(event: &MouseEvent) {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let dialog = target.and_then(|it| it.closest("dialog").ok().flatten());
    if let Some(dialog) = dialog.and_then(|it| it.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
        // The browser fires the event later, when another dialog may be open already, which must not be closed by it.
        if let Ok(event) = Event::new("close") {
            let _ = dialog.dispatch_event(&event);
        }
    }
}

/// What a button in a dialog does: closes the dialog, and then acts.
pub(crate) fn closing(store: &Store, act: impl Fn(&Store) + 'static) -> impl Fn(MouseEvent) + 'static {
    let store = store.clone();
    move |event| {
        close_around(&event);
        act(&store);
    }
}
