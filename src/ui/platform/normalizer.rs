//! What the browser knows of characters.

use js_sys::JsString;

use crate::text::Normalizer;

/// What the browser knows of characters.
pub(crate) struct Alphabet;

impl Normalizer for Alphabet {
    fn normalize(&self, character: char) -> String {
        let decomposed = JsString::from(character.to_string()).normalize("NFKD");
        decomposed.to_lower_case().to_upper_case().to_lower_case().normalize("NFKD").into()
    }
}
