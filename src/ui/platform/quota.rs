//! How much the page may store in this browser.

use std::cell::Cell;

use js_sys::Reflect;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::StorageManager;

use crate::storage::{Items, LocalStorage};

/// Asks the browser, once, never to clear what the page keeps when it runs short of room.
pub(crate) fn ask_to_persist() {
    const ASKED: &str = "glossator:persist";
    thread_local! {
        static DONE: Cell<bool> = const { Cell::new(false) };
    }
    if DONE.replace(true) {
        return;
    }
    let storage = LocalStorage::open();
    // Some browsers ask the person: not again on each visit.
    if storage.get(ASKED).is_ok_and(|it| it.is_none()) {
        let _ = storage.set(ASKED, "asked");
        spawn_local(persist());
    }
}

/// How much room the page has in this browser, and whether the browser may clear it by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Room {
    /// In bytes.
    pub(crate) used: f64,
    /// In bytes.
    pub(crate) quota: f64,
    pub(crate) persisted: bool,
}

/// Asks the browser about the room; nothing where it does not tell.
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

/// Asks the browser never to clear by itself what the page keeps.
pub(crate) async fn persist() {
    if let Some(promise) = storage_manager().and_then(|it| it.persist().ok()) {
        // What came of it is told by [`room`].
        let _ = JsFuture::from(promise).await;
    }
}

/// Where the browser tells about its storage; not on a page that did not come by a safe way.
fn storage_manager() -> Option<StorageManager> {
    let manager = gloo::utils::window().navigator().storage();
    (!manager.is_undefined()).then_some(manager)
}
