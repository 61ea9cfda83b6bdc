//! A text with the index that positions in it need.

use std::{cell::OnceCell, fmt::Write, rc::Rc};

use sha2::{Digest, Sha256};

use super::units::Units;

/// A text that never changes, with an index of its units and paragraphs.
///
/// Two articles, or one before and after it is given another title, can have the same one.
#[derive(Debug)]
pub struct Text {
    content: Box<str>,
    units: Units,
    paragraph_starts: Vec<usize>,
    words: usize,
    sha256: OnceCell<Rc<str>>,
}

/// Two are the same when their texts are.
impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.content == other.content
    }
}

impl Eq for Text {}

impl Text {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        Self {
            units: Units::new(text),
            paragraph_starts: paragraph_starts(text),
            words: text.split_whitespace().count(),
            sha256: OnceCell::new(),
            content: text.into(),
        }
    }

    /// The exact text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// How many runs of characters other than white space it has.
    pub fn words(&self) -> usize {
        self.words
    }

    /// The SHA-256 of the UTF-8 bytes in lower-case hexadecimal, which names it; computed once, when first asked for.
    pub fn sha256(&self) -> &Rc<str> {
        self.sha256.get_or_init(|| {
            let mut hex = String::with_capacity(64);
            for byte in Sha256::digest(self.content.as_bytes()) {
                // Text always takes more text.
                let _ = write!(hex, "{byte:02x}");
            }
            hex.into()
        })
    }

    pub(super) fn units(&self) -> &Units {
        &self.units
    }

    pub(super) fn paragraph_starts(&self) -> &[usize] {
        &self.paragraph_starts
    }
}

fn paragraph_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if starts.is_empty() || !line.trim().is_empty() {
            starts.push(at);
        }
        at += line.len();
    }
    starts
}
