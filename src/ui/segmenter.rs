//! The browser's own segmenter, which knows characters, words and sentences of every script.

use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::text::{Granularity, Segmenter};

/// `Intl.Segmenter`, once for each granularity; a plain substitute where the browser has none.
pub(super) struct BrowserSegmenter {
    character: Option<Intl::Segmenter>,
    word: Option<Intl::Segmenter>,
    sentence: Option<Intl::Segmenter>,
}

impl BrowserSegmenter {
    pub(super) fn new() -> Self {
        let make = |granularity: &str| {
            let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
            Reflect::get(&intl, &"Segmenter".into()).ok().filter(JsValue::is_function)?;
            let options = Object::new();
            Reflect::set(&options, &"granularity".into(), &granularity.into()).ok()?;
            // Not the person's language, so that a text is divided alike for everybody who works on it.
            Some(Intl::Segmenter::new(&Array::of1(&"en".into()), &options))
        };
        Self { character: make("grapheme"), word: make("word"), sentence: make("sentence") }
    }
}

impl Segmenter for BrowserSegmenter {
    fn ends(&self, text: &str, granularity: Granularity) -> Vec<usize> {
        let segmenter = match granularity {
            Granularity::Character => &self.character,
            Granularity::Word => &self.word,
            Granularity::Sentence | Granularity::Paragraph => &self.sentence,
        };
        match segmenter {
            Some(segmenter) => bytes(text, &starts(segmenter, text)),
            None => substitute(text, granularity),
        }
    }
}

/// Where the segments begin, in UTF-16 code units, ascending.
fn starts(segmenter: &Intl::Segmenter, text: &str) -> Vec<usize> {
    let segments = Array::from(segmenter.segment(text).as_ref());
    let starts = segments.iter().map(|it| it.unchecked_into::<Intl::SegmentData>().index());
    starts.filter_map(|it| usize::try_from(it).ok()).collect()
}

/// The same places in bytes.
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

/// Characters are code points, words stand between white space, and a sentence is as long as it can be.
fn substitute(text: &str, granularity: Granularity) -> Vec<usize> {
    let places = text.char_indices().map(|(at, _)| at);
    match granularity {
        Granularity::Character => places.collect(),
        Granularity::Word => text.match_indices(char::is_whitespace).map(|(at, _)| at).collect(),
        Granularity::Sentence | Granularity::Paragraph => Vec::new(),
    }
}
