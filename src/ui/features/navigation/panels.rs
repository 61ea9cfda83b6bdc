//! The side panels, which cover the reader on a narrow page.

use yew::prelude::*;

use super::{state::Panel, views::show_view};
use crate::ui::{Store, features::location::View, platform, use_store, use_view};

/// The area behind an open panel. A click on it closes the panel.
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

/// Opens a panel over the reader, or closes the open one.
pub(crate) fn show_panel(store: &Store, panel: Option<Panel>) {
    if panel == Some(Panel::Annotations) {
        show_view(store, View::Reader);
    }
    store.update(|state| state.navigation.panel = panel);
}

/// Shows the cards, if the page is too narrow for them beside the text.
pub(crate) fn show_cards(store: &Store) {
    if platform::is_narrow() {
        show_panel(store, Some(Panel::Annotations));
    }
}
