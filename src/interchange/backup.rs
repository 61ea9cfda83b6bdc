//! Everything that a page keeps, as one file: every item under its key, in its stored form.
//!
//! Nothing is left out or turned into another form: what was deleted, what could not be read and was set aside, and what
//! a newer program stored, all come back as they were. An item may stand more than once; the later version is kept.

use serde_json::value::RawValue;

use super::{
    entry,
    lines::to_lines,
    parse::check_note,
    problem::{ItemProblem, Problem, Reason},
    stored::{StoredProblem, parse_stored, write_stored, write_stored_article},
    time,
    transfer::BackupFile,
};
use crate::{
    annotation::{ArticleRecord, Record, Records, Timestamp},
    text::Library,
};

/// Before the id in the key of an annotation.
pub const ANNOTATION_KEY: &str = "glossator:annotation:";

/// Before the id in the key of an own article.
pub const ARTICLE_KEY: &str = "glossator:article:";

/// Before the SHA-256 in the key of an own article's text, which is kept as it is.
pub const TEXT_KEY: &str = "glossator:text:";

/// Before the key of what was set aside.
pub const ASIDE_KEY: &str = "glossator:aside:";

/// The key of how the person wants the page to look.
pub const VIEW_KEY: &str = "glossator:view";

/// What a backup holds besides annotations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backup {
    /// When it was written, where it says so.
    pub created: Option<Timestamp>,
    /// How the page looked, in its stored form.
    pub view: Option<String>,
    /// Keys and values of what was set aside, of what is to be, and of what this program leaves alone; in order, each
    /// once.
    pub others: Vec<(String, String)>,
}

/// The key and the stored form of a record; nothing when its article is not in `library`.
pub fn backup_item(record: &Record, library: &Library) -> Option<(String, String)> {
    Some((format!("{ANNOTATION_KEY}{}", record.id), write_stored(record, library)?))
}

/// The key and the stored form of what is known of an own article.
pub fn backup_article(record: &ArticleRecord) -> (String, String) {
    (format!("{ARTICLE_KEY}{}", record.id), write_stored_article(record))
}

/// The key under which a text is kept.
pub fn text_item_key(sha256: &str) -> String {
    format!("{TEXT_KEY}{sha256}")
}

/// A backup being written, item by item, so that the page can do other things in between.
#[derive(Debug)]
pub struct BackupWriter {
    text: String,
    empty: bool,
}

/// How a backup ends.
const END: &str = "\n  ]\n}\n";

impl BackupWriter {
    /// Begins a file.
    ///
    /// # Errors
    /// When it cannot be put into words, which is not expected.
    pub fn new(created: Timestamp) -> Result<Self, serde_json::Error> {
        let mut text = to_lines(&BackupFile::new(created))?;
        text.truncate(text.len().saturating_sub(END.len()));
        Ok(Self { text, empty: true })
    }

    /// Adds an item, byte for byte.
    ///
    /// # Errors
    /// When it cannot be put into words, which is not expected.
    pub fn push(&mut self, key: &str, value: &str) -> Result<(), serde_json::Error> {
        self.text.push_str(if self.empty { "\n    " } else { ",\n    " });
        self.text.push_str(&serde_json::to_string(&(key, value))?);
        self.empty = false;
        Ok(())
    }

    /// The file.
    pub fn finish(mut self) -> String {
        self.text.push_str(END);
        self.text
    }
}

/// The items of a backup that is being read.
#[derive(Default)]
pub(super) struct Items {
    /// How many have been read; nothing before their list has begun.
    count: Option<usize>,
    records: Records,
    views: Vec<String>,
    others: Vec<(String, String)>,
    failed: Vec<ItemProblem>,
}

impl Items {
    pub(super) fn begin(&mut self) {
        self.count.get_or_insert(0);
    }

    pub(super) fn has_begun(&self) -> bool {
        self.count.is_some()
    }

    pub(super) fn count(&self) -> usize {
        self.count.unwrap_or(0)
    }

    /// Whether anything was read that can be taken.
    pub(super) fn has_some(&self) -> bool {
        !self.records.is_empty() || !self.others.is_empty()
    }

    pub(super) fn take(&mut self, element: &RawValue, library: &Library) {
        let number = self.count() + 1;
        self.count = Some(number);
        let (key, reason) = match item(element.get()) {
            Ok((key, value)) => match self.sort_in(&key, value, library) {
                Ok(()) => return,
                Err(reason) => (Some(entry::shorten(&key)), reason),
            },
            Err(reason) => (None, reason),
        };
        self.failed.push(ItemProblem { number, key, reason });
    }

    fn sort_in(&mut self, key: &str, value: String, library: &Library) -> Result<(), Reason> {
        if key == VIEW_KEY {
            self.views.push(value);
        } else if key.starts_with(ASIDE_KEY) {
            self.others.push((key.to_owned(), value));
        } else if let Some(id) = key.strip_prefix(ANNOTATION_KEY) {
            let record = parse_stored(&value, library).and_then(|record| {
                let named = record.id.to_string() == id;
                let fits = if named { check_note(&record) } else { Err(Reason::Key) };
                fits.map(|()| record).map_err(StoredProblem::Invalid)
            });
            match record {
                Ok(record) => _ = self.records.merge(record),
                Err(StoredProblem::NotOurs(_)) => self.others.push((key.to_owned(), value)),
                Err(StoredProblem::Invalid(reason)) => {
                    self.others.push((format!("{ASIDE_KEY}{key}"), value));
                    return Err(reason);
                }
            }
        } else {
            return Err(Reason::ForeignKey);
        }
        Ok(())
    }

    pub(super) fn finish(mut self, created: Option<&str>) -> (Vec<Record>, Backup, Vec<Problem>) {
        let mut records: Vec<Record> = self.records.iter().cloned().collect();
        records.sort_unstable_by_key(|it| it.id);
        self.others.sort_unstable();
        self.others.dedup();
        let backup = Backup {
            created: created.and_then(time::parse),
            view: self.views.into_iter().max(),
            others: self.others,
        };
        (records, backup, self.failed.into_iter().map(Problem::Item).collect())
    }
}

/// A key and a value.
fn item(text: &str) -> Result<(String, String), Reason> {
    serde_json::from_str(text).map_err(|error| {
        if error.is_data() {
            Reason::NotItem
        } else {
            Reason::NotJson { line: error.line(), column: error.column() }
        }
    })
}
