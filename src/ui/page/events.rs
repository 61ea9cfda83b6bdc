//! The events of the window and the document that several features need.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::StorageEvent;

use crate::ui::{
    Store, feature,
    features::{
        annotations,
        document::{self, Trouble},
        navigation, reading, safety,
    },
};

/// Adds the listeners.
pub(super) fn listen(store: &Store) -> [EventListener; 9] {
    [
        on_window(store, "storage", |store, event| {
            if let Some(event) = event.dyn_ref::<StorageEvent>() {
                let (key, value) = (event.key(), event.new_value());
                feature::each(|it| (it.storage_event)(store, key.as_deref(), value.as_deref()));
            }
        }),
        // Back and Forward fire the first of these, in some browsers an edited address only the second.
        on_window(store, "popstate", |store, _| navigation::address_changed(store)),
        on_window(store, "hashchange", |store, _| navigation::address_changed(store)),
        on_window(store, "pointerdown", |store, _| annotations::accept_keys(store)),
        on_window(store, "focusin", |store, _| annotations::accept_keys(store)),
        on_window(store, "beforeprint", |store, _| reading::print(store, true)),
        on_window(store, "afterprint", |store, _| reading::print(store, false)),
        before_unload(store),
        on_hide(store),
    ]
}

fn on_window(
    store: &Store,
    event: &'static str,
    act: impl Fn(&Store, &web_sys::Event) + 'static,
) -> EventListener {
    let store = store.clone();
    EventListener::new(&gloo::utils::window(), event, move |event| act(&store, event))
}

/// Saves everything when the tab is hidden or closed.
fn on_hide(store: &Store) -> EventListener {
    let store = store.clone();
    EventListener::new(&gloo::utils::document(), "visibilitychange", move |_| {
        if gloo::utils::document().hidden() {
            safety::write_pending(&store);
            navigation::save_place(&store);
        }
    })
}

/// Makes the browser ask before it closes a page with unsaved work.
fn before_unload(store: &Store) -> EventListener {
    let store = store.clone();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo::utils::window(), "beforeunload", options, move |event| {
        navigation::before_unload(&store);
        if store.read(|state| matches!(document::trouble(state), Some(Trouble::Unsaved(1.., _)))) {
            event.prevent_default();
        }
    })
}
