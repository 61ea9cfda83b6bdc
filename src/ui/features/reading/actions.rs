//! What the reader does on Escape, on printing and on scrolling.

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

/// Ends the innermost activity, such as a drag, another view, a panel or a selection.
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

/// Highlights the whole article before printing, and restores the setting after it.
pub(crate) fn print(store: &Store, before: bool) {
    highlights::highlight_all(store, before || store.read(|state| state.settings.whole));
}

/// Updates highlights after chunks came near the viewport or left it.
pub(super) fn chunks_crossed(store: &Store, crossings: &Crossings) {
    // Behind another view no chunk is near, but the highlights must stay for when the reader is shown again.
    if store.read(|state| state.location.view() != View::Reader) {
        return;
    }
    if let Some(surface) = viewport::surface(store) {
        surface.update_crossed_chunks(crossings);
    }
    highlights::draw_due(store);
    if !viewport::is_fast(store) {
        viewport::update_near(store);
    }
}

/// Updates the text near the viewport after scrolling. That text extends one viewport beyond the edges, so it needs an
/// update only every half viewport. Cards are not drawn during fast scrolling, when nobody can read them.
pub(super) fn scrolled(store: &Store) {
    let now = platform::milliseconds();
    if viewport::with_surface(store, |it| Some(it.is_scrolling_fast(now))) == Some(true) {
        let later = store.clone();
        let timer = Timeout::new(FAST_PAUSE, move || {
            viewport::scheduled(&later).fast.borrow_mut().take();
            viewport::layout_changed(&later);
        });
        *viewport::scheduled(store).fast.borrow_mut() = Some(timer);
    } else if !viewport::is_fast(store)
        && viewport::with_surface(store, |it| Some(it.has_left_near())) == Some(true)
    {
        viewport::update_near(store);
    }
    navigation::save_place_soon(store);
    annotations::continue_drag(store);
}
