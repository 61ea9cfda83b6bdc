//! Writes an export, and reads it again before giving it out.

use std::{collections::HashMap, rc::Rc};

use super::{
    lines::{to_line, to_lines},
    parse::{Import, parse},
    problem::{Problem, Refusal},
    transfer::{Document, Entry, File},
};
use crate::{
    annotation::{AnnotationId, ArticleRecord, Record, Timestamp},
    text::{Article, Library, Span, order},
};

/// Why no file was written: it would not have given back what it was to hold.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// It could not be put into words at all.
    #[error("the file could not be written: {0}")]
    Json(#[from] serde_json::Error),
    /// It could not be read again.
    #[error("the file was not written, since it could not be read again: {0}")]
    Refused(#[from] Refusal),
    /// Something in it could not be read again.
    #[error("the file was not written, since it could not be read again: {0}")]
    Problem(Problem),
    /// An annotation came back as another.
    #[error("the file was not written, since annotation {number} ({id}) would not be read back as it is")]
    Changed {
        /// Its place in the file, counted from 1.
        number: usize,
        /// Its id.
        id: AnnotationId,
    },
}

/// One UTF-8 JSON file with the live annotations of `records` on `articles`, one annotation a line.
///
/// The articles stand in the order given, their annotations by start, end and id. The file depends on nothing but the
/// arguments. It is read again before it is given out, each quote checked against its positions.
///
/// # Errors
/// When what is read again is not what was to be written; says which annotation.
pub fn write<'a>(
    articles: &[Rc<Article>],
    records: impl IntoIterator<Item = &'a Record>,
    exported: Timestamp,
) -> Result<String, WriteError> {
    write_with(articles, records, exported, false)
}

/// The same, with the texts of a person's own articles when `texts` says so.
///
/// # Errors
/// As [`write()`].
pub fn write_with<'a>(
    articles: &[Rc<Article>],
    records: impl IntoIterator<Item = &'a Record>,
    exported: Timestamp,
    texts: bool,
) -> Result<String, WriteError> {
    let mut export = Export::new(articles, records, exported, texts)?;
    while export.step(usize::MAX)? {}
    let read = parse(export.text().as_bytes(), &articles.iter().cloned().collect::<Library>())?;
    export.finish(read)
}

/// An export being written, some annotations at a time, so that the page can do other things in between.
#[derive(Debug)]
pub struct Export {
    articles: Vec<Rc<Article>>,
    /// What is to be written, in order, each with the place of its article.
    live: Vec<(usize, Record)>,
    written: usize,
    text: String,
}

/// How an export ends.
const END: &str = "\n  ]\n}\n";

impl Export {
    /// Begins the file of [`write_with`].
    ///
    /// # Errors
    /// When its head cannot be put into words, which is not expected.
    pub fn new<'a>(
        articles: &[Rc<Article>],
        records: impl IntoIterator<Item = &'a Record>,
        exported: Timestamp,
        texts: bool,
    ) -> Result<Self, WriteError> {
        let places: HashMap<_, _> = articles.iter().enumerate().map(|(place, it)| (it.id(), place)).collect();
        let mut live: Vec<_> = records
            .into_iter()
            .filter_map(|record| Some((*places.get(&record.content.as_ref()?.article)?, record.clone())))
            .collect();
        order::sort_by_key(&mut live, |(place, record)| {
            let span = record.content.as_ref().map(|it| it.span);
            (*place, span.map(Span::start), span.map(Span::end), record.id)
        });
        let documents =
            articles.iter().map(|it| Document::of(it, texts && ArticleRecord::is_own(it.id()))).collect();
        let mut text = to_lines(&File::new(exported, documents, Vec::new()))?;
        text.truncate(text.len().saturating_sub(END.len()));
        Ok(Self { articles: articles.to_vec(), live, written: 0, text })
    }

    /// Writes so many annotations more; whether there was anything left to be written.
    ///
    /// # Errors
    /// When one cannot be put into words, which is not expected.
    pub fn step(&mut self, count: usize) -> Result<bool, WriteError> {
        if self.written > self.live.len() {
            return Ok(false);
        }
        let next = self.live.len().min(self.written.saturating_add(count));
        for (at, (place, record)) in self.live[..next].iter().enumerate().skip(self.written) {
            let Some(annotation) = record.content.as_deref() else { continue };
            self.text.push_str(if at == 0 { "\n    " } else { ",\n    " });
            self.text.push_str(&to_line(&Entry::of(record, annotation, &self.articles[*place]))?);
        }
        self.written = next;
        if next == self.live.len() {
            self.text.push_str(END);
            self.written += 1;
        }
        Ok(true)
    }

    /// How many annotations there are, and how many of them are written.
    pub fn count(&self) -> (usize, usize) {
        (self.live.len(), self.written.min(self.live.len()))
    }

    /// What is written so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The file, if it has been `read` again as it was to be.
    ///
    /// # Errors
    /// As [`write()`].
    pub fn finish(self, read: Import) -> Result<String, WriteError> {
        if let Some(problem) = read.problems.into_iter().next() {
            return Err(WriteError::Problem(problem));
        }
        let written = self.live.iter().map(|(_, record)| record);
        match written.zip(&read.records).position(|(written, read)| written != read) {
            None => Ok(self.text),
            Some(at) => Err(WriteError::Changed { number: at + 1, id: self.live[at].1.id }),
        }
    }
}
