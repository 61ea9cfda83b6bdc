//! The section of the storage dialog that lists the items that were set aside.

use yew::prelude::*;

use super::storage::bytes;
use crate::{
    storage::SetAsideItem,
    ui::{features::document, use_store, use_view},
};

/// The list of the items that were set aside.
#[component]
pub(super) fn SetAside() -> Html {
    /// The maximum number of listed items. Others are only in the download of all.
    const LISTED: usize = 100;
    let store = use_store();
    let items = use_view(|state| state.document.set_aside().to_vec());
    if items.is_empty() {
        return html! {};
    }
    let download_all = {
        let store = store.clone();
        move |_| document::download_set_aside(&store)
    };
    let row = |item: &SetAsideItem| {
        let (store, downloaded) = (store.clone(), item.clone());
        let onclick = move |_| document::download_set_aside_item(&store, &downloaded);
        html! {
            <li class="aside-item" key={item.key.clone()}>
                <span class="sentence">
                    { &item.reason }
                    <small>{ format!("{} · {}", item.key, bytes(&item.value)) }</small>
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
            <button type="button" class="button" data-action="download-set-aside" onclick={download_all}>{ "Download all" }</button>
        </section>
    }
}
