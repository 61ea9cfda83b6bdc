//! A text with the index that conversions of positions need.

use std::{cell::OnceCell, fmt::Write, mem, rc::Rc};

use sha2::{Digest, Sha256};

use super::{sentences, units::Units};

/// A text that never changes, with an index of its units and paragraphs.
///
/// Articles share it, for example the same article before and after a change of title.
#[derive(Debug)]
pub struct Text {
    content: Box<str>,
    units: Units,
    paragraph_starts: Vec<usize>,
    words: usize,
    sha256: OnceCell<Rc<str>>,
}

/// Equal if their contents are equal.
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
            words: count_words(text),
            sha256: OnceCell::new(),
            content: text.into(),
        }
    }

    /// Indexes `text`, whose SHA-256 is known; in lower-case hexadecimal.
    pub fn with_sha256(text: &str, sha256: Rc<str>) -> Self {
        Self { sha256: sha256.into(), ..Self::new(text) }
    }

    /// The exact text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// Number of words: runs of characters other than white space.
    pub fn words(&self) -> usize {
        self.words
    }

    /// SHA-256 of the UTF-8 bytes in lower-case hexadecimal, which identifies the text. Computed on first use.
    pub fn sha256(&self) -> &Rc<str> {
        self.sha256.get_or_init(|| {
            let mut hashing = Hashing::default();
            while hashing.step(&self.content) {}
            hashing.finish()
        })
    }

    /// Hashes the next piece, so that callers can pause between the pieces of a long text. Returns true while there is
    /// more to do.
    pub fn hash_step(&self, hashing: &mut Hashing) -> bool {
        if self.sha256.get().is_some() {
            return false;
        }
        let more = hashing.step(&self.content);
        if !more {
            self.sha256.get_or_init(|| mem::take(hashing).finish());
        }
        more
    }

    pub(super) fn units(&self) -> &Units {
        &self.units
    }

    pub(super) fn paragraph_starts(&self) -> &[usize] {
        &self.paragraph_starts
    }
}

/// An unfinished SHA-256 of a text.
#[derive(Debug, Default)]
pub struct Hashing {
    digest: Sha256,
    at: usize,
}

impl Hashing {
    /// Hashes the next piece of the text. Returns true while there is more.
    fn step(&mut self, text: &str) -> bool {
        const PIECE: usize = 64 << 10;
        let end = text.len().min(self.at + PIECE);
        self.digest.update(&text.as_bytes()[self.at..end]);
        self.at = end;
        end < text.len()
    }

    fn finish(self) -> Rc<str> {
        let mut hex = String::with_capacity(64);
        for byte in self.digest.finalize() {
            // Writing to a string never fails.
            let _ = write!(hex, "{byte:02x}");
        }
        hex.into()
    }
}

/// Number of runs of characters other than white space. ASCII is scanned as bytes, which is several times faster.
fn count_words(text: &str) -> usize {
    let (mut words, mut after_space, mut at) = (0, true, 0);
    while let Some(byte) = text.as_bytes().get(at) {
        let (space, length) = if byte.is_ascii() {
            (matches!(byte, b'\t'..=b'\r' | b' '), 1)
        } else {
            text[at..].chars().next().map_or((false, 1), |it| (it.is_whitespace(), it.len_utf8()))
        };
        words += usize::from(after_space && !space);
        after_space = space;
        at += length;
    }
    words
}

/// Longer lines are split into pieces of about this many bytes, to bound the cost of drawing and segmenting one.
const PIECE: usize = 8 << 10;
/// A piece ends at the end of a sentence if there is one within this many more bytes.
const SLACK: usize = 4 << 10;

fn paragraph_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end();
        if starts.is_empty() || !body.is_empty() {
            let mut from = 0;
            starts.push(at);
            while body.len() - from > PIECE + SLACK {
                from = split_point(body, from + PIECE);
                starts.push(at + from);
            }
        }
        at += line.len();
    }
    starts
}

/// Where to split a line at or soon after byte `from`: after a sentence, or else after a word, or else before a
/// character that never joins others, or else anywhere.
fn split_point(line: &str, from: usize) -> usize {
    let first = line.ceil_char_boundary(from);
    let joins_none =
        |it: char| it.is_ascii_graphic() || matches!(it, '\u{3041}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    let (mut word, mut alone) = (None, None);
    let mut before = ['a'; 2];
    for (offset, it) in line[first..].char_indices().take_while(|(offset, _)| *offset < SLACK) {
        let (passed, rest) = line[first..].split_at(offset);
        let sentence = matches!(before[0], '.' | '!' | '?' | '…')
            && before[1].is_whitespace()
            && it.is_uppercase()
            && !sentences::continues(passed, rest);
        if sentence || matches!(before[1], '。' | '！' | '？' | '।') {
            return first + offset;
        }
        if before[1].is_whitespace() && !it.is_whitespace() {
            word = word.or(Some(first + offset));
        }
        if joins_none(it) {
            alone = alone.or(Some(first + offset));
        }
        before = [before[1], it];
    }
    word.or(alone).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::count_words;

    #[test]
    fn count_words_matches_split_whitespace() {
        let all: String = ('\0'..='\u{3100}').flat_map(|it| ['a', it, 'b', it, it, 'c', ' ']).collect();
        for text in ["", " ", "a", " a b\n\nc\td\u{b}e\u{c}f ", "\u{a0}é\u{2003}🙂\u{3000}", &all] {
            assert_eq!(count_words(text), text.split_whitespace().count(), "{text:?}");
        }
    }
}
