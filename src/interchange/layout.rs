//! The layout of a JSON file: one line for each top-level field and for each element of a top-level list.

use std::io;

use serde::Serialize;
use serde_json::{Serializer, ser::Formatter};

/// The JSON of a whole file.
pub(super) fn to_lines(file: &impl Serialize) -> Result<String, serde_json::Error> {
    at_depth(file, 0).map(|it| it + "\n")
}

/// The JSON of an element of a top-level list.
pub(super) fn to_line(element: &impl Serialize) -> Result<String, serde_json::Error> {
    at_depth(element, 2)
}

fn at_depth(value: &impl Serialize, depth: usize) -> Result<String, serde_json::Error> {
    let mut out = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut out, Layout { depth }))?;
    String::from_utf8(out).map_err(|error| serde_json::Error::io(io::Error::other(error)))
}

/// Writes each top-level field, and each element of a top-level list, on its own line, so that a line-based diff of two
/// exports is readable.
struct Layout {
    depth: usize,
}

impl Layout {
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

impl Formatter for Layout {
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
