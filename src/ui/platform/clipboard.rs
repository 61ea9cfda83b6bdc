//! The clipboard.

use wasm_bindgen_futures::JsFuture;

/// Copies text to the clipboard. Returns false if the browser does not allow it. Call it from a click or a key event.
pub(crate) async fn copy(text: &str) -> bool {
    let clipboard = gloo::utils::window().navigator().clipboard();
    // Browsers have no clipboard API on insecure pages.
    !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
