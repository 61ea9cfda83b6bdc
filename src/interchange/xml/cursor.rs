//! A place in a text, which moves forward by what it recognizes.

use super::{
    characters::{begins_name, is_in_name, is_white, is_xml_character},
    problem::{XmlExpected, XmlProblem},
};

/// The most code points of the file that a problem quotes.
const QUOTED: usize = 20;

pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    /// A place up to which lines were counted, and the line there, from 1.
    counted: (usize, usize),
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0, counted: (0, 1) }
    }

    /// In bytes.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The line of the place, from 1. Counts each line once, however often it is called.
    pub(super) fn line(&mut self) -> usize {
        let (from, line) = self.counted;
        let line = line + breaks(&self.text[from..self.at]);
        self.counted = (self.at, line);
        line
    }

    /// Moves behind `word` if it is next.
    pub(super) fn skip(&mut self, word: &str) -> bool {
        let is_next = self.rest().starts_with(word);
        self.at += if is_next { word.len() } else { 0 };
        is_next
    }

    /// Moves behind white space. Returns whether there was any.
    pub(super) fn white(&mut self) -> bool {
        let rest = self.rest().trim_start_matches(is_white);
        let at = self.text.len() - rest.len();
        let moved = at > self.at;
        self.at = at;
        moved
    }

    pub(super) fn name(&mut self) -> Result<&'a str, XmlProblem> {
        let rest = self.rest();
        if !rest.starts_with(begins_name) {
            return Err(self.problem(XmlExpected::Name));
        }
        self.take(rest.find(|c| !is_in_name(c)).unwrap_or(rest.len()))
    }

    /// Moves on by `length` bytes, and gives them.
    pub(super) fn take(&mut self, length: usize) -> Result<&'a str, XmlProblem> {
        let taken = &self.rest()[..length];
        if let Some(at) = taken.find(|c| !is_xml_character(c)) {
            return Err(self.problem_at(self.at + at, XmlExpected::Character));
        }
        self.at += length;
        Ok(taken)
    }

    /// Moves behind `end`, and gives what is before it.
    pub(super) fn until(&mut self, end: &str, expected: XmlExpected) -> Result<&'a str, XmlProblem> {
        let Some(length) = self.rest().find(end) else {
            return Err(self.problem_at(self.text.len(), expected));
        };
        let taken = self.take(length)?;
        self.at += end.len();
        Ok(taken)
    }

    /// Moves behind `word`, which has to be next.
    pub(super) fn expect(&mut self, word: &str, expected: XmlExpected) -> Result<(), XmlProblem> {
        if self.skip(word) { Ok(()) } else { Err(self.problem(expected)) }
    }

    pub(super) fn problem(&self, expected: XmlExpected) -> XmlProblem {
        self.problem_at(self.at, expected)
    }

    /// A problem at a place, in bytes.
    pub(super) fn problem_at(&self, at: usize, expected: XmlExpected) -> XmlProblem {
        let (before, rest) = self.text.split_at(at);
        let last = &before[before.rfind(['\n', '\r']).map_or(0, |it| it + 1)..];
        XmlProblem {
            line: 1 + breaks(before),
            column: 1 + last.chars().count(),
            expected,
            found: quoted(rest),
        }
    }
}

/// The number of line breaks: LF, CRLF, or CR.
fn breaks(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_break = |(at, byte): (usize, &u8)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    bytes.iter().enumerate().filter(|it| is_break(*it)).count()
}

/// The first word of a text, with its first character whatever that is, for a message.
fn quoted(text: &str) -> String {
    let Some(first) = text.chars().next() else { return "the end of the file".into() };
    if !is_xml_character(first) {
        return format!("the control character {:#04x}", u32::from(first));
    }
    if is_white(first) {
        return "white space".into();
    }
    let ends = |c: char| is_white(c) || matches!(c, '<' | '>' | '&') || !is_xml_character(c);
    let word = text.chars().skip(1).take_while(|c| !ends(*c)).take(QUOTED);
    format!("“{}”", std::iter::once(first).chain(word).collect::<String>())
}
