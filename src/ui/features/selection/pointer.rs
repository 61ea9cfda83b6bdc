//! Selections by pointer and touch: they are previewed as snapped while they are made, and set on release.

use super::{
    on_page::{drop_cursor, preview, select},
    state::{Gesture, Selected},
};
use crate::{
    text::{Granularity, Span},
    ui::{Store, features::viewport, surface::Surface},
};

/// Reads the browser's selection into the state.
pub(crate) fn changed(store: &Store) {
    // A field in a dialog has the browser's selection. The selection in the text stays until the dialog is closed.
    if store.read(|state| state.dialogs.has_selection()) {
        return;
    }
    let raw = viewport::with_surface(store, Surface::selection);
    let selection =
        raw.and_then(|(span, backwards)| Some(Selected { span: snapped(store, span)?, backwards }));
    if store.read(|state| state.selection.selected != selection) {
        store.update(|state| {
            state.selection.selected = selection;
            // Another selection than that of the cursor removes the cursor.
            if selection.is_some_and(|it| state.selection.gesture.set_by_page != Some(it.span)) {
                state.selection.cursor = None;
            }
        });
    }
    let differs = selection.map(|it| it.span).filter(|it| raw.is_some_and(|(raw, _)| raw != *it));
    preview(store, differs);
}

/// Starts a selection by pointer.
pub(crate) fn press(store: &Store, by_character: bool) {
    drop_cursor(store);
    store.update(|state| {
        state.selection.selecting = true;
        state.selection.gesture = Gesture { by_character, ..Gesture::default() };
    });
}

/// Sets the number of clicks in a row.
pub(crate) fn count_clicks(store: &Store, clicks: i32) {
    store.state_mut().selection.gesture.clicks = clicks;
}

/// Follows the `Alt` key, which selects by character.
pub(crate) fn set_by_character(store: &Store, by_character: bool) {
    let toggled = {
        let gesture = &mut store.state_mut().selection.gesture;
        std::mem::replace(&mut gesture.by_character, by_character) != by_character
    };
    if toggled && store.read(|state| state.selection.selecting) {
        changed(store);
    }
}

/// Ends a selection by pointer. Returns true if a passage is selected.
pub(crate) fn release(store: &Store) -> bool {
    if !store.read(|state| state.selection.selecting) {
        return false;
    }
    changed(store);
    let selected = store.read(|state| state.selection.selected);
    if let Some(selected) = selected {
        select(store, selected);
    }
    store.update(|state| {
        state.selection.selecting = false;
        state.selection.gesture.by_character = false;
    });
    selected.is_some()
}

/// Notes that the selection was tagged on release, so that the click that follows focuses no annotation.
pub(crate) fn mark_tagged(store: &Store) {
    store.state_mut().selection.gesture.tagged = true;
}

/// True if a click is the end of a drag or of a press that selected something.
pub(crate) fn is_end_of_drag(store: &Store) -> bool {
    store.read(|state| state.selection.gesture.tagged)
        || viewport::with_surface(store, Surface::selection).is_some()
}

/// Cancels a selection by pointer, because the pointer is used for something else, such as scrolling.
pub(crate) fn cancel(store: &Store) {
    if store.read(|state| state.selection.selecting) {
        store.update(|state| state.selection.selecting = false);
        changed(store);
    }
}

/// Snaps a selection that the person made.
fn snapped(store: &Store, raw: Span) -> Option<Span> {
    let (gesture, snap) = store.read(|state| (state.selection.gesture, state.settings.snap));
    if gesture.set_by_page == Some(raw) {
        return Some(raw);
    }
    let granularity = match snap {
        _ if gesture.by_character => Granularity::Character,
        Granularity::Sentence | Granularity::Paragraph if gesture.clicks > 1 => Granularity::Word,
        snap => snap,
    };
    viewport::with_surface(store, |it| it.segments().snap(raw, granularity))
}
