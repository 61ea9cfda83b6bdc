//! Positions in a text, each with its unit in its type.

use std::fmt;

/// UTF-16 code units from the start of a text: the unit of the DOM and JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Utf16(pub usize);

/// Unicode code points from the start of a text: the unit of the W3C model and most file formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodePoint(pub usize);

/// A half-open, non-empty range of an article, in UTF-8 bytes on character boundaries.
///
/// Only an [`Article`](super::Article) creates spans, so every span has been checked against a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// The caller has checked that both ends are character boundaries and that the range is not empty.
    pub(super) fn checked(start: usize, end: usize) -> Self {
        debug_assert!(start < end);
        Self { start, end }
    }

    /// The byte at which it starts.
    pub fn start(self) -> usize {
        self.start
    }

    /// The byte before which it ends.
    pub fn end(self) -> usize {
        self.end
    }

    /// Length in bytes; never 0.
    #[expect(clippy::len_without_is_empty, reason = "a span is never empty")]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// True if the spans share at least one character.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The part that both spans share.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }

    /// The smallest span that contains both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Why a position or range is not valid in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// The position is behind the end of the text.
    #[error("position {at} is outside the text, which is {length} {unit} long")]
    Outside {
        /// The requested position.
        at: usize,
        /// The length of the text.
        length: usize,
        /// The unit of both.
        unit: Unit,
    },
    /// The position is inside a character.
    #[error("position {at} ({unit}) is inside a character")]
    InsideCharacter {
        /// The requested position.
        at: usize,
        /// The unit of the position.
        unit: Unit,
    },
    /// The range is empty or reversed.
    #[error("the range from {start} to {end} ({unit}) is empty or reversed")]
    Empty {
        /// The start of the range.
        start: usize,
        /// The end of the range.
        end: usize,
        /// The unit of both.
        unit: Unit,
    },
}

/// The unit of a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// UTF-8 bytes.
    Byte,
    /// UTF-16 code units.
    Utf16,
    /// Unicode code points.
    CodePoint,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Byte => "bytes",
            Self::Utf16 => "UTF-16 code units",
            Self::CodePoint => "characters",
        })
    }
}
