//! Reads an export, as much of it as can be read.

use std::{collections::HashMap, fmt};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value, value::RawValue};

use super::{
    FORMAT, NOTE_LIMIT, OFFSET_UNIT, VERSION, entry,
    problem::{AnnotationProblem, Problem, Reason, Refusal},
};
use crate::{
    annotation::{AnnotationId, Record},
    text::{ArticleId, Library},
};

/// What can be taken from a file, and what cannot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// The good annotations, in the order of the file.
    pub records: Vec<Record>,
    /// Everything else, in the order in which a person should read it.
    pub problems: Vec<Problem>,
}

/// Reads an export whose annotations are on articles of `library`.
///
/// The order of fields does not matter, fields that are not known are passed over, and what stands before the place
/// where a file is cut short or damaged is kept. Each annotation is taken only if its quote stands at its positions.
///
/// # Errors
/// When nothing can be read: the file is empty, not JSON, not an export, or one of a later version.
pub fn parse(bytes: &[u8], library: &Library) -> Result<Import, Refusal> {
    // Some editors put a byte-order mark before UTF-8.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match bytes.trim_ascii_start().first() {
        None => return Err(Refusal::Empty),
        Some(b'{') => {}
        Some(first) => return Err(not_an_object(bytes, *first)),
    }
    let mut reading = Reading::new(library);
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let end = TopLevel(&mut reading).deserialize(&mut deserializer).and_then(|()| deserializer.end()).err();
    if end.as_ref().is_some_and(serde_json::Error::is_data) {
        reading.read_head(bytes);
    }
    reading.finish(end.as_ref())
}

fn not_an_object(bytes: &[u8], first: u8) -> Refusal {
    match serde_json::from_slice::<IgnoredAny>(bytes) {
        Ok(_) if first == b'[' => Refusal::NotOurs { found: "a list".into() },
        Ok(_) => Refusal::NotOurs { found: "a single value".into() },
        Err(error) => Refusal::NotJson { line: error.line(), column: error.column() },
    }
}

/// What has been read so far. It lives outside the deserializer, so that an error leaves it whole.
struct Reading<'a> {
    library: &'a Library,
    format: Option<Value>,
    version: Option<Value>,
    offset_unit: Option<Value>,
    documents: Option<Value>,
    /// Names of other fields, for saying what a file is that is not ours.
    others: Vec<String>,
    /// What stands where the list of annotations should.
    no_list: Option<Value>,
    /// How many annotations have been read; nothing before their list has begun.
    count: Option<usize>,
    /// The place in the file of the annotation that was taken under each id.
    taken: HashMap<AnnotationId, usize>,
    records: Vec<Record>,
    failed: Vec<AnnotationProblem>,
}

impl<'a> Reading<'a> {
    fn new(library: &'a Library) -> Self {
        Self {
            library,
            format: None,
            version: None,
            offset_unit: None,
            documents: None,
            others: Vec::new(),
            no_list: None,
            count: None,
            taken: HashMap::new(),
            records: Vec::new(),
            failed: Vec::new(),
        }
    }

