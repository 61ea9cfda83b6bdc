//! Tests that run in a browser, compiled as the page is.
#![cfg(target_arch = "wasm32")]

use js_sys::{Function, JsString, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn what_is_put_into_local_storage_is_there() -> Result<(), JsValue> {
    let storage = Reflect::get(&js_sys::global(), &"localStorage".into())?;
    let call = |name: &str, key: &str, value: &str| -> Result<JsValue, JsValue> {
        let function: Function = Reflect::get(&storage, &name.into())?.dyn_into()?;
        function.call2(&storage, &key.into(), &value.into())
    };
    call("setItem", "test", "kept")?;
    let kept: JsString = call("getItem", "test", "")?.dyn_into()?;
    assert_eq!(String::from(kept), "kept");
    Ok(())
}
