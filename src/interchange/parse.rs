//! Reads a file, as much of it as can be read: an export or a backup.

use std::{
    collections::{HashMap, VecDeque},
    rc::Rc,
};

use serde::de::IgnoredAny;
use serde_json::{Value, value::RawValue};

use super::{
    BACKUP_FORMAT, BACKUP_VERSION, FORMAT, NOTE_LIMIT, OFFSET_UNIT, TEXT_LIMIT, VALUE_LIMIT, VERSION,
    backup::{Backup, Items},
    entry,
    problem::{AnnotationProblem, Problem, Reason, Refusal, TextReason},
    walk::{Broken, Found, How, Walk},
};
use crate::{
    annotation::{AnnotationId, ArticleRecord, NewArticle, Record},
    text::{Article, ArticleId, Hashing, Library, Text, order},
};

/// What can be taken from a file, and what cannot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// The good annotations: those of an export in its order, those of a backup by id and with those that were deleted.
    pub records: Vec<Record>,
    /// Everything that cannot be taken, in the order in which a person should read it.
    pub problems: Vec<Problem>,
    /// Own articles that the file brings with their texts and that are not listed here.
    pub new: Vec<NewArticle>,
    /// Own articles of a backup, by id.
    pub articles: Vec<ArticleRecord>,
    /// The texts that the file brings.
    pub texts: Vec<Rc<Text>>,
    /// What else the file holds, when it is a backup.
    pub backup: Option<Backup>,
}

/// Reads a file whose annotations are on articles of `library`.
///
/// The order of fields does not matter, fields that are not known are passed over, and what stands before the place
/// where a file is cut short or damaged is kept. Each annotation is taken only if its quote stands at its positions.
///
/// # Errors
/// When nothing can be read: the file is empty, not JSON, not of Glossator, or of a later version.
pub fn parse(bytes: &[u8], library: &Library) -> Result<Import, Refusal> {
    let mut reading = Reading::new(bytes, library)?;
    while reading.step(usize::MAX) {}
    reading.finish()
}

/// A file that is being read, piece by piece, so that the page can do other things in between.
pub struct Reading<'a> {
    /// The articles of the page, and those that the file brings.
    library: Library,
    new: Vec<NewArticle>,
    /// The texts of these.
    bodies: Vec<Rc<Text>>,
    /// The names here of articles that have another one in the file.
    aliases: HashMap<String, ArticleId>,
    /// Annotations on articles that the file may bring further on, with their places in the file.
    waiting: VecDeque<(&'a RawValue, usize)>,
    walk: Walk<'a>,
    /// The list whose elements come next.
    list: List,
    end: Option<Result<(), Broken>>,
    format: Option<Value>,
    version: Option<Value>,
    offset_unit: Option<Value>,
    created: Option<Value>,
    /// Names of the first other fields, for saying what a file is that is not ours.
    others: Vec<String>,
    /// What stands where the list should.
    no_annotations: Option<Value>,
    no_items: Option<Value>,
    /// Which articles the file has another text of.
    texts: Vec<Problem>,
    /// An article that the file brings, while the hash of its text is computed.
    coming: Option<Coming>,
    /// Whether the list of articles has begun.
    documents: bool,
    /// How many annotations have been read; nothing before their list has begun.
    count: Option<usize>,
    /// The place in the file of the annotation that was taken under each id.
    taken: HashMap<AnnotationId, usize>,
    records: Vec<Record>,
    failed: Vec<AnnotationProblem>,
    items: Items,
}

/// An article as a file has it.
struct Coming {
    id: String,
    sha256: String,
    title: String,
    kind: String,
    source: String,
    body: Body,
}

/// The text of an article that a file brings.
enum Body {
    /// As it is read.
    Plain(String),
    /// With its index, while its hash is computed.
    Indexed(Rc<Text>, Hashing),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Documents,
    Annotations,
    Items,
}

