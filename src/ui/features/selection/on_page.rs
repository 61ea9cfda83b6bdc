//! Shows the selection and the text cursor in the article's text, and removes them from it.

use super::state::Selected;
use crate::{
    text::Span,
    ui::{Store, features::viewport, surface::Paint},
};

/// Clears the selection.
pub(crate) fn clear(store: &Store) {
    if store.read(|state| state.selection.selected.is_none()) {
        return;
    }
    if let Some(Ok(Some(selection))) = web_sys::window().map(|it| it.get_selection()) {
        let _ = selection.remove_all_ranges();
    }
    store.update(|state| state.selection.selected = None);
    preview(store, None);
}

/// Selects a passage on the page, without snapping.
pub(super) fn select(store: &Store, selection: Selected) {
    store.update(|state| {
        state.selection.gesture.set_by_page = Some(selection.span);
        state.selection.selected = Some(selection);
    });
    if let Some(surface) = viewport::surface(store) {
        surface.select(selection.span, selection.backwards);
        surface.paint(Paint::Snap, None);
    }
}

/// Paints the passage that a selection or a dragged bound will become.
pub(crate) fn preview(store: &Store, span: Option<Span>) {
    if let Some(surface) = viewport::surface(store) {
        surface.paint(Paint::Snap, span);
    }
}

/// Removes the cursor.
pub(crate) fn drop_cursor(store: &Store) {
    if store.read(|state| state.selection.cursor.is_some()) {
        store.update(|state| state.selection.cursor = None);
        paint_cursor(store);
    }
}

/// Paints the piece that the cursor is on.
pub(super) fn paint_cursor(store: &Store) {
    let span = store.read(|state| state.selection.cursor.filter(|it| !it.is_selection).map(|it| it.span));
    if let Some(surface) = viewport::surface(store) {
        surface.paint(Paint::Cursor, span);
    }
}
