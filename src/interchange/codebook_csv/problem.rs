//! Why CSV cannot be read as a codebook, and what is not taken over. The messages are shown to the user.

use std::fmt;

use super::super::{
    codebook_text::CodebookTextProblem,
    entry::shorten,
    limits::{CODE_LEVEL_LIMIT, CODE_LIMIT},
};

/// A field of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CsvPlace {
    /// Counted from 1, with the header, as in a spreadsheet.
    pub row: usize,
    /// Counted from 1.
    pub column: usize,
}

impl fmt::Display for CsvPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}, column {}", self.row, self.column)
    }
}

/// Why a file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CsvProblem {
    /// It is not a text, or too large.
    #[error(transparent)]
    Text(#[from] CodebookTextProblem),
    /// Its first row does not name the column that it needs.
    #[error("the first row should name the columns, one of them “name”; found {}", listed(found))]
    NoName {
        /// The fields of the first row.
        found: Vec<String>,
    },
    /// A quotation mark is never closed.
    #[error("{0}: expected “\"” at the end of the field, found the end of the file")]
    OpenQuote(CsvPlace),
    /// Something follows a field in quotation marks.
    #[error("{place}: expected {} or the end of the row behind a field in quotation marks, found “{found}”", named(*separator))]
    AfterQuote {
        /// The field.
        place: CsvPlace,
        /// The character.
        found: char,
        /// The separator of this file.
        separator: char,
    },
    /// Its codes are nested too deeply.
    #[error("row {row}: the code is more than {CODE_LEVEL_LIMIT} levels deep, the limit")]
    TooDeep {
        /// The first row that is too deep, counted from 1.
        row: usize,
    },
    /// It has too many codes.
    #[error("row {row}: there are more than {CODE_LIMIT} codes, the limit for one file")]
    TooMany {
        /// The first row that is too many, counted from 1.
        row: usize,
    },
}

fn named(separator: char) -> String {
    if separator == '\t' { "a tab".into() } else { format!("“{separator}”") }
}

fn listed(fields: &[String]) -> String {
    let fields: Vec<_> = fields.iter().take(10).map(|it| format!("“{}”", shorten(it))).collect();
    if fields.is_empty() { "no rows".into() } else { fields.join(", ") }
}

/// Something in a file that is not taken over, or differently.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CsvNote {
    /// The encoding was guessed.
    #[error("the file is not valid UTF-8 and was read as Windows-1252; letters beyond ASCII may be wrong")]
    Encoding,
    /// A column that a codebook does not have, or that there is twice.
    #[error("{place}: the column “{}” is left out", shorten(name))]
    Column {
        /// Where it is named.
        place: CsvPlace,
        /// Its name.
        name: String,
    },
    /// A code has no name.
    #[error("{place}: the code has no name")]
    NoName {
        /// Where the name should be.
        place: CsvPlace,
    },
    /// A row has more fields than the header.
    #[error(
        "{place}: expected {columns} fields as in the first row, found “{}”; a field with a separator needs quotation marks",
        shorten(found)
    )]
    Extra {
        /// The first field that is too many.
        place: CsvPlace,
        /// The number of columns.
        columns: usize,
        /// The field.
        found: String,
    },
    /// A colour cannot be read.
    #[error("{place}: the colour should be like #c62828, found “{}”", shorten(found))]
    Color {
        /// The field.
        place: CsvPlace,
        /// What is there instead.
        found: String,
    },
    /// No row has the name or path of a parent. The code is at the top.
    #[error(
        "{place}: expected the name or the path of another code as the parent, found “{}”; the code is at the top",
        shorten(found)
    )]
    UnknownParent {
        /// The field.
        place: CsvPlace,
        /// What is there instead.
        found: String,
    },
    /// Several rows have the name of a parent. The code is at the top.
    #[error(
        "{place}: expected the path of the parent, because several codes are called “{}”; the code is at the top",
        shorten(found)
    )]
    AmbiguousParent {
        /// The field.
        place: CsvPlace,
        /// The name.
        found: String,
    },
    /// A code is below itself. It is at the top.
    #[error(
        "{place}: expected a parent that is not below the code itself, found “{}”; the code is at the top",
        shorten(found)
    )]
    Circle {
        /// The field.
        place: CsvPlace,
        /// The parent.
        found: String,
    },
}
