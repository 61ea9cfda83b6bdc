//! Reads a file, as much of it as possible: an export or a backup.

use std::collections::{HashMap, VecDeque};

use serde::de::IgnoredAny;
use serde_json::{Value, value::RawValue};

use super::{
    backup_items::BackupItems,
    documents::Documents,
    entry,
    head::{Format, Head},
    import::Import,
    limits::VALUE_LIMIT,
    problem::{AnnotationProblem, Problem, Reason, Refusal},
    unknown_tags::UnknownTags,
    walk::{Broken, Cause, Found, Walk, without_mark},
};
use crate::{
    annotation::{AnnotationId, Context, Record},
    text::order,
};

/// Reads a file whose annotations are on articles of `context` and have tags of it.
///
/// The order of fields does not matter, unknown fields are ignored, and everything before a syntax error or a premature
/// end is imported. An annotation is imported only if its quote matches the text at its positions.
///
/// # Errors
/// If nothing can be read: the file is empty, not JSON, not Glossator's, or of a newer version.
pub fn parse(bytes: &[u8], context: &Context) -> Result<Import, Refusal> {
    let mut reader = ImportReader::new(bytes, context)?;
    while reader.step(usize::MAX) {}
    reader.finish()
}

/// Reads a file piece by piece, so that the page can respond in between.
pub struct ImportReader<'a> {
    walk: Walk<'a>,
    /// The list that the walk is in.
    list: List,
    /// Whether and how the walk has ended.
    end: Option<Result<(), Broken>>,
    head: Head,
    documents: Documents,
    annotations: Annotations<'a>,
    items: BackupItems,
}

/// The annotations of an export.
#[derive(Default)]
struct Annotations<'a> {
    /// The number of annotations read so far; `None` before their list begins.
    count: Option<usize>,
    /// Annotations on articles that may come later in the file, with their indices in the file.
    waiting: VecDeque<(&'a RawValue, usize)>,
    /// The index in the file of the annotation with each id.
    indices: HashMap<AnnotationId, usize>,
    records: Vec<Record>,
    failed: Vec<AnnotationProblem>,
    unknown: UnknownTags<'a>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Documents,
    Annotations,
    Items,
}

impl<'a> ImportReader<'a> {
    /// Begins to read a file.
    ///
    /// # Errors
    /// If its first character already shows that nothing can be read.
    pub fn new(bytes: &'a [u8], context: &Context) -> Result<Self, Refusal> {
        let bytes = without_mark(bytes);
        match bytes.trim_ascii_start().first() {
            None => return Err(Refusal::Empty),
            Some(b'{') => {}
            Some(first) => return Err(not_an_object(bytes, *first)),
        }
        Ok(Self {
            walk: Walk::new(bytes),
            list: List::Annotations,
            end: None,
            head: Head::default(),
            documents: Documents::new(context.clone()),
            annotations: Annotations::default(),
            items: BackupItems::default(),
        })
    }

    /// Reads up to `values` more values. Returns whether there is more to read.
    pub fn step(&mut self, values: usize) -> bool {
        for _ in 0..values {
            if self.documents.is_pending() {
                if self.documents.step() {
                    continue;
                }
                break;
            }
            if self.end.is_some() {
                if !self.resume() {
                    break;
                }
                continue;
            }
            match self.walk.next(&["documents", "annotations", "items"]) {
                Ok(Found::Field(name, value)) => {
                    if name == "codebook" {
                        self.annotations.unknown.describe(value);
                    }
                    self.head.read(name, value);
                }
                Ok(Found::List(name)) => self.begin(&name),
                Ok(Found::Element(value)) => self.element(value),
                Ok(Found::End) => self.end = Some(Ok(())),
                Err(broken) => self.end = Some(Err(broken)),
            }
            if self.end.is_some() {
                self.items.learn_tags(&mut self.documents.context);
            }
        }
        self.end.is_none()
            || self.documents.is_pending()
            || !self.annotations.waiting.is_empty()
            || self.items.is_waiting()
    }

    /// Reads one item that waited for an article or a tag, which may have come since. Returns whether there was one.
    fn resume(&mut self) -> bool {
        if let Some((element, number)) = self.annotations.waiting.pop_front() {
            self.annotations.add(element, number, true, &self.documents);
            return true;
        }
        self.items.resume(&self.documents.context)
    }

    /// The number of bytes read so far.
    pub fn at(&self) -> usize {
        self.walk.at()
    }

    /// The number of annotations, or of backup items, read so far.
    pub fn count(&self) -> usize {
        self.annotations.count.unwrap_or(0).max(self.items.count())
    }

    fn begin(&mut self, name: &str) {
        self.list = match name {
            "documents" => List::Documents,
            "items" => List::Items,
            _ => List::Annotations,
        };
        match self.list {
            List::Documents => self.documents.begin(),
            List::Annotations => _ = self.annotations.count.get_or_insert(0),
            List::Items => self.items.begin(),
        }
    }

    fn element(&mut self, element: &'a RawValue) {
        match self.list {
            List::Documents => self.documents.add(element),
            List::Annotations => {
                let number = self.annotations.count.map_or(1, |count| count + 1);
                self.annotations.count = Some(number);
                self.annotations.add(element, number, false, &self.documents);
            }
            List::Items => self.items.add(element, &mut self.documents.context),
        }
    }

