//! The content of a view or a dialog, which the page loads after the first view.

use yew::Html;

use super::dialog::Dialog;

/// The content of a view or a dialog. A feature registers it in `Feature::lazy`, and the `lazy` feature shows it.
///
/// Nothing else may refer to the function: the build then puts it and all that only it uses into a module of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LazyHtml {
    /// The id of the view or the dialog.
    pub(crate) id: &'static str,
    pub(crate) html: fn() -> Html,
}

impl LazyHtml {
    /// The content of a view with this id.
    pub(crate) const fn new(id: &'static str, html: fn() -> Html) -> Self {
        Self { id, html }
    }

    /// The content of a dialog.
    pub(crate) const fn of(dialog: &'static Dialog, html: fn() -> Html) -> Self {
        Self { id: dialog.id, html }
    }
}
