//! Why a codebook cannot be read or written, and what is not taken over. The messages are shown to the user.

use super::super::{
    codebook_text::CodebookTextProblem,
    entry::shorten,
    limits::{CODE_LEVEL_LIMIT, CODE_LIMIT},
    xml::XmlProblem,
};

/// Why a file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QdcProblem {
    /// It is not a text, or too large.
    #[error(transparent)]
    Text(#[from] CodebookTextProblem),
    /// It is not XML as it is read here.
    #[error("the file is not a codebook in XML, or damaged: {0}")]
    Xml(#[from] XmlProblem),
    /// It is XML, but not a codebook.
    #[error(
        "the file is XML, but not a REFI-QDA codebook: expected the element “CodeBook” of a namespace \
         “urn:QDA-XML:codebook:…”, found “{}” of {}",
        shorten(name),
        namespace_of(namespace)
    )]
    NotCodebook {
        /// The name of its first element.
        name: String,
        /// The namespace of that element; empty if it has none.
        namespace: String,
    },
    /// Its codes are nested too deeply.
    #[error(
        "line {line}: the code “{}” is more than {CODE_LEVEL_LIMIT} levels deep, the limit",
        shorten(name)
    )]
    TooDeep {
        /// Counted from 1.
        line: usize,
        /// The name of the first code that is too deep.
        name: String,
    },
    /// It has too many codes.
    #[error("line {line}: there are more than {CODE_LIMIT} codes, the limit for one file")]
    TooMany {
        /// The line of the first code that is too many, counted from 1.
        line: usize,
    },
}

fn namespace_of(namespace: &str) -> String {
    if namespace.is_empty() { "no namespace".into() } else { format!("“{}”", shorten(namespace)) }
}

/// Something in a file that is not taken over, or differently. Lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QdcNote {
    /// The encoding was guessed.
    #[error("the file is not valid UTF-8 and was read as Windows-1252; letters beyond ASCII may be wrong")]
    Encoding,
    /// A code has no id.
    #[error("line {line}: the code “{}” has no GUID", shorten(name))]
    NoGuid {
        /// Where the code begins.
        line: usize,
        /// The code.
        name: String,
    },
    /// The id of a code is malformed.
    #[error(
        "line {line}: the GUID of the code “{}” should be 32 hexadecimal digits in five groups, found “{}”",
        shorten(name),
        shorten(found)
    )]
    Guid {
        /// Where the code begins.
        line: usize,
        /// The code.
        name: String,
        /// What is there instead.
        found: String,
    },
    /// A code before has the same id.
    #[error("line {line}: the code “{}” has the same GUID as a code before it", shorten(name))]
    SameGuid {
        /// Where the code begins.
        line: usize,
        /// The code.
        name: String,
    },
    /// The colour of a code cannot be read.
    #[error(
        "line {line}: the colour of the code “{}” should be like #c62828, found “{}”",
        shorten(name),
        shorten(found)
    )]
    Color {
        /// Where the code begins.
        line: usize,
        /// The code.
        name: String,
        /// What is there instead.
        found: String,
    },
    /// A group of codes, for which there is nothing like it.
    #[error("the set “{}” with {members} members is left out", shorten(name))]
    Set {
        /// The set.
        name: String,
        /// The number of its members.
        members: usize,
    },
    /// Elements that are unknown, or known at other places. What is in them is left out too.
    #[error("line {line}: the element “{}” is left out here{}", shorten(name), times(*count))]
    Element {
        /// Where the first of them begins.
        line: usize,
        /// Their name.
        name: String,
        /// How many there are.
        count: usize,
    },
    /// More unknown elements, of other names than those that are listed.
    #[error("{count} elements of other names are left out")]
    OtherElements {
        /// How many there are.
        count: usize,
    },
    /// Text that is in no description.
    #[error("line {line}: text outside of descriptions is left out{}", times(*count))]
    Text {
        /// Where the first ends.
        line: usize,
        /// How many texts there are.
        count: usize,
    },
}

fn times(count: usize) -> String {
    if count > 1 { format!(", and {} more", count - 1) } else { String::new() }
}

/// Why no file was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QdcWriteProblem {
    /// The standard has no codebook without codes.
    #[error("a REFI-QDA codebook needs at least one code")]
    Empty,
    /// The codes are nested too deeply to be read again.
    #[error("the codes are {depth} levels deep; the limit is {CODE_LEVEL_LIMIT}")]
    TooDeep {
        /// The number of levels.
        depth: usize,
    },
    /// Reading it back failed.
    #[error("the file was not written, because reading it back failed: {0}")]
    Refused(#[from] QdcProblem),
    /// It is different when it is read back.
    #[error("the file was not written, because it would be read back differently")]
    Changed,
}
