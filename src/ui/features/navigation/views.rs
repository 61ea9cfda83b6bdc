//! Switches between the views: reader, table, chart and codebook.

use yew::prelude::*;

use super::state::{place_tracker, remember_position};
use crate::ui::{
    Store, feature,
    features::{location::View, selection},
    parts::icons::{Icon, icon},
    use_store,
};

/// Shows a view.
pub(crate) fn show_view(store: &Store, view: View) {
    if store.read(|state| state.location.view()) == view {
        return;
    }
    remember_position(store);
    set_view(store, view);
}

/// Shows a view, or leaves it if it is shown already.
pub(crate) fn toggle_view(store: &Store, view: View) {
    if store.read(|state| state.location.view()) == view {
        leave_view(store);
    } else {
        show_view(store, view);
    }
}

/// Goes back to the reader, and to the position there if the browser has it.
pub(crate) fn leave_view(store: &Store) {
    if place_tracker(store).depth.get() > 0 {
        if let Ok(history) = gloo::utils::window().history() {
            let _ = history.back();
        }
    } else {
        show_view(store, View::Reader);
    }
}

/// Shows a view, without remembering the position in the text.
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
            View::Codebook => state.announcements.say("Codebook"),
        }
    });
    feature::each(|it| (it.view_changed)(store));
}

/// The button at the head of a view that leads back to the reader.
#[component]
pub(crate) fn LeaveView() -> Html {
    let store = use_store();
    let onclick = move |_| leave_view(&store);
    html! {
        <button type="button" class="button quiet" data-action="leave-view" aria-label="Back to the text" {onclick}>
            { icon(Icon::Close) }
        </button>
    }
}