    /// Returns the result.
    ///
    /// # Errors
    /// As [`parse`].
    pub fn finish(mut self) -> Result<Import, Refusal> {
        let broken = self.end.and_then(Result::err);
        let format = self.format(broken)?;
        let has_list = match format {
            Format::Export => self.annotations.count.is_some(),
            Format::Backup => self.items.has_begun(),
        };
        self.head.check(format, has_list, broken.is_some())?;
        let (mut problems, complete);
        let import = match format {
            Format::Backup => {
                let import;
                (import, complete) = self.items.finish(self.head.created());
                problems = import.problems;
                Import { problems: Vec::new(), ..import }
            }
            Format::Export => {
                let Documents { new, texts, problems: of_texts, .. } = self.documents;
                problems = of_texts;
                // Annotations that waited were read last.
                order::sort_by_key(&mut self.annotations.failed, |it| it.number);
                problems.extend(self.annotations.failed.into_iter().map(Problem::Annotation));
                complete = self.annotations.count.unwrap_or(0);
                let unknown_tags = self.annotations.unknown.finish();
                Import { records: self.annotations.records, new, texts, unknown_tags, ..Import::default() }
            }
        };
        if let Some(Broken { line, column, cause }) = broken {
            problems.push(match cause {
                Cause::Cut => Problem::CutShort { line, column, complete },
                Cause::Damaged => Problem::Damaged { line, column, complete },
                Cause::TooLarge => Problem::TooLarge { line, column, complete },
            });
        }
        Ok(Import { problems, ..import })
    }

    /// The format of the file. If the file breaks off before it states a format, its contents decide: each annotation
    /// had to match its article, so they are evidence.
    fn format(&self, broken: Option<Broken>) -> Result<Format, Refusal> {
        if let Some(format) = self.head.format.as_ref().and_then(Format::named) {
            return Ok(format);
        }
        match (&self.head.format, broken) {
            (None, Some(_)) if !self.annotations.records.is_empty() => Ok(Format::Export),
            (None, Some(_)) if self.items.has_some() => Ok(Format::Backup),
            (None, Some(Broken { line, column, cause: Cause::TooLarge })) => {
                Err(Refusal::ValueTooLarge { line, column })
            }
            (None, Some(Broken { line, column, .. })) if self.head.others.is_empty() => {
                Err(Refusal::NotJson { line, column })
            }
            _ => Err(Refusal::NotOurs { found: self.head.describe() }),
        }
    }
}

impl<'a> Annotations<'a> {
    /// Reads an annotation. If its article is unknown, it waits for the article, unless this is the `last` attempt.
    fn add(&mut self, element: &'a RawValue, number: usize, last: bool, documents: &Documents) {
        let mut value = entry::parse(element.get());
        if let Ok(Value::Object(fields)) = &mut value
            && let Some(document) = fields.get_mut("document")
            && let Some(here) = document.as_str().and_then(|it| documents.alias(it))
        {
            *document = here.as_str().into();
        }
        let record = match &value {
            Ok(value) => self.parse(value, number, &documents.context),
            Err(reason) => Err(reason.clone()),
        };
        match record {
            // Files that were made by hand may list the articles after the annotations.
            Err(Reason::Article { .. }) if !last && !documents.has_begun() => {
                self.waiting.push_back((element, number));
            }
            Ok(record) => self.records.push(record),
            Err(reason) => {
                let fields = value.unwrap_or(Value::Null);
                if let (Reason::Tag { is_valid: true, .. }, Some(tag)) =
                    (&reason, fields.get("tag").and_then(Value::as_str))
                {
                    self.unknown.count(tag);
                }
                let shown = |field| fields.get(field).and_then(Value::as_str).map(entry::shorten);
                self.failed.push(AnnotationProblem {
                    number,
                    id: shown("id"),
                    quote: shown("quote"),
                    reason,
                });
            }
        }
    }

    fn parse(&mut self, value: &Value, number: usize, context: &Context) -> Result<Record, Reason> {
        let fields = value.as_object().ok_or_else(|| Reason::NotFields { found: entry::describe(value) })?;
        let record = entry::record(fields, context)?;
        entry::check_note(&record)?;
        match self.indices.insert(record.id, number) {
            None => Ok(record),
            Some(first) => {
                self.indices.insert(record.id, first);
                Err(Reason::Duplicate { first })
            }
        }
    }
}

fn not_an_object(bytes: &[u8], first: u8) -> Refusal {
    // A longer file is not parsed to its end only to be refused.
    let window = &bytes[..bytes.len().min(VALUE_LIMIT)];
    let whole = window.len() == bytes.len();
    match serde_json::from_slice::<IgnoredAny>(window) {
        Err(error) if whole || !error.is_eof() => {
            Refusal::NotJson { line: error.line(), column: error.column() }
        }
        _ if first == b'[' => Refusal::NotOurs { found: "a list".into() },
        _ => Refusal::NotOurs { found: "a single value".into() },
    }
}
