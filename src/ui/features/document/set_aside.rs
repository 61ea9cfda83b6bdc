//! Downloading stored items that were set aside.

use wasm_bindgen_futures::spawn_local;

use crate::{
    storage::SetAsideItem,
    ui::{Store, platform},
};

/// Downloads all items that were ever set aside as one JSON object, by key and with unchanged values.
pub(crate) fn download_set_aside(store: &Store) {
    let mut all = serde_json::Map::new();
    store.read(|state| {
        all.extend(state.document.set_aside.iter().map(|it| (it.key.clone(), it.value.clone().into())));
    });
    let text = serde_json::Value::from(all).to_string();
    download(store, format!("glossator-set-aside-{}.json", platform::today()), text);
}

/// Downloads the unchanged value of one item that was set aside.
pub(crate) fn download_set_aside_item(store: &Store, item: &SetAsideItem) {
    download(store, "glossator-set-aside.txt".to_owned(), item.value.clone());
}

fn download(store: &Store, name: String, text: String) {
    let store = store.clone();
    spawn_local(async move {
        if platform::download(&name, &text).await.is_err() {
            let message = "The browser refused the download. The items set aside are still in this browser.";
            store.update(|state| state.notices.fail(message));
        }
    });
}
