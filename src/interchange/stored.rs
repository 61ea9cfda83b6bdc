//! One record as the browser keeps it: an export's annotation with the version of the form in `"v"`, or a tombstone.

use serde_json::{Map, Value};

use super::{
    STORED_VERSION, entry,
    problem::Reason,
    transfer::{Entry, Stored, Tombstone},
};
use crate::{annotation::Record, text::Library};

/// Why a stored record cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoredProblem {
    /// To be left where it is: a newer Glossator wrote it, or it is on an article that this page does not have.
    #[error(transparent)]
    NotOurs(Reason),
    /// To be set aside.
    #[error(transparent)]
    Invalid(Reason),
}

/// The stored form of a record; nothing when its article is not in `library`.
pub fn write_stored(record: &Record, library: &Library) -> Option<String> {
    match &record.content {
        None => serde_json::to_string(&Tombstone::of(record)),
        Some(annotation) => {
            let article = library.get(&annotation.article)?;
            serde_json::to_string(&Stored::new(Entry::of(record, annotation, article)))
        }
    }
    // Cannot fail: no map in it has keys other than text, and it goes to memory.
    .ok()
}

/// Reads the stored form of a record.
///
/// # Errors
/// When it is not one, does not agree with its article, or is not for this program to judge.
pub fn parse_stored(text: &str, library: &Library) -> Result<Record, StoredProblem> {
    record(text, library).map_err(|reason| match reason {
        Reason::Newer { .. } | Reason::Article { .. } => StoredProblem::NotOurs(reason),
        _ => StoredProblem::Invalid(reason),
    })
}

fn record(text: &str, library: &Library) -> Result<Record, Reason> {
    let value = entry::value(text)?;
    let fields = value.as_object().ok_or_else(|| Reason::NotFields { found: entry::describe(&value) })?;
    parse_record(fields, library)
}

/// The record whose stored form has these fields.
pub(super) fn parse_record(fields: &Map<String, Value>, library: &Library) -> Result<Record, Reason> {
    match entry::whole(fields, "v")? {
        1..=STORED_VERSION if fields.contains_key("deleted") => tombstone(fields),
        1..=STORED_VERSION => entry::record(fields, library),
        0 => Err(Reason::Field { field: "v", expected: "1 or greater", found: "the number 0".into() }),
        found => Err(Reason::Newer { found }),
    }
}

fn tombstone(fields: &Map<String, Value>) -> Result<Record, Reason> {
    let (id, version) = (entry::id(fields)?, entry::version(fields)?);
    Ok(Record { id, version, modified: entry::time(fields, "deleted")?, content: None })
}
