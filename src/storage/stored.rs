//! What stands under the key of a record, in either place.

use crate::{
    annotation::{AnnotationId, Record},
    interchange::{ANNOTATION_KEY, Reason, StoredProblem, parse_stored},
    text::Library,
};

/// Before the id in the key of a record.
pub(super) const PREFIX: &str = ANNOTATION_KEY;

/// What an item is.
pub(super) enum Stored {
    Record(Record),
    /// Of a newer program, or on an article that this page does not have: left alone.
    NotOurs(Reason),
    /// To be set aside, and why.
    Invalid(String),
}

pub(super) fn read(key: &str, text: &str, library: &Library) -> Stored {
    match parse_stored(text, library) {
        Ok(record) if key_of(record.id) == key => Stored::Record(record),
        Ok(_) => Stored::Invalid(Reason::Key.to_string()),
        Err(StoredProblem::NotOurs(reason)) => Stored::NotOurs(reason),
        Err(StoredProblem::Invalid(reason)) => Stored::Invalid(reason.to_string()),
    }
}

pub(super) fn key_of(id: AnnotationId) -> String {
    format!("{PREFIX}{id}")
}

pub(super) fn id_of(key: &str) -> Option<AnnotationId> {
    key.strip_prefix(PREFIX)?.parse().ok()
}
