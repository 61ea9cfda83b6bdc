//! Unicode normalization by the browser.

use js_sys::JsString;

use crate::text::Normalizer;

/// Normalizes with the browser's Unicode tables, which spares the download of our own.
pub(crate) struct BrowserNormalizer;

impl Normalizer for BrowserNormalizer {
    fn normalize(&self, character: char) -> String {
        let decomposed = JsString::from(character.to_string()).normalize("NFKD");
        decomposed.to_lower_case().to_upper_case().to_lower_case().normalize("NFKD").into()
    }
}
