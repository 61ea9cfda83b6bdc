//! Why a codebook file cannot be read or written, and what of it is left out. The messages are shown to the user.

use super::super::{
    codebook_text::CodebookTextProblem,
    entry::shorten,
    format::{CODEBOOK_FORMAT, CODEBOOK_VERSION},
    limits::CODE_LIMIT,
    problem::Reason,
};

/// Why a file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodebookProblem {
    /// It is not a text, or too large.
    #[error(transparent)]
    Text(#[from] CodebookTextProblem),
    /// It is not JSON.
    #[error("the file is not JSON, or damaged: syntax error at line {line}, column {column}")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
    },
    /// It is JSON, but not a codebook.
    #[error(
        "the file is JSON, but not a codebook: expected “format” to be “{CODEBOOK_FORMAT}”, found {found}"
    )]
    NotCodebook {
        /// What is there instead, in words.
        found: String,
    },
    /// A newer program wrote it.
    #[error(
        "the file uses version {found} of the format, and this page reads only version {CODEBOOK_VERSION}; a newer \
         Glossator can read it"
    )]
    Newer {
        /// The version that the file states.
        found: u64,
    },
    /// A field of the file is missing or wrong.
    #[error("{0}")]
    Field(Reason),
    /// It has too many tags.
    #[error("the file has {count} tags; the limit for one file is {CODE_LIMIT}")]
    TooMany {
        /// The number of its tags.
        count: usize,
    },
}

/// Something in a file that is not taken over, or differently. Tags are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodebookNote {
    /// The encoding was guessed.
    #[error("the file is not valid UTF-8 and was read as Windows-1252; letters beyond ASCII may be wrong")]
    Encoding,
    /// A tag is damaged, and left out.
    #[error("tag {number}{}: {reason}; the tag is left out", named(name.as_deref()))]
    Tag {
        /// Its index in the file.
        number: usize,
        /// Its name, if it has one.
        name: Option<String>,
        /// What is wrong.
        reason: Reason,
    },
    /// A tag has the id of a tag before it, and is left out.
    #[error(
        "tag {number}{}: expected an id of its own, found that of tag {first}; the tag is left out",
        named(Some(name))
    )]
    SameId {
        /// Its index in the file.
        number: usize,
        /// Its name.
        name: String,
        /// The index of the other tag.
        first: usize,
    },
    /// The parent of a tag is not in the file. The tag is at the top.
    #[error(
        "tag {number}{}: expected the id of a tag of the file as the parent, found “{}”; the tag is at the top",
        named(Some(name)),
        shorten(parent)
    )]
    Parent {
        /// Its index in the file.
        number: usize,
        /// Its name.
        name: String,
        /// The id of the parent.
        parent: String,
    },
    /// A tag is below itself. It is at the top.
    #[error("tag {number}{}: it is below itself; the tag is at the top", named(Some(name)))]
    Circle {
        /// Its index in the file.
        number: usize,
        /// Its name.
        name: String,
    },
    /// The advice between tags, for which a codebook that is in use has no place.
    #[error("{count} borderline cases are left out: a codebook in use has no place for them")]
    BorderlineCases {
        /// How many there are.
        count: usize,
    },
}

fn named(name: Option<&str>) -> String {
    name.map(|it| format!(" (“{}”)", shorten(it))).unwrap_or_default()
}

/// Why no file was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodebookWriteProblem {
    /// Serialization failed.
    #[error("the file could not be written")]
    Json,
    /// Reading it back failed.
    #[error("the file was not written, because reading it back failed: {0}")]
    Refused(#[from] CodebookProblem),
    /// Something in it is left out when it is read back.
    #[error("the file was not written, because reading it back failed: {0}")]
    LeftOut(CodebookNote),
    /// It is different when it is read back.
    #[error("the file was not written, because it would be read back differently")]
    Changed,
}
