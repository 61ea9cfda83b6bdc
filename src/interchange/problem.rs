//! Why a file, or a part of it, cannot be imported. The messages are shown to the user.

use std::{fmt, rc::Rc};

use super::{
    format::VERSION,
    limits::{COUNT_LIMIT, FILE_LIMIT, NOTE_LIMIT, TEXT_LIMIT, VALUE_LIMIT},
};
use crate::annotation::{
    ATTRIBUTE_LIMIT, Attribute, AttributeKind, Codebook, Tag, Version, likelihood_words,
};

/// Why a whole file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// The file is not JSON, or ends before anything could be read.
    #[error("the file is not JSON: syntax error at line {line}, column {column}")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
    },
    /// The file is JSON, but not Glossator’s.
    #[error(
        "the file is JSON, but not a Glossator export: expected “format” to be “glossator” or “glossator-backup”, \
         found {found}"
    )]
    NotOurs {
        /// A description of what it is instead.
        found: String,
    },
    /// A newer Glossator wrote the file.
    #[error(
        "the file uses version {found} of the format, and this page reads only version {VERSION}; \
         a newer Glossator can read it"
    )]
    Newer {
        /// The version that the file states.
        found: u64,
    },
    /// A top-level field is missing or has an unexpected value.
    #[error("the field “{field}” of the file should be {expected}, found {found}")]
    Field {
        /// The field.
        field: &'static str,
        /// The expected value, in words.
        expected: String,
        /// The actual value, in words.
        found: String,
    },
    /// The file is larger than [`FILE_LIMIT`].
    #[error("the file is {} large; the limit is {}", megabytes(*size), megabytes(FILE_LIMIT as u64))]
    TooLarge {
        /// Its size in bytes.
        size: u64,
    },
    /// A value before the field `format` is larger than [`VALUE_LIMIT`].
    #[error(
        "the value at line {line}, column {column} is larger than {}, the limit for one value",
        megabytes(VALUE_LIMIT as u64)
    )]
    ValueTooLarge {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
    },
    /// The file holds more annotations than [`COUNT_LIMIT`].
    #[error("the file contains more than {COUNT_LIMIT} annotations, the limit for one file")]
    TooMany,
}

/// A size in bytes, for display: `128 MB`, `0.1 MB`. Rounded up to tenths.
pub fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    match tenths % 10 {
        0 => format!("{} MB", tenths / 10),
        rest => format!("{}.{rest} MB", tenths / 10),
    }
}

/// A problem with a file of which some part could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The file ends too early.
    #[error(
        "the file is cut short at line {line}, column {column}; the part before contains {}",
        annotations(*complete)
    )]
    CutShort {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
        /// The number of complete annotations before that position.
        complete: usize,
    },
    /// There is a syntax error; the rest of the file is not read.
    #[error(
        "the file is damaged at line {line}, column {column}, and is not read beyond that; the part before contains {}",
        annotations(*complete)
    )]
    Damaged {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
        /// The number of complete annotations before that position.
        complete: usize,
    },
    /// A value is larger than [`VALUE_LIMIT`]; the rest of the file is not read.
    #[error(
        "the value at line {line}, column {column} is larger than {}, the limit for one value; the file is not read \
         beyond that; the part before contains {}",
        megabytes(VALUE_LIMIT as u64), annotations(*complete)
    )]
    TooLarge {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
        /// The number of complete annotations before that position.
        complete: usize,
    },
    /// The file was made with a different text of an article. Annotations whose quotes match at their positions are
    /// imported anyway.
    #[error(
        "the article “{article}” has a different text here than in the file (SHA-256: expected {expected}, found \
         {found}); its annotations are imported where their quotes match"
    )]
    TextDiffers {
        /// The article's title.
        article: String,
        /// The SHA-256 that the file states.
        expected: String,
        /// The SHA-256 of the article here.
        found: String,
    },
    /// The text of an article in the file cannot be imported.
    #[error("the text of the article “{title}” in the file {reason}")]
    Text {
        /// The article's title in the file.
        title: String,
        /// The cause.
        reason: TextReason,
    },
    /// One annotation cannot be imported.
    #[error(transparent)]
    Annotation(AnnotationProblem),
    /// One item of a backup cannot be imported.
    #[error(transparent)]
    Item(ItemProblem),
}

/// Why the text of an article in a file cannot be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextReason {
    /// It is empty.
    #[error("is empty")]
    Empty,
    /// It is longer than [`TEXT_LIMIT`].
    #[error("is longer than {}, the limit", megabytes(TEXT_LIMIT as u64))]
    TooLong,
    /// Its SHA-256 is not the one that the file states.
    #[error("does not match its SHA-256: it was changed or damaged")]
    Hash,
}

fn annotations(count: usize) -> String {
    match count {
        0 => "no complete annotations".into(),
        1 => "1 complete annotation".into(),
        _ => format!("{count} complete annotations"),
    }
}

/// Which annotation of a file cannot be imported, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct AnnotationProblem {
    /// Its index in the file, counted from 1.
    pub number: usize,
    /// Its id as written in the file, if there is one.
    pub id: Option<String>,
    /// The first words of its quote, if there is one.
    pub quote: Option<String>,
    /// The cause.
    pub reason: Reason,
}

impl fmt::Display for AnnotationProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "annotation {}", self.number)?;
        match (&self.id, &self.quote) {
            (Some(id), Some(quote)) => write!(f, " ({id}, “{quote}”)")?,
            (Some(id), None) => write!(f, " ({id})")?,
            (None, Some(quote)) => write!(f, " (“{quote}”)")?,
            (None, None) => {}
        }
        write!(f, ": {}", self.reason)
    }
}

