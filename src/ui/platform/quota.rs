//! The storage quota of the page, and its persistence.

use std::cell::Cell;

use js_sys::Reflect;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::StorageManager;

use crate::storage::{KeyValueStore, LocalStorage};

/// Asks the browser to make storage persistent, once ever in this browser.
pub(crate) fn ask_to_persist() {
    const ASKED: &str = "glossator:persist";
    thread_local! {
        static DONE: Cell<bool> = const { Cell::new(false) };
    }
    if DONE.replace(true) {
        return;
    }
    let storage = LocalStorage::open();
    // Some browsers ask the person, so do not repeat it on each visit.
    if storage.get(ASKED).is_ok_and(|it| it.is_none()) {
        let _ = storage.set(ASKED, "asked");
        spawn_local(persist());
    }
}

/// The storage used and available, and whether it is persistent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Room {
    /// In bytes.
    pub(crate) used: f64,
    /// In bytes.
    pub(crate) quota: f64,
    pub(crate) persisted: bool,
}

/// Reads the quota. `None` if the browser does not report it.
pub(crate) async fn room() -> Option<Room> {
    let manager = storage_manager()?;
    let estimate = JsFuture::from(manager.estimate().ok()?).await.ok()?;
    let number = |field: &str| Reflect::get(&estimate, &field.into()).ok()?.as_f64();
    let persisted = match manager.persisted() {
        Ok(promise) => JsFuture::from(promise).await.is_ok_and(|it| it.is_truthy()),
        Err(_) => false,
    };
    Some(Room { used: number("usage")?, quota: number("quota")?, persisted })
}

/// Asks the browser never to delete the data of the page by itself.
pub(crate) async fn persist() {
    if let Some(promise) = storage_manager().and_then(|it| it.persist().ok()) {
        // [`room`] reports the result.
        let _ = JsFuture::from(promise).await;
    }
}

/// The storage manager. Browsers have none on insecure pages.
fn storage_manager() -> Option<StorageManager> {
    let manager = gloo::utils::window().navigator().storage();
    (!manager.is_undefined()).then_some(manager)
}
