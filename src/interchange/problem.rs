//! Why a file or a part of it cannot be taken, in words for the person who brought it.

use std::fmt;

use super::{COUNT_LIMIT, FILE_LIMIT, NOTE_LIMIT, TEXT_LIMIT, VALUE_LIMIT, VERSION};
use crate::annotation::{ATTRIBUTE_LIMIT, Attribute, AttributeKind, Tag, Version, likelihood_words};

/// Why nothing at all could be read from a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is not JSON, or breaks off before anything could be read.
    #[error("the file is not JSON: it cannot be read from line {line}, column {column}")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
    },
    /// It is JSON of another kind.
    #[error(
        "the file is JSON, but not a Glossator export: expected “format” to be “glossator” or “glossator-backup”, \
         found {found}"
    )]
    NotOurs {
        /// What it looks like.
        found: String,
    },
    /// A later Glossator wrote it.
    #[error(
        "the file has version {found} of the format, and this page knows version {VERSION} only: \
         a newer Glossator can read it"
    )]
    Newer {
        /// The version that it says it has.
        found: u64,
    },
    /// A field of the whole file is missing or is not what it should be.
    #[error("the field “{field}” of the file should be {expected}, found {found}")]
    Field {
        /// The field.
        field: &'static str,
        /// What should be there.
        expected: String,
        /// What is there.
        found: String,
    },
    /// It is larger than this program reads.
    #[error("the file is {} large, and the largest that is read is {}", megabytes(*size), megabytes(FILE_LIMIT as u64))]
    TooLarge {
        /// Its size in bytes.
        size: u64,
    },
    /// Before it says what it is stands a value that is larger than any that is read.
    #[error(
        "at line {line}, column {column}, stands a value of more than {}, which nothing in a Glossator export takes",
        megabytes(VALUE_LIMIT as u64)
    )]
    ValueTooLarge {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
    },
    /// There is more in it than this program takes from one file.
    #[error(
        "the file holds more than {COUNT_LIMIT} annotations, which is the most that is taken from one file"
    )]
    TooMany,
}

/// A size in bytes as a person reads it: `128 MB`, `0.1 MB`.
pub fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    match tenths % 10 {
        0 => format!("{} MB", tenths / 10),
        rest => format!("{}.{rest} MB", tenths / 10),
    }
}

/// What cannot be taken from a file of which something could be read, or what is to be known of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The file ends before it should.
    #[error("the file is cut short at line {line}, column {column}; before that stand {}", annotations(*complete))]
    CutShort {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
        /// How many complete annotations stand before the place.
        complete: usize,
    },
    /// From some place on it is not JSON.
    #[error(
        "the file is damaged at line {line}, column {column}, and cannot be read from there; before that stand {}",
        annotations(*complete)
    )]
    Damaged {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
        /// How many complete annotations stand before the place.
        complete: usize,
    },
    /// From some place on it is not read, since a value there is larger than any annotation.
    #[error(
        "at line {line}, column {column}, stands a value of more than {}, which no annotation takes: the file is not \
         read from there; before that stand {}",
        megabytes(VALUE_LIMIT as u64), annotations(*complete)
    )]
    TooLarge {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
        /// How many complete annotations stand before the place.
        complete: usize,
    },
    /// The file was made on another text of an article. Those of its annotations whose quote still stands where they
    /// say are taken all the same.
    #[error(
        "the text of the article “{article}” is not the one that the file was made on \
         (expected a text with SHA-256 {expected}, found {found}): its annotations are taken where their quotes agree"
    )]
    TextDiffers {
        /// The article's title.
        article: String,
        /// The SHA-256 that the file gives.
        expected: String,
        /// That of the article here.
        found: String,
    },
    /// The text that the file has of an article cannot be taken.
    #[error("the text of the article “{title}” in the file {reason}")]
    Text {
        /// The article's title in the file.
        title: String,
        /// What is wrong with it.
        reason: TextReason,
    },
    /// One annotation cannot be taken.
    #[error(transparent)]
    Annotation(AnnotationProblem),
    /// One item of a backup cannot be taken.
    #[error(transparent)]
    Item(ItemProblem),
}

/// Why the text of an article in a file cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextReason {
    /// There is nothing in it.
    #[error("is empty")]
    Empty,
    /// It is longer than this program takes.
    #[error("is longer than {}, the longest that is taken", megabytes(TEXT_LIMIT as u64))]
    TooLong,
    /// It is not the text that it is said to be.
    #[error("is not what its SHA-256 says: it was changed or damaged")]
    Hash,
}

fn annotations(count: usize) -> String {
    match count {
        0 => "no complete annotations".into(),
        1 => "1 complete annotation".into(),
        _ => format!("{count} complete annotations"),
    }
}

