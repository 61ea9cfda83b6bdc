//! The stored form of a record: an annotation as in an export, an own article's metadata, or a tombstone, each with the
//! version of the form in `"v"`.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::{
    entry,
    format::STORED_VERSION,
    problem::Reason,
    stored_fast,
    transfer::{Entry, Stored, StoredArticle, Tombstone},
};
use crate::{
    annotation::{AnnotationId, ArticleInfo, ArticleRecord, Context, Record},
    text::{ArticleId, SortedSet},
};

/// Why a stored record cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoredProblem {
    /// A newer Glossator wrote it, or this page does not have its article or its tag. To be left unchanged.
    #[error(transparent)]
    Unrecognized(Reason),
    /// It is not valid. To be set aside.
    #[error(transparent)]
    Invalid(Reason),
}

/// The stored form of an annotation's record; `None` if its article is not in the library.
pub fn write_stored(record: &Record, context: &Context) -> Option<String> {
    match &record.content {
        None => {
            serde_json::to_string(&Tombstone::new(record.id.to_string(), record.modified, record.version))
        }
        Some(annotation) => {
            let article = context.library.known(&annotation.article)?;
            let entry = Entry::of(record, annotation, article, &context.codebook);
            serde_json::to_string(&Stored::new(entry, annotation))
        }
    }
    // Cannot fail: all map keys are strings, and it writes to memory.
    .ok()
}

/// Reads the stored form of an annotation's record.
///
/// # Errors
/// If it is not valid, does not match its article, or is unrecognized.
pub fn parse_stored(text: &str, context: &Context) -> Result<Record, StoredProblem> {
    let record = stored_fast::read(text, context).unwrap_or_else(|| record(text, context));
    record.map_err(|reason| match reason {
        Reason::Newer { .. } | Reason::Article { .. } | Reason::Tag { is_valid: true, .. } => {
            StoredProblem::Unrecognized(reason)
        }
        _ => StoredProblem::Invalid(reason),
    })
}

/// The stored form of an own article's record.
pub fn write_stored_article(record: &ArticleRecord) -> String {
    match &record.content {
        None => {
            let id = record.id.to_string();
            serde_json::to_string(&Tombstone::new(id, record.modified, record.version))
        }
        Some(info) => serde_json::to_string(&StoredArticle::of(record, info)),
    }
    // Cannot fail: it contains no map, and it writes to memory.
    .unwrap_or_default()
}

/// Reads the stored form of an own article's record.
///
/// # Errors
/// If it is not valid, or a newer program wrote it.
pub fn parse_stored_article(text: &str) -> Result<ArticleRecord, StoredProblem> {
    article(text).map_err(|reason| match reason {
        Reason::Newer { .. } => StoredProblem::Unrecognized(reason),
        _ => StoredProblem::Invalid(reason),
    })
}

fn article(text: &str) -> Result<ArticleRecord, Reason> {
    let value = entry::parse(text)?;
    let fields = fields(&value)?;
    let id = article_id(fields, "id")?;
    let version = entry::version(fields)?;
    if fields.contains_key("deleted") {
        return Ok(ArticleRecord { id, version, modified: entry::time(fields, "deleted")?, content: None });
    }
    let text = |field| entry::text(fields, field).map(Rc::from);
    let place = entry::integer(fields, "place")?;
    let mut settled = SortedSet::default();
    if fields.contains_key("settled") {
        let ids = entry::text(fields, "settled")?.split(' ');
        settled = ids.filter_map(|it| it.parse::<AnnotationId>().ok()).collect();
    }
    let info = ArticleInfo {
        title: text("title")?,
        kind: text("kind")?,
        source: text("source")?,
        sha256: sha256(fields)?.into(),
        place: u32::try_from(place).unwrap_or(u32::MAX),
        created: entry::time(fields, "created")?,
        replaces: fields.contains_key("replaces").then(|| article_id(fields, "replaces")).transpose()?,
        listed: fields.get("removed") != Some(&Value::Bool(true)),
        settled,
    };
    Ok(ArticleRecord {
        id,
        version,
        modified: entry::time(fields, "modified")?,
        content: Some(Rc::new(info)),
    })
}

fn article_id(fields: &Map<String, Value>, field: &'static str) -> Result<ArticleId, Reason> {
    let id = entry::text(fields, field)?;
    ArticleRecord::parse_id(id).ok_or_else(|| Reason::Field {
        field,
        expected: "“text-” and a UUID",
        found: entry::quoted(id),
    })
}

fn sha256(fields: &Map<String, Value>) -> Result<&str, Reason> {
    let sha256 = entry::text(fields, "sha256")?;
    let hex = |it: u8| matches!(it, b'0'..=b'9' | b'a'..=b'f');
    if sha256.len() == 64 && sha256.bytes().all(hex) {
        return Ok(sha256);
    }
    Err(Reason::Field { field: "sha256", expected: "64 hexadecimal digits", found: entry::quoted(sha256) })
}

fn record(text: &str, context: &Context) -> Result<Record, Reason> {
    let value = entry::parse(text)?;
    let fields = fields(&value)?;
    if fields.contains_key("deleted") { tombstone(fields) } else { entry::stored_record(fields, context) }
}

/// The fields of a stored form, if this program knows its version.
fn fields(value: &Value) -> Result<&Map<String, Value>, Reason> {
    let fields = value.as_object().ok_or_else(|| Reason::NotFields { found: entry::describe(value) })?;
    match entry::integer(fields, "v")? {
        1..=STORED_VERSION => Ok(fields),
        0 => Err(Reason::Field { field: "v", expected: "1 or greater", found: "the number 0".into() }),
        found => Err(Reason::Newer { found }),
    }
}

fn tombstone(fields: &Map<String, Value>) -> Result<Record, Reason> {
    let (id, version) = (entry::id(fields)?, entry::version(fields)?);
    Ok(Record { id, version, modified: entry::time(fields, "deleted")?, content: None })
}
