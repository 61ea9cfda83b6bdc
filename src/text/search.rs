//! Finds words in a text regardless of case and accents, in slices.
//!
//! Text and query are *folded* to the same plain form. A character may fold to several ("ß" to "ss", "ﬁ" to "fi") or to
//! none (a combining accent), so the folded text maps each of its parts to the original text. A match begins and ends
//! at characters of the original text and contains only whole ones.

use std::ops::Range;

use super::{Article, Span};

/// Unicode normalization, supplied by the browser.
pub trait Normalizer {
    /// One character, decomposed (NFKD) and case-folded.
    fn normalize(&self, character: char) -> String;
}

/// How a character is folded.
#[derive(Clone, Debug)]
enum Fold {
    Unknown,
    Nothing,
    Same,
    To(Box<str>),
}

/// Folds characters and caches the results.
pub struct Folding<L> {
    normalizer: L,
    /// Indexed by the character's upper bits; each page has an entry for each value of the lower eight.
    pages: Vec<Option<Box<[Fold]>>>,
}

impl<L: Normalizer> Folding<L> {
    /// Asks `normalizer` once for each character that it meets outside ASCII.
    pub fn new(normalizer: L) -> Self {
        Self { normalizer, pages: Vec::new() }
    }

    /// The text in plain form: lower case, without accents, each run of white space as one space.
    pub fn fold(&mut self, text: &str) -> String {
        let mut folded = Folded::default();
        folded.append(text, 0..text.len(), self);
        folded.text
    }

    fn push(&mut self, character: char, into: &mut String) {
        match self.lookup(character) {
            Fold::To(folded) => into.push_str(folded),
            Fold::Same => into.push(character),
            Fold::Nothing | Fold::Unknown => {}
        }
    }

    fn is_nothing(&mut self, character: char) -> bool {
        !character.is_ascii() && matches!(self.lookup(character), Fold::Nothing)
    }

    fn lookup(&mut self, character: char) -> &Fold {
        let (page, place) = (character as usize >> 8, character as usize & 0xff);
        if self.pages.len() <= page {
            self.pages.resize(page + 1, None);
        }
        let page = self.pages[page].get_or_insert_with(|| vec![Fold::Unknown; 256].into());
        if matches!(page[place], Fold::Unknown) {
            page[place] = fold(character, &self.normalizer);
        }
        &page[place]
    }
}

fn fold(character: char, normalizer: &impl Normalizer) -> Fold {
    let same = match character {
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' => "'",
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => "\"",
        '‐'..='―' | '−' => "-",
        _ => "",
    };
    if !same.is_empty() {
        return Fold::To(same.into());
    }
    if is_accent(character) || is_invisible(character) {
        return Fold::Nothing;
    }
    let plain: String = normalizer.normalize(character).chars().filter(|it| !is_accent(*it)).collect();
    // Some standalone accents decompose to a space and a combining accent. Such a space does not separate words.
    if plain.is_empty() || plain.starts_with(char::is_whitespace) || plain.chars().eq([character]) {
        Fold::Same
    } else {
        Fold::To(plain.into())
    }
}

/// Combining accents that leave a letter the same letter, in Latin, Greek, Cyrillic, Hebrew and Arabic script. Excludes
/// vowel signs of Indic scripts and marks that turn a kana into another syllable.
fn is_accent(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}'
        | '\u{5c4}'..='\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20f0}' | '\u{fe20}'..='\u{fe2f}')
}

/// Invisible characters: soft hyphens, joiners, direction marks, variation selectors.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e01ef}')
}

/// Part of a text in plain form.
#[derive(Debug, Default)]
struct Folded {
    text: String,
    /// For each byte of the folded text, the byte of the text where its character starts, or [`INSIDE`].
    starts: Vec<usize>,
}

/// No character of the text starts here.
const INSIDE: usize = usize::MAX;

impl Folded {
    /// Folds a range of `text`, which must begin and end on character boundaries.
    fn append<L: Normalizer>(&mut self, text: &str, range: Range<usize>, folding: &mut Folding<L>) {
        let base = range.start;
        let part = text.get(range).unwrap_or_default();
        let bytes = part.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let begins = self.text.len();
            let start = base + at;
            if byte.is_ascii() && !byte.is_ascii_whitespace() && byte != 0x0b {
                self.text.push(byte.to_ascii_lowercase().into());
                self.starts.push(start);
                at += 1;
                continue;
            }
            let Some(character) = part[at..].chars().next() else { break };
            if character.is_whitespace() {
                // One space for the whole run. A run that is split between two calls gives two.
                let rest = &part[at..];
                at += rest.len() - rest.trim_start().len();
                self.text.push(' ');
            } else {
                at += character.len_utf8();
                folding.push(character, &mut self.text);
            }
            let length = self.text.len() - begins;
            if length > 0 {
                self.starts.push(start);
                self.starts.resize(begins + length, INSIDE);
            }
        }
    }
}

