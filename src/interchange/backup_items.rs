//! Reads the items of a backup: records and texts are parsed, everything else is collected verbatim.

use std::{
    collections::{HashMap, VecDeque},
    rc::Rc,
};

use serde_json::value::RawValue;

use super::{
    done::DoneArticles,
    draft::parse_draft,
    entry,
    import::{Backup, Import},
    keys::{ANNOTATION_KEY, ARTICLE_KEY, ASIDE_KEY, DONE_KEY, DRAFT_KEY, TAG_KEY, TEXT_KEY, VIEW_KEY},
    problem::{ItemProblem, Problem, Reason},
    stored::{StoredProblem, parse_stored, parse_stored_article},
    stored_tag::parse_stored_tag,
    time,
};
use crate::{
    annotation::{ArticleRecord, Context, Record, Records, TagRecord},
    text::{Article, Library, Text, order},
};

/// Collects the items of a backup while it is read.
#[derive(Default)]
pub(super) struct BackupItems {
    /// The number of items read so far; `None` before their list begins.
    count: Option<usize>,
    records: Records,
    tags: Records<TagRecord>,
    articles: Records<ArticleRecord>,
    texts: HashMap<Rc<str>, Rc<Text>>,
    views: Vec<String>,
    done: DoneArticles,
    others: Vec<(String, String)>,
    /// Annotations whose articles or tags may come later in the file.
    waiting: VecDeque<(String, String)>,
    failed: Vec<ItemProblem>,
}

impl BackupItems {
    /// Begins the list of items.
    pub(super) fn begin(&mut self) {
        self.count.get_or_insert(0);
    }

    pub(super) fn has_begun(&self) -> bool {
        self.count.is_some()
    }

    pub(super) fn count(&self) -> usize {
        self.count.unwrap_or(0)
    }

    /// Whether any item can be imported.
    pub(super) fn has_some(&self) -> bool {
        let nothing = self.records.is_empty()
            && self.tags.is_empty()
            && self.articles.is_empty()
            && self.texts.is_empty();
        !(nothing && self.done.is_empty() && self.others.is_empty() && self.waiting.is_empty())
    }

    pub(super) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Reads one annotation that was waiting for its article or its tag. Returns whether there was one. Call
    /// [`BackupItems::learn_tags`] before.
    pub(super) fn resume(&mut self, context: &Context) -> bool {
        let Some((key, value)) = self.waiting.pop_front() else { return false };
        match parse_annotation(&key, &value, context) {
            Ok(record) => _ = self.records.merge(record),
            // Its article or tag is not in the file either, so it cannot be checked.
            Err(_) => self.others.push((key, value)),
        }
        true
    }

    /// Adds the tags of the file to the codebook, once for all annotations that are waiting.
    pub(super) fn learn_tags(&self, context: &mut Context) {
        if !self.tags.is_empty() {
            context.codebook = context.codebook.overlaid(&self.tags);
        }
    }

    /// Reads one element of the list of items.
    pub(super) fn add(&mut self, element: &RawValue, context: &mut Context) {
        let number = self.count() + 1;
        self.count = Some(number);
        let (key, reason) = match parse_item(element.get()) {
            Ok((key, value)) => match self.add_item(&key, value, context) {
                Ok(()) => return,
                Err(reason) => (Some(entry::shorten(&key)), reason),
            },
            Err(reason) => (None, reason),
        };
        self.failed.push(ItemProblem { number, key, reason });
    }