impl<'a> Reading<'a> {
    /// Begins to read.
    ///
    /// # Errors
    /// When the first look shows already that nothing can be read.
    pub fn new(bytes: &'a [u8], library: &'a Library) -> Result<Self, Refusal> {
        // Some editors put a byte-order mark before UTF-8.
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        match bytes.trim_ascii_start().first() {
            None => return Err(Refusal::Empty),
            Some(b'{') => {}
            Some(first) => return Err(not_an_object(bytes, *first)),
        }
        Ok(Self {
            library: library.clone(),
            new: Vec::new(),
            bodies: Vec::new(),
            aliases: HashMap::new(),
            waiting: VecDeque::new(),
            walk: Walk::new(bytes),
            list: List::Annotations,
            end: None,
            format: None,
            version: None,
            offset_unit: None,
            created: None,
            others: Vec::new(),
            no_annotations: None,
            no_items: None,
            texts: Vec::new(),
            coming: None,
            documents: false,
            count: None,
            taken: HashMap::new(),
            records: Vec::new(),
            failed: Vec::new(),
            items: Items::default(),
        })
    }

    /// Reads at most `values` more; whether there is more to read.
    pub fn step(&mut self, values: usize) -> bool {
        for _ in 0..values {
            if let Some(coming) = self.coming.take() {
                if self.go_on_with(coming) {
                    continue;
                }
                // A long text takes as long as many values.
                break;
            }
            if self.end.is_some() {
                if !self.resume() {
                    break;
                }
                continue;
            }
            match self.walk.next(&["documents", "annotations", "items"]) {
                Ok(Found::Field(name, value)) => self.field(name, value),
                Ok(Found::List(name)) => self.begin(&name),
                Ok(Found::Element(value)) => self.element(value),
                Ok(Found::End) => self.end = Some(Ok(())),
                Err(broken) => self.end = Some(Err(broken)),
            }
        }
        self.end.is_none() || self.coming.is_some() || !self.waiting.is_empty() || self.items.is_waiting()
    }

    /// Reads something that waited for an article which may have come since; whether there was such.
    fn resume(&mut self) -> bool {
        if let Some((element, number)) = self.waiting.pop_front() {
            self.annotation(element, number, true);
            return true;
        }
        self.items.resume(&self.library)
    }

    /// Does the next thing for an article; whether it was a small one.
    fn go_on_with(&mut self, mut coming: Coming) -> bool {
        const LONG: usize = 64 << 10;
        match &mut coming.body {
            Body::Plain(text) => {
                let is_short = text.len() < LONG;
                coming.body = Body::Indexed(Rc::new(Text::new(text)), Hashing::default());
                self.coming = Some(coming);
                return is_short;
            }
            Body::Indexed(body, hashing) => {
                let more = body.hash_step(hashing);
                let body = Rc::clone(body);
                if more {
                    self.coming = Some(coming);
                } else {
                    self.bring(coming, body);
                }
            }
        }
        true
    }

    /// How many bytes have been read.
    pub fn at(&self) -> usize {
        self.walk.at()
    }

    /// How many annotations, or items of a backup, have been read.
    pub fn count(&self) -> usize {
        self.count.unwrap_or(0).max(self.items.count())
    }

    fn field(&mut self, name: String, value: &RawValue) {
        let value = || Some(entry::value(value.get()).unwrap_or(Value::Null));
        match name.as_str() {
            "format" => self.format = value(),
            "version" => self.version = value(),
            "offsetUnit" => self.offset_unit = value(),
            "created" => self.created = value(),
            "annotations" => self.no_annotations = value(),
            "items" => self.no_items = value(),
            _ if self.others.len() < NAMED => self.others.push(name),
            _ => {}
        }
    }

    fn begin(&mut self, name: &str) {
        self.list = match name {
            "documents" => List::Documents,
            "items" => List::Items,
            _ => List::Annotations,
        };
        match self.list {
            List::Documents => self.documents = true,
            List::Annotations => _ = self.count.get_or_insert(0),
            List::Items => self.items.begin(),
        }
    }

    fn element(&mut self, element: &'a RawValue) {
        match self.list {
            List::Documents => self.document(element),
            List::Annotations => {
                let number = self.count.map_or(1, |count| count + 1);
                self.count = Some(number);
                self.annotation(element, number, false);
            }
            List::Items => self.items.take(element, &mut self.library),
        }
    }

