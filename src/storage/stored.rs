//! What stands under the key of a record or of a text, in either place.

use std::rc::Rc;

use crate::{
    annotation::{AnyId, AnyRecord, ArticleRecord, Record},
    interchange::{
        ANNOTATION_KEY, ARTICLE_KEY, Reason, StoredProblem, item_key, parse_stored, parse_stored_article,
        text_item_key, write_stored, write_stored_article,
    },
    text::{Library, SortedMap, Text},
};

/// What an item is.
pub(super) enum Stored {
    Record(AnyRecord),
    /// Of a newer program, or on an article that this page does not have: left alone.
    NotOurs(Reason),
    /// To be set aside, and why.
    Invalid(String),
}

/// Reads the item of a record's key.
pub(super) fn read(key: &str, text: &str, library: &Library) -> Stored {
    let record = if key.starts_with(ARTICLE_KEY) {
        parse_stored_article(text).map(AnyRecord::from)
    } else {
        parse_stored(text, library).map(AnyRecord::from)
    };
    match record {
        Ok(record) if item_key(&record.id()) == key => Stored::Record(record),
        Ok(_) => Stored::Invalid(Reason::Key.to_string()),
        Err(StoredProblem::NotOurs(reason)) => Stored::NotOurs(reason),
        Err(StoredProblem::Invalid(reason)) => Stored::Invalid(reason.to_string()),
    }
}

/// The stored form of a record; nothing when it is of an annotation whose article is not in `library`.
pub(super) fn write(record: &AnyRecord, library: &Library) -> Option<String> {
    match record {
        AnyRecord::Article(record) => Some(write_stored_article(record)),
        AnyRecord::Annotation(record) => write_stored(record, library),
    }
}

/// The text that is kept under the key of its hash, or why it is none.
pub(super) fn read_text(key: &str, value: &str) -> Result<Rc<Text>, String> {
    check_text(key, Text::new(value))
}

/// The same with a text whose hash may be known already.
pub(super) fn check_text(key: &str, text: Text) -> Result<Rc<Text>, String> {
    if text_item_key(text.sha256()) == key {
        return Ok(Rc::new(text));
    }
    Err(format!("it is the text of an article, and not as it was: its SHA-256 is {}", text.sha256()))
}

/// Whether a record is kept under such a key.
pub(super) fn is_record(key: &str) -> bool {
    key.starts_with(ANNOTATION_KEY) || key.starts_with(ARTICLE_KEY)
}

pub(super) fn id_of(key: &str) -> Option<AnyId> {
    match key.strip_prefix(ARTICLE_KEY) {
        Some(id) => ArticleRecord::parse_id(id).map(AnyId::Article),
        None => key.strip_prefix(ANNOTATION_KEY)?.parse().ok().map(AnyId::Annotation),
    }
}

/// Of items that were left alone those that can be read now that `library` is what it is; the others stay.
pub fn read_again(left_alone: &mut SortedMap<String, String>, library: &Library) -> Vec<Record> {
    let mut records = Vec::new();
    left_alone.retain(|key, value| match read(key, value, library) {
        Stored::Record(AnyRecord::Annotation(record)) => {
            records.push(record);
            false
        }
        _ => true,
    });
    records
}
