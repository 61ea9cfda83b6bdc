//! Scrolling, printing, and leaving what one is in.

use gloo::timers::callback::Timeout;

use crate::ui::{
    Store,
    features::{
        annotations, highlights,
        location::View,
        navigation, search, selection,
        viewport::{self, FAST_PAUSE},
    },
    platform,
    surface::Crossings,
};

/// Leaves what the person is in the middle of, the innermost first.
pub(super) fn leave(store: &Store) {
    let (panel, selection, sticky, cursor) = store.read(|state| {
        (
            state.navigation.panel().is_some(),
            state.selection.selected().is_some(),
            state.annotations.sticky().is_some(),
            state.selection.cursor().is_some(),
        )
    });
    if store.read(|state| state.annotations.is_dragging()) {
        annotations::end_drag(store, false);
    } else if store.read(|state| state.location.view() != View::Reader) {
        navigation::leave_view(store);
    } else if panel {
        navigation::show_panel(store, None);
    } else if selection {
        selection::clear(store);
        selection::drop_cursor(store);
    } else if sticky {
        annotations::clear_sticky(store);
    } else if cursor {
        selection::drop_cursor(store);
    } else if store.read(|state| state.search.is_open()) {
        search::close(store, false);
    } else if !annotations::drop_empty_draft(store) {
        selection::focus(store, None);
    }
}

/// The page is about to be printed, whole, or has been.
pub(crate) fn print(store: &Store, begins: bool) {
    highlights::highlight_all(store, begins || store.read(|state| state.settings.whole));
}

/// Chunks came near the viewport or left it.
pub(super) fn cross(store: &Store, crossings: &Crossings) {
    // Behind another view nothing is near, and all of it is to be there when it is shown again.
    if store.read(|state| state.location.view() != View::Reader) {
        return;
    }
    if let Some(surface) = viewport::surface(store) {
        surface.cross(crossings);
    }
    highlights::draw_due(store);
    if !viewport::is_fast(store) {
        viewport::update_near(store);
    }
}

/// The reader was scrolled. What is near reaches a whole viewport on, so it is good for half of one. While the text rushes
/// by, nobody reads a card: they are drawn when it slows down.
pub(super) fn scrolled(store: &Store) {
    let now = platform::milliseconds();
    if viewport::with_surface(store, |it| Some(it.rushes(now))) == Some(true) {
        let later = store.clone();
        let slower = Timeout::new(FAST_PAUSE, move || {
            viewport::scheduled(&later).fast.borrow_mut().take();
            viewport::layout_changed(&later);
        });
        *viewport::scheduled(store).fast.borrow_mut() = Some(slower);
    } else if !viewport::is_fast(store)
        && viewport::with_surface(store, |it| Some(it.has_moved_on())) == Some(true)
    {
        viewport::update_near(store);
    }
    navigation::save_place_soon(store);
    annotations::continue_drag(store);
}