    /// Reads an annotation, the `last` time where it waited for its article.
    fn annotation(&mut self, element: &'a RawValue, number: usize, last: bool) {
        let mut value = entry::value(element.get());
        if let Ok(Value::Object(fields)) = &mut value
            && let Some(document) = fields.get_mut("document")
            && let Some(here) = document.as_str().and_then(|it| self.aliases.get(it))
        {
            *document = here.as_str().into();
        }
        let record = match &value {
            Ok(value) => self.record(value, number),
            Err(reason) => Err(reason.clone()),
        };
        match record {
            // A list of articles that comes behind the annotations, as hand-made files may have it.
            Err(Reason::Article { .. }) if !last && !self.documents => {
                self.waiting.push_back((element, number));
            }
            Ok(record) => self.records.push(record),
            Err(reason) => {
                let fields = value.unwrap_or(Value::Null);
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

    fn record(&mut self, value: &Value, number: usize) -> Result<Record, Reason> {
        let fields = value.as_object().ok_or_else(|| Reason::NotFields { found: entry::describe(value) })?;
        let record = entry::record(fields, &self.library)?;
        check_note(&record)?;
        match self.taken.insert(record.id, number) {
            None => Ok(record),
            Some(first) => {
                self.taken.insert(record.id, first);
                Err(Reason::Duplicate { first })
            }
        }
    }

    /// Takes in an article that the file brings, or tells, once, of one that the file has another text of.
    fn document(&mut self, element: &RawValue) {
        let Ok(document) = entry::value(element.get()) else { return };
        let text = |field| document.get(field).and_then(Value::as_str);
        let (Some(id), Some(expected)) = (text("id"), text("sha256")) else { return };
        if let Some(body) = text("text") {
            let field = |name| text(name).unwrap_or_default().to_owned();
            if body.len() > TEXT_LIMIT {
                self.refuse(&field("title"), TextReason::TooLong);
            } else if body.trim().is_empty() {
                self.refuse(&field("title"), TextReason::Empty);
            } else {
                self.coming = Some(Coming {
                    id: id.to_owned(),
                    sha256: expected.to_owned(),
                    title: field("title"),
                    kind: field("kind"),
                    source: field("source"),
                    body: Body::Plain(body.to_owned()),
                });
            }
            return;
        }
        let Some(article) = self.library.get(&ArticleId::new(id)) else { return };
        let problem = Problem::TextDiffers {
            article: article.title().to_owned(),
            expected: entry::shorten(expected),
            found: entry::shorten(article.sha256()),
        };
        let told = self.texts.len() >= self.library.iter().count() || self.texts.contains(&problem);
        if !told && !expected.eq_ignore_ascii_case(article.sha256()) {
            self.texts.push(problem);
        }
    }

    fn refuse(&mut self, title: &str, reason: TextReason) {
        self.texts.push(Problem::Text { title: entry::shorten(title), reason });
    }

    /// Takes in an article with its text. One that is here stays; another text is never taken for that of an article here.
    fn bring(&mut self, coming: Coming, body: Rc<Text>) {
        let Coming { id, sha256, title, kind, source, .. } = coming;
        if !sha256.eq_ignore_ascii_case(body.sha256()) {
            self.refuse(&title, TextReason::Hash);
            return;
        }
        let named = ArticleId::new(&id);
        let same = self.library.known(&named).map(|it| it.body().sha256() == body.sha256());
        let name = match (same, ArticleRecord::parse_id(&id)) {
            (Some(true), _) => named,
            (None, Some(own)) => own,
            _ => ArticleRecord::id_for_text(body.sha256()),
        };
        if name.as_str() != id {
            self.aliases.insert(id, name.clone());
        }
        if self.library.get(&name).is_some() || self.new.iter().any(|it| it.id == name) {
            return;
        }
        let title = if title.trim().is_empty() { "Untitled" } else { &title };
        self.new.push(NewArticle {
            id: name.clone(),
            title: title.into(),
            kind: kind.as_str().into(),
            source: source.as_str().into(),
            sha256: Rc::clone(body.sha256()),
        });
        if self.library.known(&name).is_none() {
            self.bodies.push(Rc::clone(&body));
            self.library.add_unlisted(Rc::new(Article::with_text(name, title, &kind, &source, body)));
        }
    }

    /// What came of all that was read.
    ///
    /// # Errors
    /// As [`parse`].
    pub fn finish(mut self) -> Result<Import, Refusal> {
        let broken = self.end.and_then(Result::err);
        let is_backup = self.kind(broken)?;
        self.check_head(is_backup, broken)?;
        let (mut problems, complete);
        let import = if is_backup {
            let created = self.created.as_ref().and_then(Value::as_str);
            let import;
            (import, complete) = self.items.finish(created);
            problems = import.problems;
            Import { problems: Vec::new(), ..import }
        } else {
            problems = self.texts;
            // Those that waited were read last.
            order::sort_by_key(&mut self.failed, |it| it.number);
            problems.extend(self.failed.into_iter().map(Problem::Annotation));
            complete = self.count.unwrap_or(0);
            Import { records: self.records, new: self.new, texts: self.bodies, ..Import::default() }
        };
        if let Some(Broken { line, column, how }) = broken {
            problems.push(match how {
                How::Cut => Problem::CutShort { line, column, complete },
                How::Damaged => Problem::Damaged { line, column, complete },
                How::TooLarge => Problem::TooLarge { line, column, complete },
            });
        }
        Ok(Import { problems, ..import })
    }

    /// Whether the file is a backup. Where it breaks off before saying what it is, what was read speaks for it, since
    /// each annotation had to agree with its article.
    fn kind(&self, broken: Option<Broken>) -> Result<bool, Refusal> {
        match (&self.format, broken) {
            (Some(Value::String(it)), _) if it == FORMAT => Ok(false),
            (Some(Value::String(it)), _) if it == BACKUP_FORMAT => Ok(true),
            (None, Some(_)) if !self.records.is_empty() => Ok(false),
            (None, Some(_)) if self.items.has_some() => Ok(true),
            (None, Some(Broken { line, column, how: How::TooLarge })) => {
                Err(Refusal::ValueTooLarge { line, column })
            }
            (None, Some(Broken { line, column, .. })) if self.others.is_empty() => {
                Err(Refusal::NotJson { line, column })
            }
            (found, _) => Err(Refusal::NotOurs { found: self.looks(found.as_ref()) }),
        }
    }

    /// What the file says of itself, as far as it goes.
    fn check_head(&self, is_backup: bool, broken: Option<Broken>) -> Result<(), Refusal> {
        let field = |field, expected: &str, found: Option<&Value>| {
            let found = found.map_or_else(|| "nothing".into(), entry::describe);
            Err(Refusal::Field { field, expected: expected.into(), found })
        };
        let cut = broken.is_some();
        let known = if is_backup { BACKUP_VERSION } else { VERSION };
        match self.version.as_ref() {
            None if cut => {}
            found => match found.and_then(Value::as_u64) {
                Some(found) if found == known => {}
                Some(found) if found > known => return Err(Refusal::Newer { found }),
                _ => return field("version", "a whole number, 1 or greater", found),
            },
        }
        match self.offset_unit.as_ref() {
            _ if is_backup => {}
            None if cut => {}
            Some(Value::String(it)) if it == OFFSET_UNIT => {}
            found => return field("offsetUnit", &entry::quoted(OFFSET_UNIT), found),
        }
        let (name, no_list, has_list) = if is_backup {
            ("items", &self.no_items, self.items.has_begun())
        } else {
            ("annotations", &self.no_annotations, self.count.is_some())
        };
        match no_list {
            None if has_list || cut => Ok(()),
            found => field(name, "a list", found.as_ref()),
        }
    }

    fn looks(&self, format: Option<&Value>) -> String {
        match format {
            Some(value) => entry::describe(value),
            None if self.others.is_empty() => "no fields".into(),
            None => {
                let names: Vec<_> = self.others.iter().map(|it| entry::quoted(it)).collect();
                format!("a file with {} and no “format”", names.join(", "))
            }
        }
    }
}

/// How many fields of a file that is not ours are named.
const NAMED: usize = 5;

fn not_an_object(bytes: &[u8], first: u8) -> Refusal {
    // What goes on for so long is not gone through to its end only to be refused.
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

pub(super) fn check_note(record: &Record) -> Result<(), Reason> {
    let length = record.content.as_ref().map_or(0, |it| it.note.chars().count());
    if length > NOTE_LIMIT { Err(Reason::Note { length }) } else { Ok(()) }
}