/// The folded words to search for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    folded: String,
}

impl Query {
    /// The words that a person typed; `None` if they are only white space.
    pub fn new<L: Normalizer>(words: &str, folding: &mut Folding<L>) -> Option<Self> {
        let folded = folding.fold(words);
        (!folded.trim().is_empty()).then_some(Self { folded })
    }

    /// True if the query occurs in a short text.
    pub fn is_in<L: Normalizer>(&self, text: &str, folding: &mut Folding<L>) -> bool {
        let mut folded = Folded::default();
        folded.append(text, 0..text.len(), folding);
        let mut places = folded.text.match_indices(&self.folded);
        places.any(|(at, found)| folded.is_whole(at, found.len()))
    }
}

impl Folded {
    /// True if the folded range comes from whole characters of the text.
    fn is_whole(&self, at: usize, length: usize) -> bool {
        self.starts[at] != INSIDE && self.starts.get(at + length).is_none_or(|it| *it != INSIDE)
    }
}

/// Minimum length of a slice, in bytes.
const SLICE: usize = 16 * 1024;

/// A search through part of a text from start to end, one slice per step.
///
/// Finds matches from left to right; they never overlap.
#[derive(Clone, Debug)]
pub struct Search {
    query: Query,
    at: usize,
    end: usize,
    /// Length of the next slice, in bytes.
    slice: usize,
}

impl Search {
    /// Searches a whole text of `length` bytes for `query`.
    pub fn new(query: Query, length: usize) -> Self {
        Self::between(query, 0, length)
    }

    /// Searches part of a text for `query`.
    pub fn within(query: Query, window: Span) -> Self {
        Self::between(query, window.start(), window.end())
    }

    fn between(query: Query, at: usize, end: usize) -> Self {
        let slice = SLICE.max(query.folded.len() * 8);
        Self { query, at, end, slice }
    }

    /// The byte up to which the text has been searched.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Searches the next slice and adds the matches to `found`. Returns true while there is more.
    pub fn step<L: Normalizer>(
        &mut self,
        article: &Article,
        folding: &mut Folding<L>,
        found: &mut Vec<Span>,
    ) -> bool {
        let text = article.text();
        let end = self.end.min(text.len());
        let to = boundary(text, self.at.saturating_add(self.slice).min(end), end, folding);
        let mut folded = Folded::default();
        folded.append(text, self.at..to, folding);

        let (mut from, length) = (0, self.query.folded.len());
        while let Some(at) = folded.text[from..].find(&self.query.folded).map(|it| it + from) {
            if folded.is_whole(at, length) {
                let ends = folded.starts.get(at + length).copied().unwrap_or(to);
                found.extend(article.span(folded.starts[at], ends));
                from = at + length;
            } else {
                from = at + folded.text[at..].chars().next().map_or(1, char::len_utf8);
            }
        }
        if to >= end {
            self.at = end;
            return false;
        }
        // Matches may begin in this slice and end in the next, so read that part again.
        let tail = from.max((folded.text.len() + 1).saturating_sub(length));
        let next = folded.starts.get(tail..).unwrap_or_default().iter().find(|it| **it != INSIDE);
        let next = next.copied().unwrap_or(to);
        // A long text that folds to little: only a longer slice can contain the query.
        if next <= self.at {
            self.slice = self.slice.saturating_mul(2);
        }
        self.at = next;
        true
    }
}

/// The first byte from `at` on where a slice can end: not before a combining accent, nor within a run of white space.
fn boundary<L: Normalizer>(text: &str, at: usize, end: usize, folding: &mut Folding<L>) -> usize {
    let at = text.ceil_char_boundary(at);
    let spaced = text[..at].chars().next_back().is_some_and(char::is_whitespace);
    let mut rest = text[at..end.max(at)].char_indices();
    let stop = rest.find(|(_, it)| !(folding.is_nothing(*it) || (spaced && it.is_whitespace())));
    stop.map_or(end.max(at), |(offset, _)| at + offset)
}
