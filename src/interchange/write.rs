//! Writes an export, and reads it back to verify it before returning it.

use std::{collections::HashMap, rc::Rc};

use super::{
    import::Import,
    layout::{to_line, to_lines},
    parse::parse,
    problem::{Problem, Refusal},
    transfer::{Document, Entry, File},
};
use crate::{
    annotation::{AnnotationId, ArticleRecord, Codebook, Context, Record, Tag, TagId, Timestamp},
    text::{Article, SortedSet, Span, order},
};

/// Why no file was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Serialization failed.
    #[error("the file could not be written: {0}")]
    Json(#[from] serde_json::Error),
    /// Reading it back failed.
    #[error("the file was not written, because reading it back failed: {0}")]
    Refused(#[from] Refusal),
    /// Reading it back had a problem.
    #[error("the file was not written, because reading it back failed: {0}")]
    Problem(Problem),
    /// An annotation differs when it is read back.
    #[error("the file was not written, because annotation {number} ({id}) would be read back differently")]
    Changed {
        /// Its index in the file, counted from 1.
        number: usize,
        /// Its id.
        id: AnnotationId,
    },
}

/// Writes the live annotations of `records` on the articles of `context` as a UTF-8 JSON file, one annotation per line.
///
/// The articles keep their order; annotations are sorted by start, end and id. The file depends only on the arguments.
/// It is read back before it is returned, and each quote is checked against its positions.
///
/// # Errors
/// If the file reads back differently; the error names the annotation.
pub fn write<'a>(
    context: &Context,
    records: impl IntoIterator<Item = &'a Record>,
    exported: Timestamp,
) -> Result<String, WriteError> {
    write_with(context, records, exported, false)
}

/// As [`write()`], including the texts of own articles if `texts` is true.
///
/// # Errors
/// As [`write()`].
pub fn write_with<'a>(
    context: &Context,
    records: impl IntoIterator<Item = &'a Record>,
    exported: Timestamp,
    texts: bool,
) -> Result<String, WriteError> {
    let mut export = Export::new(context, records, exported, texts)?;
    while export.step(usize::MAX)? {}
    let read = parse(export.text().as_bytes(), context)?;
    export.finish(read)
}

/// Writes an export piece by piece, so that the page can respond in between.
#[derive(Debug)]
pub struct Export {
    articles: Vec<Rc<Article>>,
    codebook: Codebook,
    /// The records to write, in order, each with the index of its article.
    live: Vec<(usize, Record)>,
    written: usize,
    text: String,
}

/// The end of an export file.
const END: &str = "\n  ]\n}\n";

impl Export {
    /// Begins an export; the arguments are those of [`write_with`].
    ///
    /// # Errors
    /// If serialization fails, which is not expected.
    pub fn new<'a>(
        context: &Context,
        records: impl IntoIterator<Item = &'a Record>,
        exported: Timestamp,
        texts: bool,
    ) -> Result<Self, WriteError> {
        let articles: Vec<_> = context.library.iter().cloned().collect();
        let codebook = context.codebook.clone();
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
        let used: SortedSet<TagId> =
            live.iter().filter_map(|(_, it)| Some(it.content.as_ref()?.tag)).collect();
        let tags = codebook.tags().iter().filter(|it| it.is_offered() || used.contains(&it.id));
        let tags: Vec<&Tag> = tags.map(|it| &**it).collect();
        let mut text = to_lines(&File::new(exported, &tags, documents, Vec::new()))?;
        text.truncate(text.len().saturating_sub(END.len()));
        Ok(Self { articles, codebook, live, written: 0, text })
    }

    /// Writes up to `count` more annotations. Returns whether there was anything left to write.
    ///
    /// # Errors
    /// If serialization fails, which is not expected.
    pub fn step(&mut self, count: usize) -> Result<bool, WriteError> {
        if self.written > self.live.len() {
            return Ok(false);
        }
        let next = self.live.len().min(self.written.saturating_add(count));
        for (at, (place, record)) in self.live[..next].iter().enumerate().skip(self.written) {
            let Some(annotation) = record.content.as_deref() else { continue };
            self.text.push_str(if at == 0 { "\n    " } else { ",\n    " });
            self.text.push_str(&to_line(&Entry::of(
                record,
                annotation,
                &self.articles[*place],
                &self.codebook,
            ))?);
        }
        self.written = next;
        if next == self.live.len() {
            self.text.push_str(END);
            self.written += 1;
        }
        Ok(true)
    }

    /// The number of annotations, and how many of them have been written.
    pub fn count(&self) -> (usize, usize) {
        (self.live.len(), self.written.min(self.live.len()))
    }

    /// The text written so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the file, if `read`, the result of reading it back, is the same.
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
