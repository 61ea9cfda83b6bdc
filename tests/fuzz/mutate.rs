//! Mutants of the corpus: flipped bits, parts lost, repeated or spliced in, and tokens inserted or swapped.

use std::fmt;

use proptest::{collection::vec, prelude::*, sample::Index};

use crate::Sample;

/// The largest mutant, in bytes. Longer ones are cut.
const LARGEST: usize = 300_000;

/// Tokens that are likely to confuse a reader of JSON, XML or CSV.
const TOKENS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "\"",
    ",",
    ":",
    "\\",
    "null",
    "true",
    "0",
    "-0",
    "-1",
    "1.5",
    "1e999",
    "1e-999",
    "00",
    "NaN",
    "18446744073709551615",
    "18446744073709551616",
    "9007199254740992",
    "\"\"",
    "[]",
    "{}",
    "[[[[[[[[",
    "\\ud800",
    "\\udc00",
    "\"\\ud83d\"",
    "\\u0000",
    "\u{feff}",
    "\0",
    "\u{202e}",
    "👩‍🚀",
    "__proto__",
    "glossator",
    "\"v\":1,",
    "\"id\":7,",
    "\"deleted\":null,",
    "\"annotations\":[],",
    "\"format\":\"glossator\",",
    "\"version\":{},",
    "//",
    "\r",
    "<",
    "</",
    "/>",
    "<!--",
    "<![CDATA[",
    "<!DOCTYPE a>",
    "&#0;",
    "&amp;",
    " xmlns=\"\"",
    ";",
    "'=",
    "\"\"\"",
    " > ",
];

/// One change of a file.
#[derive(Clone, Debug)]
enum Change {
    /// A bit flips.
    Flip(Index, u8),
    /// The file ends early.
    Cut(Index),
    /// A part is lost.
    Lose(Index, Index),
    /// A part is repeated.
    Repeat(Index, Index, usize),
    /// A part of another file is inserted.
    Splice(Index, Index, Index, Index),
    /// A byte is replaced, perhaps by one that is invalid in UTF-8.
    Byte(Index, u8),
    /// One of [`TOKENS`] is inserted between two tokens, or replaces one.
    Token(Index, &'static str, bool),
    /// Two tokens change places.
    Swap(Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    let token = prop::sample::select(TOKENS);
    prop_oneof![
        2 => (at(), 0..8_u8).prop_map(|(at, bit)| Change::Flip(at, bit)),
        1 => at().prop_map(Change::Cut),
        2 => (at(), at()).prop_map(|(from, to)| Change::Lose(from, to)),
        1 => (at(), at(), 2..200_usize).prop_map(|(from, to, times)| Change::Repeat(from, to, times)),
        2 => (at(), at(), at(), at()).prop_map(|(at, file, from, to)| Change::Splice(at, file, from, to)),
        1 => (at(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        4 => (at(), token, any::<bool>()).prop_map(|(at, token, instead)| Change::Token(at, token, instead)),
        3 => (at(), at()).prop_map(|(one, other)| Change::Swap(one, other)),
    ]
}

/// A file of the corpus after some changes.
#[derive(Clone)]
pub(crate) struct Mutant {
    of: String,
    changes: Vec<Change>,
    pub(crate) bytes: Vec<u8>,
}

impl fmt::Debug for Mutant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} after {:?}: {}", self.of, self.changes, self.bytes.escape_ascii())
    }
}

pub(crate) fn mutants(samples: &[Sample]) -> impl Strategy<Value = Mutant> + use<> {
    let samples = samples.to_vec();
    (any::<Index>(), vec(change(), 1..5)).prop_map(move |(which, changes)| {
        let sample = which.get(&samples);
        let bytes = changes.iter().fold(sample.bytes.clone(), |bytes, change| {
            let mut changed = change.apply(bytes, &samples);
            changed.truncate(LARGEST);
            changed
        });
        Mutant { of: sample.name.clone(), changes, bytes }
    })
}

impl Change {
    fn apply(&self, mut bytes: Vec<u8>, samples: &[Sample]) -> Vec<u8> {
        let length = bytes.len();
        let place = |at: &Index| at.index(length + 1);
        // Most parts are no longer than a record.
        let part = |from: &Index, to: &Index, length: usize| {
            let from = from.index(length + 1);
            from..(from + to.index(400)).min(length)
        };
        match self {
            Self::Flip(_, _) | Self::Byte(_, _) if bytes.is_empty() => {}
            Self::Flip(at, bit) => bytes[at.index(length)] ^= 1 << bit,
            Self::Byte(at, byte) => bytes[at.index(length)] = *byte,
            Self::Cut(at) => bytes.truncate(place(at)),
            Self::Lose(from, to) => _ = bytes.drain(part(from, to, length)),
            Self::Repeat(from, to, times) => {
                let range = part(from, to, length);
                let repeated = bytes[range.clone()].repeat(*times);
                bytes.splice(range, repeated);
            }
            Self::Splice(at, file, from, to) => {
                let other = &file.get(samples).bytes;
                let (at, range) = (place(at), part(from, to, other.len()));
                bytes.splice(at..at, other[range].iter().copied());
            }
            Self::Token(at, token, instead) => {
                let tokens = tokens(&bytes);
                let range = tokens.get(at.index(tokens.len().max(1))).cloned().unwrap_or(0..0);
                let range = if *instead { range } else { range.start..range.start };
                bytes.splice(range, token.bytes());
            }
            Self::Swap(one, other) => {
                let tokens = tokens(&bytes);
                if !tokens.is_empty() {
                    let (one, other) = (one.get(&tokens), other.get(&tokens));
                    let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
                    if first.end <= second.start {
                        let moved =
                            [&bytes[second.clone()], &bytes[first.end..second.start], &bytes[first.clone()]];
                        let moved = moved.concat();
                        bytes.splice(first.start..second.end, moved);
                    }
                }
            }
        }
        bytes
    }
}

/// The ranges of the JSON tokens, as far as there are any: strings, signs, and other runs of characters.
fn tokens(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let length = match rest[0] {
            b'"' => {
                let mut escaped = false;
                let end = rest[1..].iter().position(|byte| {
                    let ends = *byte == b'"' && !escaped;
                    escaped = *byte == b'\\' && !escaped;
                    ends
                });
                end.map_or(rest.len(), |end| end + 2)
            }
            byte if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.') => {
                let end = rest.iter().position(|it| !it.is_ascii_alphanumeric() && !b"-+.".contains(it));
                end.unwrap_or(rest.len())
            }
            _ => 1,
        };
        if !rest[0].is_ascii_whitespace() {
            tokens.push(at..at + length);
        }
        at += length;
    }
    tokens
}
