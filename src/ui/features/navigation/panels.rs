//! The side panels, which lie over the reader where there is no room beside it.

use yew::prelude::*;

use super::views::show_view;
use crate::ui::{Store, features::location::View, platform, use_store, use_view};

/// Behind a panel; a press on it closes the panel.
#[component]
pub(super) fn Backdrop() -> Html {
    let store = use_store();
    let panel = use_view(|state| state.navigation.panel);
    let onclick = move |_| show_panel(&store, None);
    match panel {
        Some(Panel::Articles | Panel::Annotations) => {
            html! { <div id="backdrop" aria-hidden="true" {onclick} /> }
        }
        None => html! {},
    }
}

/// Opens a side pane over the reader, or closes it.
pub(crate) fn show_panel(store: &Store, sheet: Option<Panel>) {
    if sheet == Some(Panel::Annotations) {
        show_view(store, View::Reader);
    }
    store.update(|state| state.navigation.panel = sheet);
}

/// Has the cards in sight, where there is no room for them beside the text.
pub(crate) fn show_cards(store: &Store) {
    if platform::is_narrow() {
        show_panel(store, Some(Panel::Annotations));
    }
}

/// A side pane that is laid over the reader where there is no room beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Panel {
    Articles,
    Annotations,
}