    /// Takes the next annotation of the file. At once, so that no more than one is ever held as loose JSON.
    fn take(&mut self, element: &RawValue) {
        let number = self.count.map_or(1, |count| count + 1);
        self.count = Some(number);
        let value = serde_json::from_str(element.get());
        let record = match &value {
            Ok(value) => self.record(value, number),
            Err(error) => Err(Reason::NotJson { line: error.line(), column: error.column() }),
        };
        match record {
            Ok(record) => self.records.push(record),
            Err(reason) => {
                let fields = value.ok().unwrap_or(Value::Null);
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
        let record = entry::record(fields, self.library)?;
        let length = record.content.as_ref().map_or(0, |it| it.note.chars().count());
        if length > NOTE_LIMIT {
            return Err(Reason::Note { length });
        }
        match self.taken.insert(record.id, number) {
            None => Ok(record),
            Some(first) => {
                self.taken.insert(record.id, first);
                Err(Reason::Duplicate { first })
            }
        }
    }

    /// Reads on where the annotations are no list, the one place where reading stops at a value's kind.
    fn read_head(&mut self, bytes: &[u8]) {
        if let Ok(mut fields) = serde_json::from_slice::<Map<String, Value>>(bytes) {
            self.format = fields.remove("format");
            self.version = fields.remove("version");
            self.offset_unit = fields.remove("offsetUnit");
            self.no_list = fields.remove("annotations");
        }
    }

    fn finish(self, end: Option<&serde_json::Error>) -> Result<Import, Refusal> {
        self.check_head(end)?;
        let mut problems = self.differing_texts();
        problems.extend(self.failed.into_iter().map(Problem::Annotation));
        if let Some(error) = end {
            let (line, column, complete) = (error.line(), error.column(), self.count.unwrap_or(0));
            problems.push(if error.is_eof() {
                Problem::CutShort { line, column, complete }
            } else {
                Problem::Damaged { line, column, complete }
            });
        }
        Ok(Import { records: self.records, problems })
    }

    /// What the file says of itself. Where it breaks off before saying it, the annotations that were read speak for
    /// it, since each had to agree with its article.
    fn check_head(&self, end: Option<&serde_json::Error>) -> Result<(), Refusal> {
        match (&self.format, end) {
            (Some(Value::String(it)), _) if it == FORMAT => {}
            (None, Some(_)) if !self.records.is_empty() => {}
            (None, Some(error)) if self.others.is_empty() => {
                return Err(Refusal::NotJson { line: error.line(), column: error.column() });
            }
            (found, _) => return Err(Refusal::NotOurs { found: self.looks(found.as_ref()) }),
        }
        let field = |field, expected: &str, found: Option<&Value>| {
            let found = found.map_or_else(|| "nothing".into(), entry::describe);
            Err(Refusal::Field { field, expected: expected.into(), found })
        };
        let cut = end.is_some();
        match self.version.as_ref() {
            None if cut => {}
            found => match found.and_then(Value::as_u64) {
                Some(VERSION) => {}
                Some(found) if found > VERSION => return Err(Refusal::Newer { found }),
                _ => return field("version", "a whole number, 1 or greater", found),
            },
        }
        match self.offset_unit.as_ref() {
            None if cut => {}
            Some(Value::String(it)) if it == OFFSET_UNIT => {}
            found => return field("offsetUnit", &entry::quoted(OFFSET_UNIT), found),
        }
        match (&self.no_list, self.count) {
            (None, None) if !cut => field("annotations", "a list", None),
            (None, _) => Ok(()),
            (found, _) => field("annotations", "a list", found.as_ref()),
        }
    }

    fn looks(&self, format: Option<&Value>) -> String {
        match format {
            Some(value) => entry::describe(value),
            None if self.others.is_empty() => "no fields".into(),
            None => {
                let names: Vec<_> = self.others.iter().take(5).map(|it| entry::quoted(it)).collect();
                format!("a file with {} and no “format”", names.join(", "))
            }
        }
    }

    fn differing_texts(&self) -> Vec<Problem> {
        let documents = self.documents.as_ref().and_then(Value::as_array).into_iter().flatten();
        documents
            .filter_map(|document| {
                let id = ArticleId::new(document.get("id")?.as_str()?);
                let expected = document.get("sha256")?.as_str()?;
                let article = self.library.get(&id)?;
                (!expected.eq_ignore_ascii_case(article.sha256())).then(|| Problem::TextDiffers {
                    article: article.title().to_owned(),
                    expected: entry::shorten(expected),
                    found: entry::shorten(article.sha256()),
                })
            })
            .collect()
    }
}

/// The fields of the file.
struct TopLevel<'r, 'a>(&'r mut Reading<'a>);

impl<'de> DeserializeSeed<'de> for TopLevel<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for TopLevel<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the fields of an export")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let reading = self.0;
        while let Some(name) = fields.next_key::<String>()? {
            match name.as_str() {
                "format" => reading.format = Some(fields.next_value()?),
                "version" => reading.version = Some(fields.next_value()?),
                "offsetUnit" => reading.offset_unit = Some(fields.next_value()?),
                "documents" => reading.documents = Some(fields.next_value()?),
                "annotations" => fields.next_value_seed(List(reading))?,
                _ => {
                    reading.others.push(name);
                    fields.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// The list of annotations.
struct List<'r, 'a>(&'r mut Reading<'a>);

impl<'de> DeserializeSeed<'de> for List<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut annotations: A) -> Result<(), A::Error> {
        self.0.count.get_or_insert(0);
        // First only its extent, so that what is wrong inside one annotation costs that one and not the rest.
        while let Some(element) = annotations.next_element::<&RawValue>()? {
            self.0.take(element);
        }
        Ok(())
    }
}
