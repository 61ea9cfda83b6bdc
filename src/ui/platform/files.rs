//! Reading and downloading files.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, TextDecoder, TextDecoderOptions, Url};

use super::tasks::yield_to_browser;

/// The bytes of a file from `start` to `end`.
pub(crate) async fn bytes_of(file: &Blob, start: f64, end: f64) -> Result<Uint8Array, JsValue> {
    let piece = file.slice_with_f64_and_f64(start, end)?;
    Ok(Uint8Array::new(&JsFuture::from(piece.array_buffer()).await?))
}

/// Decodes bytes in the encoding with this label. Returns `None` if the browser has no such encoding or, with `exact`,
/// if some bytes are invalid.
pub(crate) fn decode(bytes: &[u8], label: &str, exact: bool) -> Option<String> {
    let options = TextDecoderOptions::new();
    options.set_fatal(exact);
    let decoder = TextDecoder::new_with_label_and_options(label, &options).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}

/// Downloads a file with JSON.
pub(crate) async fn download(name: &str, contents: &str) -> Result<(), JsValue> {
    download_as(name, contents, "application/json").await
}

/// Downloads a file. Yields to the browser between pieces, since a long file takes a while.
pub(crate) async fn download_as(name: &str, contents: &str, media_type: &str) -> Result<(), JsValue> {
    /// The number of bytes in a piece.
    const PIECE: usize = 1 << 20;
    let pieces = Array::new();
    for piece in contents.as_bytes().chunks(PIECE) {
        if pieces.length() > 0 {
            yield_to_browser().await;
        }
        // Bytes, since a blob may convert the line ends of a string.
        let piece = Array::of1(&Uint8Array::from(piece));
        pieces.push(&Blob::new_with_u8_array_sequence(&piece)?.into());
    }
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_blob_sequence_and_options(&pieces, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document = gloo::utils::document();
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    gloo::utils::body().append_child(&link)?;
    link.click();
    link.remove();
    // The browser reads the blob after this returns.
    gloo::timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}
