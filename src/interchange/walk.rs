//! Walks through a JSON file one value at a time, so that the caller can pause in between.
//!
//! Only the braces, brackets and commas of the outermost two levels are handled here; `serde_json` finds the end of
//! each value. The caller parses a value by itself, so an error inside one affects no other, and nothing here
//! recurses.

use serde::Deserialize;
use serde_json::{Deserializer, value::RawValue};

use super::limits::VALUE_LIMIT;

/// A walk through a file that is one JSON object, some of whose fields are lists.
pub(super) struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    Start,
    Fields { first: bool },
    List { first: bool },
    End,
}

/// The next part of the file.
pub(super) enum Found<'a> {
    /// A field with its value.
    Field(String, &'a RawValue),
    /// The beginning of a list whose elements follow.
    List(String),
    /// The next element of the current list.
    Element(&'a RawValue),
    /// The end of the file.
    End,
}

/// Where and why the walk stops before the end of the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Broken {
    /// Counted from 1.
    pub(super) line: usize,
    /// Counted from 1, in bytes.
    pub(super) column: usize,
    pub(super) cause: Cause,
}

/// Why the rest of a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// The file ends there.
    Cut,
    /// There is a syntax error.
    Damaged,
    /// A value begins there that is larger than [`VALUE_LIMIT`]: finding its end would take too long.
    TooLarge,
}

/// The file without the byte-order mark that some editors put before UTF-8.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

impl<'a> Walk<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, place: Place::Start }
    }

    /// The number of bytes read so far.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Advances to the next part. The elements of the fields named in `lists` are returned one by one, if those are
    /// lists.
    pub(super) fn next(&mut self, lists: &[&str]) -> Result<Found<'a>, Broken> {
        loop {
            let place = self.place;
            match place {
                Place::Start => {
                    self.expect(b'{')?;
                    self.place = Place::Fields { first: true };
                }
                Place::Fields { first } if self.closes(b'}', first)? => {
                    self.place = Place::End;
                    return self.peek().map_or(Ok(Found::End), |_| Err(self.broken_here()));
                }
                Place::Fields { .. } => {
                    let name = self.name()?;
                    self.expect(b':')?;
                    if lists.contains(&name.as_str()) && self.peek() == Some(b'[') {
                        self.at += 1;
                        self.place = Place::List { first: true };
                        return Ok(Found::List(name));
                    }
                    self.place = Place::Fields { first: false };
                    return Ok(Found::Field(name, self.value()?));
                }
                Place::List { first } if self.closes(b']', first)? => {
                    self.place = Place::Fields { first: false };
                }
                Place::List { .. } => {
                    self.place = Place::List { first: false };
                    return Ok(Found::Element(self.value()?));
                }
                Place::End => return Ok(Found::End),
            }
        }
    }

    /// Whether the bracket closes here. If not, skips the comma that precedes every part but the first.
    fn closes(&mut self, bracket: u8, first: bool) -> Result<bool, Broken> {
        match self.peek() {
            Some(it) if it == bracket => {
                self.at += 1;
                Ok(true)
            }
            Some(_) if first => Ok(false),
            _ => self.expect(b',').map(|()| false),
        }
    }

    fn name(&mut self) -> Result<String, Broken> {
        if self.peek() != Some(b'"') {
            return Err(self.broken_here());
        }
        let start = self.at;
        let raw = self.value()?.get();
        serde_json::from_str(raw).map_err(|error| self.broken(start, &error))
    }

    fn value(&mut self) -> Result<&'a RawValue, Broken> {
        self.peek();
        let end = self.bytes.len().min(self.at + VALUE_LIMIT);
        let mut window = Deserializer::from_slice(&self.bytes[self.at..end]);
        match <&RawValue>::deserialize(&mut window) {
            Ok(value) => {
                self.at += value.get().len();
                Ok(value)
            }
            Err(error) if error.is_eof() && end < self.bytes.len() => {
                Err(Broken { cause: Cause::TooLarge, ..self.broken_here() })
            }
            Err(error) => Err(self.broken(self.at, &error)),
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Broken> {
        if self.peek() != Some(byte) {
            return Err(self.broken_here());
        }
        self.at += 1;
        Ok(())
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        let space = |it: &&u8| matches!(it, b' ' | b'\n' | b'\r' | b'\t');
        self.at += self.bytes[self.at..].iter().take_while(space).count();
        self.bytes.get(self.at).copied()
    }

    fn broken_here(&self) -> Broken {
        let (line, before) = self.position(self.at);
        let cut = self.at == self.bytes.len();
        let cause = if cut { Cause::Cut } else { Cause::Damaged };
        Broken { line, column: before + usize::from(!cut), cause }
    }

    /// Converts a `serde_json` error, whose position counts from `start`.
    fn broken(&self, start: usize, error: &serde_json::Error) -> Broken {
        let (line, before) = self.position(start);
        let before = if error.line() == 1 { before } else { 0 };
        let (line, column) = ((line + error.line()).saturating_sub(1), before + error.column());
        let cause =
            if error.is_eof() || self.is_cut_number(line, column) { Cause::Cut } else { Cause::Damaged };
        Broken { line, column, cause }
    }

    /// Whether the error is a number that the end of the file cuts off, such as `70.`, which `serde_json` reports as
    /// a syntax error.
    fn is_cut_number(&self, line: usize, column: usize) -> bool {
        matches!(self.bytes.last(), Some(b'.' | b'-' | b'+' | b'e' | b'E'))
            && (line, column) == self.position(self.bytes.len())
    }

    /// The line of an offset, and the number of bytes before it in that line.
    fn position(&self, at: usize) -> (usize, usize) {
        let before = &self.bytes[..at];
        let start = before.iter().rposition(|it| *it == b'\n').map_or(0, |it| it + 1);
        (before.split(|it| *it == b'\n').count(), at - start)
    }
}
