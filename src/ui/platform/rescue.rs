//! The interface to the page's crash script, and reloading the page.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The property of the window in which the crash script finds unsaved items.
const UNSAVED: &str = "glossatorUnsaved";

/// Gives an item that could not be saved to the crash script, under the key and in the form of the saved item; `None`
/// removes it.
pub(crate) fn offer_for_rescue(key: &str, item: Option<&str>) {
    if let Ok(all) = Reflect::get(&gloo::utils::window(), &UNSAVED.into())
        && let Some(all) = all.dyn_ref::<Object>()
    {
        let _ = match item {
            Some(text) => Reflect::set(all, &key.into(), &text.into()),
            None => Reflect::delete_property(all, &key.into()),
        };
    }
}

/// Reloads the page.
pub(crate) fn reload() {
    let _ = gloo::utils::window().location().reload();
}

/// Shows panics with the page's crash script, which works without the program.
pub(crate) fn show_panics() {
    yew::set_custom_panic_hook(Box::new(|panic| {
        let message = panic.to_string();
        web_sys::console::error_1(&message.as_str().into());
        call_page_script("glossatorStopped", &message.into());
    }));
}

/// Calls a global function of one of the page's own scripts.
pub(super) fn call_page_script(name: &str, what: &JsValue) {
    let function = Reflect::get(&gloo::utils::window(), &name.into());
    if let Ok(Ok(function)) = function.map(JsCast::dyn_into::<Function>) {
        let _ = function.call1(&JsValue::NULL, what);
    }
}