    fn add_item(&mut self, key: &str, value: String, context: &mut Context) -> Result<(), Reason> {
        if key == VIEW_KEY {
            self.views.push(value);
        } else if key == DONE_KEY {
            self.done = self.done.union(&DoneArticles::parse(&value));
        } else if key.starts_with(ASIDE_KEY) {
            self.others.push((key.to_owned(), value));
        } else if key.starts_with(ANNOTATION_KEY) {
            match parse_annotation(key, &value, context) {
                Ok(record) => _ = self.records.merge(record),
                Err(StoredProblem::Unrecognized(Reason::Article { .. } | Reason::Tag { .. })) => {
                    self.waiting.push_back((key.to_owned(), value));
                }
                Err(problem) => return self.store_unread(key, value, problem),
            }
        } else if let Some(id) = key.strip_prefix(TAG_KEY) {
            match parse_stored_tag(&value) {
                Ok(record) if record.id.as_str() == id => _ = self.tags.merge(record),
                Ok(_) => return self.store_unread(key, value, StoredProblem::Invalid(Reason::Key)),
                Err(problem) => return self.store_unread(key, value, problem),
            }
        } else if let Some(id) = key.strip_prefix(ARTICLE_KEY) {
            match parse_stored_article(&value) {
                Ok(record) if record.id.as_str() == id => {
                    self.learn_article(&record, &mut context.library);
                    self.articles.merge(record);
                }
                Ok(_) => return self.store_unread(key, value, StoredProblem::Invalid(Reason::Key)),
                Err(problem) => return self.store_unread(key, value, problem),
            }
        } else if let Some(sha256) = key.strip_prefix(TEXT_KEY) {
            let text = Text::new(&value);
            if **text.sha256() != *sha256 {
                return self.store_unread(key, value, StoredProblem::Invalid(Reason::Key));
            }
            let text = Rc::new(text);
            self.texts.insert(Rc::clone(text.sha256()), text);
            for article in self.articles.iter().filter(|it| it.sha256().is_some_and(|it| **it == *sha256)) {
                self.learn_article(article, &mut context.library);
            }
        } else if key.starts_with(DRAFT_KEY) {
            match parse_draft(&value, &context.library) {
                Ok(_) | Err(Reason::Article { .. } | Reason::Newer { .. }) => {
                    self.others.push((key.to_owned(), value));
                }
                Err(reason) => return self.store_unread(key, value, StoredProblem::Invalid(reason)),
            }
        } else {
            return Err(Reason::ForeignKey);
        }
        Ok(())
    }

    /// Collects an item that cannot be read: unchanged if it is unrecognized, to be set aside if it is not valid.
    fn store_unread(&mut self, key: &str, value: String, problem: StoredProblem) -> Result<(), Reason> {
        match problem {
            StoredProblem::Unrecognized(_) => {
                self.others.push((key.to_owned(), value));
                Ok(())
            }
            StoredProblem::Invalid(reason) => {
                self.others.push((format!("{ASIDE_KEY}{key}"), value));
                Err(reason)
            }
        }
    }

    /// Adds an article of the file to the library once its text has been read.
    fn learn_article(&self, record: &ArticleRecord, library: &mut Library) {
        if let Some(info) = &record.content
            && library.known(&record.id).is_none()
            && let Some(text) = self.texts.get(&info.sha256)
        {
            let article =
                Article::with_text(record.id.clone(), &info.title, &info.kind, &info.source, Rc::clone(text));
            library.add_unlisted(Rc::new(article));
        }
    }

    /// The result, and the number of complete annotations.
    pub(super) fn finish(mut self, created: Option<&str>) -> (Import, usize) {
        let mut records: Vec<Record> = self.records.iter().cloned().collect();
        order::sort_by_key(&mut records, |it| it.id);
        let mut tags: Vec<TagRecord> = self.tags.iter().cloned().collect();
        order::sort_by_key(&mut tags, |it| it.id);
        let mut articles: Vec<ArticleRecord> = self.articles.iter().cloned().collect();
        order::sort_by(&mut articles, |one, other| one.id.cmp(&other.id));
        self.others.extend(self.waiting);
        order::sort(&mut self.others);
        self.others.dedup();
        let backup = Backup {
            created: created.and_then(time::parse),
            view: self.views.into_iter().max(),
            done: self.done,
            others: self.others,
        };
        let count = records.len();
        let import = Import {
            records,
            tags,
            articles,
            texts: self.texts.into_values().collect(),
            problems: self.failed.into_iter().map(Problem::Item).collect(),
            backup: Some(backup),
            new: Vec::new(),
            unknown_tags: Vec::new(),
        };
        (import, count)
    }
}

/// Reads the annotation of an item.
fn parse_annotation(key: &str, value: &str, context: &Context) -> Result<Record, StoredProblem> {
    let record = parse_stored(value, context)?;
    let matches = key.strip_prefix(ANNOTATION_KEY) == Some(record.id.to_string().as_str());
    let checked = if matches { entry::check_note(&record) } else { Err(Reason::Key) };
    checked.map(|()| record).map_err(StoredProblem::Invalid)
}

/// Reads the key and the value of an item.
fn parse_item(text: &str) -> Result<(String, String), Reason> {
    serde_json::from_str(text).map_err(|error| {
        if error.is_data() {
            Reason::NotItem
        } else {
            Reason::NotJson { line: error.line(), column: error.column() }
        }
    })
}
