//! Divides text into characters, words and sentences with the browser's `Intl.Segmenter`, which knows every script.

use std::cell::OnceCell;

use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::text::{Granularity, Segmenter};

/// An `Intl.Segmenter` for each granularity, made when it is first needed, since that is slow. Falls back to simple
/// rules if the browser has none.
#[derive(Default)]
pub(crate) struct BrowserSegmenter {
    character: OnceCell<Option<Intl::Segmenter>>,
    word: OnceCell<Option<Intl::Segmenter>>,
    sentence: OnceCell<Option<Intl::Segmenter>>,
}

impl Segmenter for BrowserSegmenter {
    fn ends(&self, text: &str, granularity: Granularity) -> Vec<usize> {
        let (segmenter, name) = match granularity {
            Granularity::Character => (&self.character, "grapheme"),
            Granularity::Word => (&self.word, "word"),
            Granularity::Sentence | Granularity::Paragraph => (&self.sentence, "sentence"),
        };
        match segmenter.get_or_init(|| make(name)) {
            Some(segmenter) => bytes(text, &starts(segmenter, text)),
            None => fallback(text, granularity),
        }
    }
}

fn make(granularity: &str) -> Option<Intl::Segmenter> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    Reflect::get(&intl, &"Segmenter".into()).ok().filter(JsValue::is_function)?;
    let options = Object::new();
    Reflect::set(&options, &"granularity".into(), &granularity.into()).ok()?;
    // A fixed language, so that a text is divided in the same way for everyone.
    Some(Intl::Segmenter::new(&Array::of1(&"en".into()), &options))
}

/// The starts of the segments, in UTF-16 code units, ascending.
fn starts(segmenter: &Intl::Segmenter, text: &str) -> Vec<usize> {
    let segments = Array::from(segmenter.segment(text).as_ref());
    let starts = segments.iter().map(|it| it.unchecked_into::<Intl::SegmentData>().index());
    starts.filter_map(|it| usize::try_from(it).ok()).collect()
}

/// Converts ascending offsets from UTF-16 code units to bytes.
fn bytes(text: &str, units: &[usize]) -> Vec<usize> {
    let mut bytes = Vec::with_capacity(units.len());
    let mut wanted = units.iter().copied().peekable();
    let mut passed = 0;
    for (byte, character) in text.char_indices() {
        while wanted.next_if(|it| *it <= passed).is_some() {
            bytes.push(byte);
        }
        passed += character.len_utf16();
    }
    bytes
}

/// The fallback: characters are code points, words are separated by white space, and all of the text is one sentence.
fn fallback(text: &str, granularity: Granularity) -> Vec<usize> {
    let places = text.char_indices().map(|(at, _)| at);
    match granularity {
        Granularity::Character => places.collect(),
        Granularity::Word => text.match_indices(char::is_whitespace).map(|(at, _)| at).collect(),
        Granularity::Sentence | Granularity::Paragraph => Vec::new(),
    }
}
