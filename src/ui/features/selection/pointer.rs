//! Selections by pointer and touch: snapped while they are made, taken at the release, tagged at once by a sticky tag.

use super::{
    cursor::{drop_cursor, snap_cursor},
    state::{Gesture, Selected},
};
use crate::{
    text::{Granularity, Span},
    ui::{
        Store,
        features::{
            announcements,
            settings::{self, Settings},
            viewport,
        },
        surface::{Paint, Surface},
    },
};

/// Selects nothing.
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

/// Has selections snap to something else from now on.
pub(super) fn snap_to(store: &Store, snap: Granularity) {
    settings::change(store, |it| Settings { snap, ..it });
    announcements::announce(store, format!("Selecting by {}", name(snap).to_lowercase()));
    store.state_mut().selection.gesture.placed = None;
    changed(store);
    match store.read(|state| state.selection.selected) {
        Some(selection) => select(store, selection),
        None => snap_cursor(store),
    }
}

/// The next granularity, and behind the last the first.
pub(super) fn snap_to_next(store: &Store) {
    snap_to(store, store.read(|state| state.settings.snap).next());
}

/// Takes over what is selected on the page.
pub(crate) fn changed(store: &Store) {
    // A field in a dialog takes the browser's selection; the person's own waits for the dialog to be closed.
    if store.read(|state| state.dialogs.current().is_some()) {
        return;
    }
    let raw = viewport::with_surface(store, Surface::selection);
    let selection =
        raw.and_then(|(span, backwards)| Some(Selected { span: snapped(store, span)?, backwards }));
    if store.read(|state| state.selection.selected != selection) {
        store.update(|state| {
            state.selection.selected = selection;
            // The cursor is where its selection is, and gone with another one.
            if selection.is_some_and(|it| state.selection.gesture.placed != Some(it.span)) {
                state.selection.cursor = None;
            }
        });
    }
    let differs = selection.map(|it| it.span).filter(|it| raw.is_some_and(|(raw, _)| raw != *it));
    preview(store, differs);
}

/// What a selection is to be taken as.
fn snapped(store: &Store, raw: Span) -> Option<Span> {
    let (hand, snap) = store.read(|state| (state.selection.gesture, state.settings.snap));
    if hand.placed == Some(raw) {
        return Some(raw);
    }
    let granularity = match snap {
        _ if hand.exact => Granularity::Character,
        Granularity::Sentence | Granularity::Paragraph if hand.clicks > 1 => Granularity::Word,
        snap => snap,
    };
    viewport::with_surface(store, |it| it.segments().snap(raw, granularity))
}

/// Shows what a selection or a bound is going to be.
pub(crate) fn preview(store: &Store, span: Option<Span>) {
    if let Some(surface) = viewport::surface(store) {
        surface.paint(Paint::Snap, span);
    }
}

/// A pointer began to select.
pub(crate) fn press(store: &Store, exact: bool) {
    drop_cursor(store);
    store.update(|state| {
        state.selection.selecting = true;
        state.selection.gesture = Gesture { exact, ..Gesture::default() };
    });
}

/// How many clicks the press was, counting those just before it.
pub(crate) fn count_clicks(store: &Store, clicks: i32) {
    store.state_mut().selection.gesture.clicks = clicks;
}

/// `Alt` went down or up.
pub(crate) fn hold_exact(store: &Store, exact: bool) {
    let toggled = {
        let hand = &mut store.state_mut().selection.gesture;
        std::mem::replace(&mut hand.exact, exact) != exact
    };
    if toggled && store.read(|state| state.selection.selecting) {
        changed(store);
    }
}

/// The pointer is done: what was shown is selected. Returns whether a passage is.
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
        state.selection.gesture.exact = false;
    });
    selected.is_some()
}

/// The selection was tagged at its release, so that the click which follows picks no annotation.
pub(crate) fn mark_tagged(store: &Store) {
    store.state_mut().selection.gesture.tagged = true;
}

/// Whether the click that comes now is the end of a drag, or of a press that selected something.
pub(crate) fn is_end_of_drag(store: &Store) -> bool {
    store.read(|state| state.selection.gesture.tagged)
        || viewport::with_surface(store, Surface::selection).is_some()
}

/// The pointer is wanted for something else, such as scrolling.
pub(crate) fn cancel(store: &Store) {
    if store.read(|state| state.selection.selecting) {
        store.update(|state| state.selection.selecting = false);
        changed(store);
    }
}

/// Selects a passage on the page, as it is.
pub(super) fn select(store: &Store, selection: Selected) {
    store.update(|state| {
        state.selection.gesture.placed = Some(selection.span);
        state.selection.selected = Some(selection);
    });
    if let Some(surface) = viewport::surface(store) {
        surface.select(selection.span, selection.backwards);
        surface.paint(Paint::Snap, None);
    }
}

/// What a person calls it.
pub(super) const fn name(granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Character => "Character",
        Granularity::Word => "Word",
        Granularity::Sentence => "Sentence",
        Granularity::Paragraph => "Paragraph",
    }
}

/// The name in the page and in what is stored.
pub(super) const fn id(granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Character => "character",
        Granularity::Word => "word",
        Granularity::Sentence => "sentence",
        Granularity::Paragraph => "paragraph",
    }
}
