//! Downloading stored items that were set aside.

use wasm_bindgen_futures::spawn_local;

use crate::{
    storage::SetAsideItem,
    ui::{Store, platform},
};

/// Downloads everything that was ever set aside, byte for byte, by its keys.
pub(crate) fn download_set_aside(store: &Store) {
    let mut all = serde_json::Map::new();
    store.read(|state| {
        all.extend(state.document.set_aside.iter().map(|it| (it.key.clone(), it.value.clone().into())));
    });
    let text = serde_json::Value::from(all).to_string();
    download(store, format!("glossator-set-aside-{}.json", platform::today()), text);
}

/// Downloads one item that was set aside, byte for byte.
pub(crate) fn download_set_aside_item(store: &Store, aside: &SetAsideItem) {
    download(store, "glossator-set-aside.txt".to_owned(), aside.value.clone());
}

fn download(store: &Store, name: String, text: String) {
    let store = store.clone();
    spawn_local(async move {
        if platform::download(&name, &text).await.is_err() {
            let what = "The browser refused the download. The items set aside are still in this browser.";
            store.update(|state| state.notices.fail(what));
        }
    });
}
