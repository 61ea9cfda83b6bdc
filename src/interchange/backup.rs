//! Everything that a page keeps, as one file: every item under its key, in its stored form.
//!
//! Nothing is left out or turned into another form: what was deleted, what could not be read and was set aside, and what
//! a newer program stored, all come back as they were. An item may stand more than once; the later version is kept.

use std::{
    collections::{HashMap, VecDeque},
    rc::Rc,
};

use serde_json::value::RawValue;

use super::{
    draft::parse_draft,
    entry,
    lines::to_lines,
    parse::{Import, check_note},
    problem::{ItemProblem, Problem, Reason},
    stored::{StoredProblem, parse_stored, parse_stored_article, write_stored, write_stored_article},
    time,
    transfer::BackupFile,
};
use crate::{
    annotation::{AnyId, ArticleRecord, Record, Records, Timestamp},
    text::{Article, Library, Text, order},
};

/// Before the id in the key of an annotation.
pub const ANNOTATION_KEY: &str = "glossator:annotation:";

/// Before the name of a pack, which holds many annotations under one key.
pub const PACK_KEY: &str = "glossator:pack:";

/// Before the id in the key of an own article.
pub const ARTICLE_KEY: &str = "glossator:article:";

/// Before the SHA-256 in the key of an own article's text, which is kept as it is.
pub const TEXT_KEY: &str = "glossator:text:";

/// Before the key of what was set aside.
pub const ASIDE_KEY: &str = "glossator:aside:";

/// Before the name of the tab in the key of its note without a tag.
pub const DRAFT_KEY: &str = "glossator:draft:";

/// Before the name of the tab in the key of a step of its history; a colon and the step's number follow.
pub const HISTORY_KEY: &str = "glossator:history:";

/// Before the name of a tab in the key of how far it has come.
pub const TAB_KEY: &str = "glossator:tab:";

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

/// The key under which a record is kept, whichever it is of.
pub fn item_key(id: &AnyId) -> String {
    match id {
        AnyId::Article(id) => format!("{ARTICLE_KEY}{id}"),
        AnyId::Annotation(id) => format!("{ANNOTATION_KEY}{id}"),
    }
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
    articles: Records<ArticleRecord>,
    texts: HashMap<Rc<str>, Rc<Text>>,
    views: Vec<String>,
    others: Vec<(String, String)>,
    /// Annotations on articles that may stand further on.
    waiting: VecDeque<(String, String)>,
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
        let nothing = self.records.is_empty() && self.articles.is_empty() && self.texts.is_empty();
        !(nothing && self.others.is_empty() && self.waiting.is_empty())
    }

    pub(super) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Reads one annotation that waited; whether there was one.
    pub(super) fn resume(&mut self, library: &Library) -> bool {
        let Some((key, value)) = self.waiting.pop_front() else { return false };
        match annotation(&key, &value, library) {
            Ok(record) => _ = self.records.merge(record),
            // It is on no article of the file either, so nobody here can judge it.
            Err(_) => self.others.push((key, value)),
        }
        true
    }

    pub(super) fn take(&mut self, element: &RawValue, library: &mut Library) {
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

    fn sort_in(&mut self, key: &str, value: String, library: &mut Library) -> Result<(), Reason> {
        if key == VIEW_KEY {
            self.views.push(value);
        } else if key.starts_with(ASIDE_KEY) {
            self.others.push((key.to_owned(), value));
        } else if key.starts_with(ANNOTATION_KEY) {
            match annotation(key, &value, library) {
                Ok(record) => _ = self.records.merge(record),
                Err(StoredProblem::NotOurs(Reason::Article { .. })) => {
                    self.waiting.push_back((key.to_owned(), value));
                }
                Err(problem) => return self.leave(key, value, problem),
            }
        } else if let Some(id) = key.strip_prefix(ARTICLE_KEY) {
            match parse_stored_article(&value) {
                Ok(record) if record.id.as_str() == id => {
                    self.learn(&record, library);
                    self.articles.merge(record);
                }
                Ok(_) => return self.leave(key, value, StoredProblem::Invalid(Reason::Key)),
                Err(problem) => return self.leave(key, value, problem),
            }
        } else if let Some(sha256) = key.strip_prefix(TEXT_KEY) {
            let text = Text::new(&value);
            if **text.sha256() != *sha256 {
                return self.leave(key, value, StoredProblem::Invalid(Reason::Key));
            }
            let text = Rc::new(text);
            self.texts.insert(Rc::clone(text.sha256()), text);
            for article in self.articles.iter().filter(|it| it.sha256().is_some_and(|it| **it == *sha256)) {
                self.learn(article, library);
            }
        } else if key.starts_with(DRAFT_KEY) {
            match parse_draft(&value, library) {
                Ok(_) | Err(Reason::Article { .. } | Reason::Newer { .. }) => {
                    self.others.push((key.to_owned(), value));
                }
                Err(reason) => return self.leave(key, value, StoredProblem::Invalid(reason)),
            }
        } else {
            return Err(Reason::ForeignKey);
        }
        Ok(())
    }

    /// Keeps what cannot be taken as it is: to be left alone, or set aside.
    fn leave(&mut self, key: &str, value: String, problem: StoredProblem) -> Result<(), Reason> {
        match problem {
            StoredProblem::NotOurs(_) => {
                self.others.push((key.to_owned(), value));
                Ok(())
            }
            StoredProblem::Invalid(reason) => {
                self.others.push((format!("{ASIDE_KEY}{key}"), value));
                Err(reason)
            }
        }
    }

    /// Has the library know an article of the file whose text is there.
    fn learn(&self, record: &ArticleRecord, library: &mut Library) {
        if let Some(info) = &record.content
            && library.known(&record.id).is_none()
            && let Some(text) = self.texts.get(&info.sha256)
        {
            let article =
                Article::with_text(record.id.clone(), &info.title, &info.kind, &info.source, Rc::clone(text));
            library.add_unlisted(Rc::new(article));
        }
    }

    /// What came of it, and how many complete annotations there were.
    pub(super) fn finish(mut self, created: Option<&str>) -> (Import, usize) {
        let mut records: Vec<Record> = self.records.iter().cloned().collect();
        order::sort_by_key(&mut records, |it| it.id);
        let mut articles: Vec<ArticleRecord> = self.articles.iter().cloned().collect();
        order::sort_by(&mut articles, |one, other| one.id.cmp(&other.id));
        self.others.extend(self.waiting);
        order::sort(&mut self.others);
        self.others.dedup();
        let backup = Backup {
            created: created.and_then(time::parse),
            view: self.views.into_iter().max(),
            others: self.others,
        };
        let count = records.len();
        let import = Import {
            records,
            articles,
            texts: self.texts.into_values().collect(),
            problems: self.failed.into_iter().map(Problem::Item).collect(),
            backup: Some(backup),
            new: Vec::new(),
        };
        (import, count)
    }
}

/// The annotation of an item.
fn annotation(key: &str, value: &str, library: &Library) -> Result<Record, StoredProblem> {
    let record = parse_stored(value, library)?;
    let named = key.strip_prefix(ANNOTATION_KEY) == Some(record.id.to_string().as_str());
    let fits = if named { check_note(&record) } else { Err(Reason::Key) };
    fits.map(|()| record).map_err(StoredProblem::Invalid)
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
