//! Tests that run in a browser, compiled as the page is.
#![cfg(target_arch = "wasm32")]

use glossator::storage::{KeyValueStore, LocalStorage};
use js_sys::{JsString, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn items_are_stored_listed_and_removed() {
    let place = LocalStorage::open();
    let keys = ["test:plain", "test:👩‍🚀 e\u{301} العربية 中文", "test:length"];
    for key in keys {
        assert_eq!(place.get(key), Ok(None));
        assert_eq!(place.set(key, "a 👩‍🚀\r\n\t\u{a0}z"), Ok(()));
        assert_eq!(place.get(key), Ok(Some("a 👩‍🚀\r\n\t\u{a0}z".into())));
    }
    let listed = place.keys().unwrap_or_default();
    assert!(keys.iter().all(|key| listed.iter().any(|it| it == key)), "{listed:?}");
    for key in keys {
        assert_eq!(place.remove(key), Ok(()));
        assert_eq!(place.get(key), Ok(None));
    }
}

#[wasm_bindgen_test]
fn an_unpaired_surrogate_is_copied_unchanged() -> Result<(), JsValue> {
    let place = LocalStorage::open();
    let storage = Reflect::get(&js_sys::global(), &"localStorage".into())?;
    let broken = JsString::from_char_code1(0xD83D);
    Reflect::set(&storage, &"test:broken".into(), &broken)?;
    assert_eq!(place.copy("test:broken", "test:copy"), Ok(()));
    let copy: JsString = Reflect::get(&storage, &"test:copy".into())?.dyn_into()?;
    assert_eq!((copy.length(), copy.char_code_at(0)), (1, f64::from(0xD83D)));
    for key in ["test:broken", "test:copy"] {
        assert_eq!(place.remove(key), Ok(()));
    }
    Ok(())
}
