//! What was set aside, in the storage dialog.

use yew::prelude::*;

use super::storage::bytes;
use crate::{
    storage::SetAsideItem,
    ui::{features::document, use_store, use_view},
};

/// What could not be read and was set aside.
#[component]
pub(super) fn SetAside() -> Html {
    /// More than these are downloaded together and not listed.
    const LISTED: usize = 100;
    let store = use_store();
    let items = use_view(|state| state.document.set_aside().to_vec());
    if items.is_empty() {
        return html! {};
    }
    let all = {
        let store = store.clone();
        move |_| document::download_set_aside(&store)
    };
    let row = |aside: &SetAsideItem| {
        let (store, taken) = (store.clone(), aside.clone());
        let onclick = move |_| document::download_set_aside_item(&store, &taken);
        html! {
            <li class="aside-item" key={aside.key.clone()}>
                <span class="sentence">
                    { &aside.reason }
                    <small>{ format!("{} · {}", aside.key, bytes(&aside.value)) }</small>
                </span>
                <button type="button" class="button" data-action="download-aside" {onclick}>{ "Download" }</button>
            </li>
        }
    };
    let unlisted = items.len().saturating_sub(LISTED);
    html! {
        <section>
            <h3>{ "Items set aside" }</h3>
            <p>{ "These stored items could not be read. They are kept here unchanged, byte for byte." }</p>
            <ul class="asides" tabindex="0" aria-label="Items set aside">
                { for items.iter().take(LISTED).map(row) }
                if unlisted > 0 {
                    <li>{ format!("… and {unlisted} more") }</li>
                }
            </ul>
            <button type="button" class="button" data-action="download-set-aside" onclick={all}>{ "Download all" }</button>
        </section>
    }
}