/// Which annotation of a file cannot be taken, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct AnnotationProblem {
    /// Its place in the file, counted from 1.
    pub number: usize,
    /// Its id as the file spells it, where there is one.
    pub id: Option<String>,
    /// The first words of its quote, where there is one.
    pub quote: Option<String>,
    /// What is wrong with it.
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

/// Which item of a backup cannot be taken as it is, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ItemProblem {
    /// Its place in the file, counted from 1.
    pub number: usize,
    /// The beginning of its key, where it has one.
    pub key: Option<String>,
    /// What is wrong with it.
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

/// What is wrong with one annotation, in a file or as it was stored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// It is not JSON.
    #[error("it is not JSON that can be read: something is wrong at its line {line}, column {column}")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
    },
    /// It has no fields.
    #[error("expected the fields of an annotation, found {found}")]
    NotFields {
        /// What it is.
        found: String,
    },
    /// A field is not there.
    #[error("the field “{field}” is missing")]
    Missing {
        /// The field.
        field: &'static str,
    },
    /// A field is of the wrong kind, or not spelled as its kind is.
    #[error("the field “{field}” should be {expected}, found {found}")]
    Field {
        /// The field.
        field: &'static str,
        /// What should be there.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// The counter of its version is out of bounds.
    #[error("the counter of its version is {found}, and the greatest that is allowed is {}", Version::LAST)]
    Counter {
        /// The counter.
        found: u64,
    },
    /// No such tag is in the codebook.
    #[error("the tag “{found}” is not known; the tags are {}", listed(Tag::ALL.map(Tag::id)))]
    Tag {
        /// The tag.
        found: String,
    },
    /// The tag has no such attribute.
    #[error("the attribute “{found}” is not one of {}; these are {}", tag.name(), listed(attributes(*tag)))]
    Attribute {
        /// The annotation's tag.
        tag: Tag,
        /// The attribute.
        found: String,
    },
    /// An attribute does not take such a value.
    #[error("the attribute “{}” should be {}, found {found}", attribute.id, values(attribute))]
    AttributeValue {
        /// The attribute.
        attribute: &'static Attribute,
        /// The value.
        found: String,
    },
    /// No such article is in the library.
    #[error("it is on the article “{found}”, which this page does not have")]
    Article {
        /// The article's id.
        found: String,
    },
    /// It lies behind the end of the article.
    #[error("it runs from {start} to {end}, outside the article, which is {length} characters long")]
    Outside {
        /// Where it starts, in code points.
        start: u64,
        /// Where it ends, in code points.
        end: u64,
        /// The article's length in code points.
        length: usize,
    },
    /// There is no text between its positions.
    #[error("it is empty or reversed: it runs from {start} to {end}")]
    Empty {
        /// Where it starts, in code points.
        start: u64,
        /// Where it ends, in code points.
        end: u64,
    },
    /// Other words stand at its positions.
    #[error("the quote does not match the article: expected “{expected}”, found “{found}”")]
    Quote {
        /// The quote, shortened to what surrounds the first difference.
        expected: String,
        /// What the article has there, shortened likewise.
        found: String,
    },
    /// The note is longer than this program takes.
    #[error("its note is {length} characters long, and the longest that is taken is {NOTE_LIMIT}")]
    Note {
        /// The note's length in code points.
        length: usize,
    },
    /// An item of a backup is not one.
    #[error("expected a list of two texts, a key and a value")]
    NotItem,
    /// An item of a backup has a key that this program does not use.
    #[error("nothing is kept under such a key")]
    ForeignKey,
    /// Another annotation of the file has the same id.
    #[error("it has the same id as annotation {first} of the file")]
    Duplicate {
        /// The other's place in the file, counted from 1.
        first: usize,
    },
    /// A stored record whose form is that of a later program.
    #[error("it was stored by a newer Glossator, in version {found} of its form")]
    Newer {
        /// The version of its form.
        found: u64,
    },
    /// A stored record that lies under the key of another.
    #[error("it is stored under a key that is not its own")]
    Key,
}

fn attributes(tag: Tag) -> impl Iterator<Item = &'static str> {
    tag.attributes().iter().map(|it| it.id)
}

/// What an attribute takes, in words.
fn values(attribute: &Attribute) -> String {
    match &attribute.kind {
        AttributeKind::Choice(choices) => format!("one of {}", listed(choices.iter().map(|it| it.id))),
        AttributeKind::Text => format!("a text of 1 to {ATTRIBUTE_LIMIT} characters"),
        AttributeKind::Likelihood => {
            format!("a number from 0 to 100 or one of {}", listed(likelihood_words().map(|it| it.id)))
        }
    }
}

/// `“a”, “b” and “c”`
fn listed(names: impl IntoIterator<Item = &'static str>) -> String {
    let names: Vec<_> = names.into_iter().map(|it| format!("“{it}”")).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
