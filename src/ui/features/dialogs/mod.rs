//! Which dialog is open, and its window. The content of a dialog belongs to its feature.

mod restore;
mod view;

use crate::ui::{
    Store,
    feature::{Feature, Region},
    features::lazy,
    parts::dialog::Dialog,
    platform,
};
use restore::restore_selection;
use view::DialogWindow;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;
use yew::html;

pub(crate) const FEATURE: Feature =
    Feature { view: Some((Region::Overlay, || html! { <DialogWindow /> })), ..Feature::NONE };

pub(crate) type Slice = Dialogs;

/// Which dialog is open.
#[derive(Debug, Default)]
pub(crate) struct Dialogs {
    open: Option<&'static Dialog>,
    /// Counts the openings. A dialog that is opened again before the page has removed its window gets a new window, since the
    /// browser has closed the old one.
    openings: u32,
    /// True from the closing of a dialog until the page is painted.
    settling: bool,
}

impl Dialogs {
    /// The open dialog.
    pub(crate) fn current(&self) -> Option<&'static Dialog> {
        self.open
    }

    /// True while the browser's selection may be that of a dialog, and not that of the text.
    pub(crate) fn has_selection(&self) -> bool {
        self.open.is_some() || self.settling
    }

    /// Opens a dialog. It replaces the one that is open.
    pub(crate) fn open(&mut self, dialog: &'static Dialog) {
        self.open = Some(dialog);
        self.openings = self.openings.wrapping_add(1);
    }

    /// Closes a dialog if it is the open one.
    pub(crate) fn close(&mut self, dialog: &'static Dialog) {
        self.open = self.open.filter(|it| *it != dialog);
    }

    /// Closes the open dialog, whichever it is.
    pub(crate) fn close_any(&mut self) {
        self.open = None;
    }
}

/// Opens a dialog, once its content is loaded.
pub(crate) fn open(store: &Store, dialog: &'static Dialog) {
    lazy::load(store);
    store.update(|state| state.dialogs.open(dialog));
}

/// Closes the open dialog and restores the selection.
pub(crate) fn close(store: &Store) {
    store.update(|state| state.dialogs.close_any());
    restore_selection(store);
}

/// Closes a dialog at once, so that the focus returns to where it was, and restores the selection.
pub(crate) fn close_now(store: &Store, id: &str) {
    let element = platform::element(id);
    if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlDialogElement>().ok()) {
        element.close();
    }
    close(store);
}
