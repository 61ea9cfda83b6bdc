//! Writes an export, and reads it again before giving it out.

use std::{collections::HashMap, io, rc::Rc};

use serde::Serialize;
use serde_json::{Serializer, ser::Formatter};

use super::{
    parse::parse,
    problem::{Problem, Refusal},
    transfer::{Document, Entry, File},
};
use crate::{
    annotation::{AnnotationId, Record, Timestamp},
    text::{Article, Library},
};

/// Why no file was written: it would not have given back what it was to hold.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// It could not be put into words at all.
    #[error("the file could not be written: {0}")]
    Json(#[from] serde_json::Error),
    /// It could not be read again.
    #[error("the file was not written, since it could not be read again: {0}")]
    Refused(#[from] Refusal),
    /// Something in it could not be read again.
    #[error("the file was not written, since it could not be read again: {0}")]
    Problem(Problem),
    /// An annotation came back as another.
    #[error("the file was not written, since annotation {number} ({id}) would not be read back as it is")]
    Changed {
        /// Its place in the file, counted from 1.
        number: usize,
        /// Its id.
        id: AnnotationId,
    },
}

/// One UTF-8 JSON file with the live annotations of `records` on `articles`, one annotation a line.
///
/// The articles stand in the order given, their annotations by start, end and id. The file depends on nothing but the
/// arguments. It is read again before it is given out, each quote checked against its positions.
///
/// # Errors
/// When what is read again is not what was to be written; says which annotation.
pub fn write<'a>(
    articles: &[Rc<Article>],
    records: impl IntoIterator<Item = &'a Record>,
    exported: Timestamp,
) -> Result<String, WriteError> {
    let places: HashMap<_, _> = articles.iter().enumerate().map(|(place, it)| (it.id(), place)).collect();
    let mut live: Vec<_> = records
        .into_iter()
        .filter_map(|record| {
            let annotation = record.content.as_deref()?;
            Some((*places.get(&annotation.article)?, annotation, record))
        })
        .collect();
    live.sort_unstable_by_key(|(place, annotation, record)| {
        (*place, annotation.span.start(), annotation.span.end(), record.id)
    });

    let documents = articles.iter().map(|it| Document::of(it)).collect();
    let entries = live
        .iter()
        .map(|(place, annotation, record)| Entry::of(record, annotation, &articles[*place]))
        .collect();
    let text = to_lines(&File::new(exported, documents, entries))?;

    let read = parse(text.as_bytes(), &articles.iter().cloned().collect::<Library>())?;
    if let Some(problem) = read.problems.into_iter().next() {
        return Err(WriteError::Problem(problem));
    }
    let written = live.iter().map(|(_, _, record)| *record);
    match written.zip(&read.records).position(|(written, read)| written != read) {
        None => Ok(text),
        Some(at) => Err(WriteError::Changed { number: at + 1, id: live[at].2.id }),
    }
}

fn to_lines(file: &File<'_>) -> Result<String, serde_json::Error> {
    let mut out = Vec::new();
    file.serialize(&mut Serializer::with_formatter(&mut out, Lines::default()))?;
    out.push(b'\n');
    String::from_utf8(out).map_err(|error| serde_json::Error::io(io::Error::other(error)))
}

/// Puts each field of the file and each element of its lists on a line of its own, so that two exports can be compared
/// line by line.
#[derive(Default)]
struct Lines {
    depth: usize,
}

impl Lines {
    fn next<W: ?Sized + io::Write>(&self, out: &mut W, first: bool) -> io::Result<()> {
        out.write_all(match (self.depth, first) {
            (1, true) => b"\n  ",
            (1, false) => b",\n  ",
            (2, true) => b"\n    ",
            (2, false) => b",\n    ",
            (_, true) => b"",
            (_, false) => b", ",
        })
    }

    fn open<W: ?Sized + io::Write>(&mut self, out: &mut W, bracket: u8) -> io::Result<()> {
        self.depth += 1;
        out.write_all(&[bracket])
    }

    fn close<W: ?Sized + io::Write>(&mut self, out: &mut W, bracket: u8) -> io::Result<()> {
        self.depth -= 1;
        out.write_all(match self.depth {
            0 => b"\n",
            1 => b"\n  ",
            _ => b"",
        })?;
        out.write_all(&[bracket])
    }
}

impl Formatter for Lines {
    fn begin_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b'{')
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b'}')
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b'[')
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b']')
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first)
    }
}
