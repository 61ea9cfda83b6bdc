//! The links to the views and the search button.

use yew::prelude::*;

use crate::ui::{
    features::{
        location::{Place, View},
        navigation, search,
    },
    parts::icons::{Icon, icon},
    use_store, use_view,
};

/// The links to the views and the search button.
#[component]
pub(super) fn Views() -> Html {
    let store = use_store();
    let (now, text) = use_view(|state| {
        let text = state.location.open().cloned().map_or(Place::Start, Place::Article);
        (state.location.view(), text.fragment())
    });
    let link = |view: View, href: String, icon_: Icon, name: &'static str| {
        let store = store.clone();
        let onclick = move |event: MouseEvent| {
            // With a modifier key, the browser opens the link in another tab or window.
            if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                event.prevent_default();
                navigation::show_view(&store, view);
            }
        };
        html! {
            <a {href} data-view={name.to_lowercase()} aria-current={(now == view).then_some("page")} {onclick}>
                { icon(icon_) }<span>{ name }</span>
            </a>
        }
    };
    let search = {
        let store = store.clone();
        move |_| search::open(&store)
    };
    html! {
        <nav class="views" aria-label="Views">
            { link(View::Reader, text, Icon::Text, "Text") }
            { link(View::Table, Place::Table.fragment(), Icon::Table, "Table") }
            { link(View::Chart, Place::Chart.fragment(), Icon::Chart, "Chart") }
            { link(View::Codebook, Place::Codebook.fragment(), Icon::Codebook, "Codebook") }
            <button type="button" data-action="search" aria-label="Search" title="Search" onclick={search}>
                { icon(Icon::Search) }
            </button>
        </nav>
    }
}
