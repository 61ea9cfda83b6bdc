//! What `static/glimpse.js` shows until the page has drawn the same.

use wasm_bindgen::JsValue;

use super::{elements::element, rescue::tell_script};

/// The `id` of what `static/glimpse.js` shows.
const GLIMPSE: &str = "glimpse";

/// Has the page's script keep what is in view, to show it as the page is opened the next time.
pub(crate) fn keep_glimpse() {
    tell_script("glossatorGlimpse", &JsValue::UNDEFINED);
}

/// Whether the script shows what was in view the last time, in a page that is seen: in another no frame would ever end it.
pub(crate) fn has_glimpse() -> bool {
    element(GLIMPSE).is_some() && !gloo::utils::document().hidden()
}

/// Takes that away.
pub(crate) fn lift_glimpse() {
    if let Some(glimpse) = element(GLIMPSE) {
        glimpse.remove();
    }
}
