//! Reading and downloading files.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, TextDecoder, TextDecoderOptions, Url};

use super::tasks::give_way;

/// The bytes of a file from `start` to `end`.
pub(crate) async fn bytes_of(file: &Blob, start: f64, end: f64) -> Result<Uint8Array, JsValue> {
    let piece = file.slice_with_f64_and_f64(start, end)?;
    Ok(Uint8Array::new(&JsFuture::from(piece.array_buffer()).await?))
}

/// Bytes as a text in the encoding that is named so; nothing where there is none of that name, or where it is `exact` and not
/// all of them are of it.
pub(crate) fn decode(bytes: &[u8], label: &str, exact: bool) -> Option<String> {
    let options = TextDecoderOptions::new();
    options.set_fatal(exact);
    let decoder = TextDecoder::new_with_label_and_options(label, &options).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}

/// Hands a file to the browser's downloads; a long one takes a while, in which the browser has its turn.
pub(crate) async fn download(name: &str, contents: &str) -> Result<(), JsValue> {
    /// So many bytes are handed over at once.
    const PIECE: usize = 1 << 20;
    let pieces = Array::new();
    for piece in contents.as_bytes().chunks(PIECE) {
        if pieces.length() > 0 {
            give_way().await;
        }
        // Bytes and not a string: lone characters and line ends arrive as they are.
        let piece = Array::of1(&Uint8Array::from(piece));
        pieces.push(&Blob::new_with_u8_array_sequence(&piece)?.into());
    }
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
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
