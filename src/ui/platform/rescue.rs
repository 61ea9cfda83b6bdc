//! What the crash script needs, and reloading the page.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Where the page's crash script finds what could not be kept.
const UNSAVED: &str = "glossatorUnsaved";

/// Puts what could not be kept where the page's crash script finds it, under the key and in the form in which it is kept; or
/// takes it from there.
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

/// Loads the page again.
pub(crate) fn reload() {
    let _ = gloo::utils::window().location().reload();
}

/// Has a panic shown by the page's crash script, which works without the program.
pub(crate) fn show_panics() {
    yew::set_custom_panic_hook(Box::new(|panic| {
        let message = panic.to_string();
        web_sys::console::error_1(&message.as_str().into());
        tell_script("glossatorStopped", &message.into());
    }));
}

/// Calls a function that one of the page's own scripts has put there.
pub(super) fn tell_script(name: &str, what: &JsValue) {
    let function = Reflect::get(&gloo::utils::window(), &name.into());
    if let Ok(Ok(function)) = function.map(JsCast::dyn_into::<Function>) {
        let _ = function.call1(&JsValue::NULL, what);
    }
}
