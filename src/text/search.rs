//! Finding words in a text, whatever their case and accents, in slices.
//!
//! Text and query are *folded* to the same plain form. A character may fold to several ("ß" to "ss", "ﬁ" to "fi") or to
//! none (a combining accent), so the folded text knows where each of its parts comes from: what is found begins and ends
//! where characters of the text do, and has whole characters only.

use std::ops::Range;

use super::{Article, Span};

/// What a language knows of its characters, and this module does not.
pub trait Letters {
    /// One character, decomposed (Unicode's NFKD) and without the difference of case.
    fn plain(&self, character: char) -> String;
}

/// How a character is folded.
#[derive(Clone, Debug)]
enum Fold {
    Unknown,
    Nothing,
    Same,
    To(Box<str>),
}

/// Folds characters, and remembers how.
pub struct Folding<L> {
    letters: L,
    /// By the upper bits of the character; each with one for each of the lower eight.
    pages: Vec<Option<Box<[Fold]>>>,
}

impl<L: Letters> Folding<L> {
    /// One that asks `letters` once for each character outside ASCII that it meets.
    pub fn new(letters: L) -> Self {
        Self { letters, pages: Vec::new() }
    }

    /// The text in its plain form: lower case, without accents, white space as one space.
    pub fn fold(&mut self, text: &str) -> String {
        let mut folded = Folded::default();
        folded.read(text, 0..text.len(), self);
        folded.text
    }

    fn push(&mut self, character: char, into: &mut String) {
        match self.of(character) {
            Fold::To(folded) => into.push_str(folded),
            Fold::Same => into.push(character),
            Fold::Nothing | Fold::Unknown => {}
        }
    }

    fn is_nothing(&mut self, character: char) -> bool {
        !character.is_ascii() && matches!(self.of(character), Fold::Nothing)
    }

    fn of(&mut self, character: char) -> &Fold {
        let (page, place) = (character as usize >> 8, character as usize & 0xff);
        if self.pages.len() <= page {
            self.pages.resize(page + 1, None);
        }
        let page = self.pages[page].get_or_insert_with(|| vec![Fold::Unknown; 256].into());
        if matches!(page[place], Fold::Unknown) {
            page[place] = fold(character, &self.letters);
        }
        &page[place]
    }
}

fn fold(character: char, letters: &impl Letters) -> Fold {
    let same = match character {
        '‘' | '’' | '‚' | '‛' | '′' | 'ʼ' => "'",
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => "\"",
        '‐'..='―' | '−' => "-",
        _ => "",
    };
    if !same.is_empty() {
        return Fold::To(same.into());
    }
    if is_accent(character) || is_unseen(character) {
        return Fold::Nothing;
    }
    let plain: String = letters.plain(character).chars().filter(|it| !is_accent(*it)).collect();
    // Some accents that stand alone decompose to a space and a combining accent: such a space parts no words.
    if plain.is_empty() || plain.starts_with(char::is_whitespace) || plain.chars().eq([character]) {
        Fold::Same
    } else {
        Fold::To(plain.into())
    }
}

/// Accents that combine with a letter and leave it the same letter: those of the Latin, Greek, Cyrillic, Hebrew and Arabic
/// scripts. The signs for vowels of the scripts of India, and what makes another syllable of a kana, are none of them.
fn is_accent(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}'
        | '\u{5c4}'..='\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20f0}' | '\u{fe20}'..='\u{fe2f}')
}

/// What takes no room and says nothing to a reader: soft hyphens, joiners, marks of direction, choices of a glyph.
fn is_unseen(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e01ef}')
}

/// A part of a text in its plain form.
#[derive(Debug, Default)]
struct Folded {
    text: String,
    /// For each byte of the folded text the byte of the text that it begins at, or [`INSIDE`].
    starts: Vec<usize>,
}

/// No character of the text begins here.
const INSIDE: usize = usize::MAX;

