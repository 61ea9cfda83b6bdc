//! The glimpse: the view of the last visit, which `static/glimpse.js` shows until the page has drawn the same.

use wasm_bindgen::JsValue;

use super::{elements::element, rescue::call_page_script};

/// The `id` of the glimpse.
const GLIMPSE: &str = "glimpse";

/// Saves what is in view, for the next visit.
pub(crate) fn save_glimpse() {
    call_page_script("glossatorGlimpse", &JsValue::UNDEFINED);
}

/// True while the glimpse is shown. False in a hidden page, where no frame would come to end the waiting for its
/// removal.
pub(crate) fn is_glimpse_shown() -> bool {
    element(GLIMPSE).is_some() && !gloo::utils::document().hidden()
}

/// Removes the glimpse.
pub(crate) fn remove_glimpse() {
    if let Some(glimpse) = element(GLIMPSE) {
        glimpse.remove();
    }
}
