//! The clipboard.

use wasm_bindgen_futures::JsFuture;

/// Puts words on the clipboard; whether the browser let the page do that. Must come of a click or a key.
pub(crate) async fn copy(words: &str) -> bool {
    let clipboard = gloo::utils::window().navigator().clipboard();
    // Not on a page that did not come by a safe way.
    !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(words)).await.is_ok()
}
