//! Writes an export, and reads it again before giving it out.

use std::{collections::HashMap, rc::Rc};

use super::{
    lines::to_lines,
    parse::parse,
    problem::{Problem, Refusal},
    transfer::{Document, Entry, File},
};
use crate::{
    annotation::{AnnotationId, ArticleRecord, Record, Timestamp},
    text::{Article, Library, order},
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
    let places: HashMap<_, _> = articles.iter().enumerate().map(|(place, it)| (it.id(), place)).collect();
    let mut live: Vec<_> = records
        .into_iter()
        .filter_map(|record| {
            let annotation = record.content.as_deref()?;
            Some((*places.get(&annotation.article)?, annotation, record))
        })
        .collect();
    order::sort_by_key(&mut live, |(place, annotation, record)| {
        (*place, annotation.span.start(), annotation.span.end(), record.id)
    });

    let documents =
        articles.iter().map(|it| Document::of(it, texts && ArticleRecord::is_own(it.id()))).collect();
    let entries = live
        .iter()
        .map(|(place, annotation, record)| Entry::of(record, annotation, &articles[*place]))
        .collect();
    let text = to_lines(&File::new(exported, documents, entries))?;

    let read = parse(text.as_bytes(), &articles.iter().cloned().collect::<Library>())?;
    if let Some(problem) = read.problems.into_iter().next() {
        return Err(WriteError::Problem(problem));
    }
    let written = live.iter().map(|(_, _, record)| *record);
    match written.zip(&read.records).position(|(written, read)| written != read) {
        None => Ok(text),
        Some(at) => Err(WriteError::Changed { number: at + 1, id: live[at].2.id }),
    }
}