impl Folded {
    /// Folds a range of `text`, which must not begin or end inside a character.
    fn read<L: Letters>(&mut self, text: &str, range: Range<usize>, folding: &mut Folding<L>) {
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
                // However much there is of it; only in one that was read in two parts there are two spaces.
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

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    folded: String,
}

impl Query {
    /// The words that a person typed; nothing where they are white space only.
    pub fn new<L: Letters>(words: &str, folding: &mut Folding<L>) -> Option<Self> {
        let folded = folding.fold(words);
        (!folded.trim().is_empty()).then_some(Self { folded })
    }

    /// Whether it occurs in a short text, from the beginning to the end of characters.
    pub fn is_in<L: Letters>(&self, text: &str, folding: &mut Folding<L>) -> bool {
        let mut folded = Folded::default();
        folded.read(text, 0..text.len(), folding);
        let mut places = folded.text.match_indices(&self.folded);
        places.any(|(at, found)| folded.parts(at, found.len()))
    }
}

impl Folded {
    /// Whether whole characters of the text fold to what stands here.
    fn parts(&self, at: usize, length: usize) -> bool {
        self.starts[at] != INSIDE && self.starts.get(at + length).is_none_or(|it| *it != INSIDE)
    }
}

/// How much of a text is read in one slice at least, in bytes.
const SLICE: usize = 16 * 1024;

/// A search through a part of a text, from its beginning to its end, of which each step reads a slice.
///
/// Finds what folds to the query, from the first on, and nothing that overlaps what was found before.
#[derive(Clone, Debug)]
pub struct Search {
    query: Query,
    at: usize,
    end: usize,
    /// How much is read next, in bytes.
    slice: usize,
}

impl Search {
    /// Looks for `query` in the whole of a text that is `length` bytes long.
    pub fn new(query: Query, length: usize) -> Self {
        Self::between(query, 0, length)
    }

    /// Looks for `query` in a part of a text.
    pub fn within(query: Query, window: Span) -> Self {
        Self::between(query, window.start(), window.end())
    }

    fn between(query: Query, at: usize, end: usize) -> Self {
        let slice = SLICE.max(query.folded.len() * 8);
        Self { query, at, end, slice }
    }

    /// How much of the text has been read.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Reads the next slice and adds what is found there to `found`; whether there is more to be read.
    pub fn step<L: Letters>(
        &mut self,
        article: &Article,
        folding: &mut Folding<L>,
        found: &mut Vec<Span>,
    ) -> bool {
        let text = article.text();
        let end = self.end.min(text.len());
        let to = boundary(text, self.at.saturating_add(self.slice).min(end), end, folding);
        let mut folded = Folded::default();
        folded.read(text, self.at..to, folding);

        let (mut from, length) = (0, self.query.folded.len());
        while let Some(at) = folded.text[from..].find(&self.query.folded).map(|it| it + from) {
            if folded.parts(at, length) {
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
        // What begins in this slice and ends in the next is read again.
        let tail = from.max((folded.text.len() + 1).saturating_sub(length));
        let next = folded.starts.get(tail..).unwrap_or_default().iter().find(|it| **it != INSIDE);
        let next = next.copied().unwrap_or(to);
        // Much that folds to little: only a longer slice can hold the query.
        if next <= self.at {
            self.slice = self.slice.saturating_mul(2);
        }
        self.at = next;
        true
    }
}

/// The first place from `at` on where a slice can end: no accent of a character and no more of its white space follows.
fn boundary<L: Letters>(text: &str, at: usize, end: usize, folding: &mut Folding<L>) -> usize {
    let at = text.ceil_char_boundary(at);
    let spaced = text[..at].chars().next_back().is_some_and(char::is_whitespace);
    let mut rest = text[at..end.max(at)].char_indices();
    let stop = rest.find(|(_, it)| !(folding.is_nothing(*it) || (spaced && it.is_whitespace())));
    stop.map_or(end.max(at), |(offset, _)| at + offset)
}
