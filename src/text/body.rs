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

/// A longer line is divided into pieces of so many bytes at most, so that drawing one of them does not cost more than that.
const LONGEST: usize = 8 << 10;

fn paragraph_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = line.trim_end().len();
        if starts.is_empty() || end > 0 {
            let mut from = 0;
            starts.push(at);
            while end - from > LONGEST {
                from += division(&line[from..line.floor_char_boundary(from + LONGEST)]);
                starts.push(at + from);
            }
        }
        at += line.len();
    }
    starts
}

/// How much of such a piece is taken: up to the end of its last sentence, or else of its last word. Where it has none, it ends
/// before a character that joins no other.
fn division(piece: &str) -> usize {
    let behind = |(at, it): (usize, char)| at + it.len_utf8();
    let ends_sentence = |at: usize| {
        let before = piece[..at].trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
        before.ends_with(['.', '?', '!', '…', '。', '？', '！'])
    };
    let spaces = || piece.char_indices().rev().filter(|(_, it)| it.is_whitespace());
    let sentence = spaces().take_while(|(at, _)| *at > piece.len() / 2).find(|(at, _)| ends_sentence(*at));
    let cjk = || piece.char_indices().rev().find(|(_, it)| matches!(it, '。' | '？' | '！' | '、' | '，'));
    let apart =
        |it: char| it.is_ascii_graphic() || matches!(it, '\u{3041}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    let alone =
        || piece.char_indices().rev().map(|(at, it)| (at, apart(it))).find(|(at, apart)| *apart && *at > 0);
    let end = sentence.or_else(|| spaces().next()).or_else(cjk).map(behind);
    end.or_else(|| alone().map(|it| it.0)).unwrap_or(piece.len())
}