/// Which item of a backup cannot be imported as it is, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ItemProblem {
    /// Its index in the file, counted from 1.
    pub number: usize,
    /// The beginning of its key, if it has one.
    pub key: Option<String>,
    /// The cause.
    pub reason: Reason,
}

impl fmt::Display for ItemProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "item {}", self.number)?;
        if let Some(key) = &self.key {
            write!(f, " ({key})")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// What is wrong with one annotation or another item, in a file or in storage.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// It is not JSON.
    #[error("it is not JSON: syntax error at its line {line}, column {column}")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
    },
    /// It is not a JSON object.
    #[error("expected the fields of an annotation, found {found}")]
    NotFields {
        /// A description of what it is instead.
        found: String,
    },
    /// It is not a JSON object.
    #[error("expected the fields of a tag, found {found}")]
    NotTag {
        /// A description of what it is instead.
        found: String,
    },
    /// An attribute of a tag is wrong.
    #[error("in its attribute “{name}”, {reason}")]
    InAttribute {
        /// The attribute.
        name: String,
        /// What is wrong.
        reason: Box<Reason>,
    },
    /// A field is missing.
    #[error("the field “{field}” is missing")]
    Missing {
        /// The field.
        field: &'static str,
    },
    /// A field has the wrong type or an invalid value.
    #[error("the field “{field}” should be {expected}, found {found}")]
    Field {
        /// The field.
        field: &'static str,
        /// The expected value, in words.
        expected: &'static str,
        /// The actual value, in words.
        found: String,
    },
    /// The counter of its version is out of range.
    #[error("the counter of its version is {found}; the maximum is {}", Version::LAST)]
    Counter {
        /// The counter.
        found: u64,
    },
    /// The codebook does not have this tag.
    #[error("the tag “{found}” is unknown; the tags are {}", listed(codebook.offered().map(|it| it.id.as_str())))]
    Tag {
        /// The tag.
        found: String,
        /// The codebook.
        codebook: Codebook,
        /// True if a tag of another codebook can have this id.
        is_valid: bool,
    },
    /// The tag does not have this attribute.
    #[error("{} has no attribute “{found}”; its attributes are {}", tag.name, listed(attributes(tag)))]
    Attribute {
        /// The annotation's tag.
        tag: Rc<Tag>,
        /// The attribute.
        found: String,
    },
    /// The attribute does not accept this value.
    #[error("the attribute “{}” should be {}, found {found}", attribute.id.as_str(), values(attribute))]
    AttributeValue {
        /// The attribute.
        attribute: Rc<Attribute>,
        /// The value, in words.
        found: String,
    },
    /// The library does not have this article.
    #[error("it is on the article “{found}”, which this page does not have")]
    Article {
        /// The article's id.
        found: String,
    },
    /// Its passage extends beyond the end of the article.
    #[error("it runs from {start} to {end}, outside the article, which is {length} characters long")]
    Outside {
        /// Where it starts, in code points.
        start: u64,
        /// Where it ends, in code points.
        end: u64,
        /// The article's length in code points.
        length: usize,
    },
    /// Its passage is empty or reversed.
    #[error("it is empty or reversed: it runs from {start} to {end}")]
    Empty {
        /// Where it starts, in code points.
        start: u64,
        /// Where it ends, in code points.
        end: u64,
    },
    /// The article has other words at its positions.
    #[error("the quote does not match the article: expected “{expected}”, found “{found}”")]
    Quote {
        /// The quote, around the first difference.
        expected: String,
        /// The article’s words, around the first difference.
        found: String,
    },
    /// Its note is longer than [`NOTE_LIMIT`].
    #[error("its note is {length} characters long; the limit is {NOTE_LIMIT}")]
    Note {
        /// The note's length in code points.
        length: usize,
    },
    /// The element is not an item of a backup.
    #[error("expected a list of two texts: a key and a value")]
    NotItem,
    /// The key of a backup item is not one that this program uses.
    #[error("Glossator does not use this key")]
    ForeignKey,
    /// Another annotation of the file has the same id.
    #[error("it has the same id as annotation {first} of the file")]
    Duplicate {
        /// The index of the other annotation in the file, counted from 1.
        first: usize,
    },
    /// A newer program stored it.
    #[error("a newer Glossator stored it, in format version {found}")]
    Newer {
        /// The version of its stored form.
        found: u64,
    },
    /// Its key does not match its id or its hash.
    #[error("its key does not match its id or its hash")]
    Key,
}

fn attributes(tag: &Tag) -> impl Iterator<Item = &str> {
    tag.attributes.iter().map(|it| it.id.as_str())
}

/// The values that an attribute accepts, in words.
fn values(attribute: &Attribute) -> String {
    match &attribute.kind {
        AttributeKind::Choice(choices) => format!("one of {}", listed(choices.iter().map(|it| &*it.id))),
        AttributeKind::Several(choices) => {
            format!("one or several of {}, separated by spaces", listed(choices.iter().map(|it| &*it.id)))
        }
        AttributeKind::YesNo => "“yes” or “no”".to_owned(),
        AttributeKind::Number { .. } => "a number".to_owned(),
        AttributeKind::Date => "a date such as 2026-11-30, 2026-11 or 2026".to_owned(),
        AttributeKind::Text => format!("a text of 1 to {ATTRIBUTE_LIMIT} characters"),
        AttributeKind::Likelihood => {
            format!("a number from 0 to 100 or one of {}", listed(likelihood_words().map(|it| it.id)))
        }
    }
}

/// `“a”, “b” and “c”`
fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.into_iter().map(|it| format!("“{it}”")).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
