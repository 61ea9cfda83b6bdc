//! Positions in a text, each with its unit in its type.

use std::fmt;

/// A number of UTF-16 code units from the start of a text: what the DOM and JavaScript count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Utf16(pub usize);

/// A number of Unicode code points from the start of a text: what the W3C model and most files count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodePoint(pub usize);

/// A half-open, non-empty range of an article, in UTF-8 bytes on character boundaries.
///
/// Only an [`Article`](super::Article) makes one, so a span that exists was checked against a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// The caller has checked that both ends are boundaries of the text and that the range is not empty.
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

    /// Its length in bytes; never 0.
    #[expect(clippy::len_without_is_empty, reason = "a span is never empty")]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the two have at least one character in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The part that the two have in common.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Why a position or a range is not one of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// The position lies behind the text's end.
    #[error("position {at} is outside the text, which is {length} {unit} long")]
    Outside {
        /// The position asked for.
        at: usize,
        /// How long the text is.
        length: usize,
        /// What both are counted in.
        unit: Unit,
    },
    /// The position lies inside a character.
    #[error("position {at} ({unit}) is inside a character")]
    InsideCharacter {
        /// The position asked for.
        at: usize,
        /// What it is counted in.
        unit: Unit,
    },
    /// The range holds nothing.
    #[error("the range from {start} to {end} ({unit}) is empty or reversed")]
    Empty {
        /// Where it starts.
        start: usize,
        /// Where it ends.
        end: usize,
        /// What both are counted in.
        unit: Unit,
    },
}

/// What a position is counted in.
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
