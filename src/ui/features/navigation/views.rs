//! Changing the view.

use super::{history::remember_standing, state::visits_of};
use crate::ui::{
    Store, feature,
    features::{location::View, selection},
};

/// Shows another view.
pub(super) fn set_view(store: &Store, view: View) {
    if store.read(|state| state.location.view()) == view {
        return;
    }
    selection::clear(store);
    store.update(|state| {
        state.location.set_view(view);
        state.navigation.panel = None;
        match view {
            View::Reader => {}
            View::Table => state.announcements.say("All annotations"),
            View::Chart => state.announcements.say("Tags by article"),
        }
    });
    feature::each(|it| (it.view_changed)(store));
}

/// Shows the annotations in another way, or goes back from where they are shown in it.
pub(crate) fn show_view(store: &Store, view: View) {
    if store.read(|state| state.location.view()) == view {
        return;
    }
    remember_standing(store);
    set_view(store, view);
}

/// The same; where they are shown in this way already, goes back.
pub(crate) fn toggle_view(store: &Store, view: View) {
    if store.read(|state| state.location.view()) == view {
        leave_view(store);
    } else {
        show_view(store, view);
    }
}

/// Goes back to the text, to where it was left.
pub(crate) fn leave_view(store: &Store) {
    if visits_of(store).depth.get() > 0 {
        if let Ok(history) = gloo::utils::window().history() {
            let _ = history.back();
        }
    } else {
        show_view(store, View::Reader);
    }
}
