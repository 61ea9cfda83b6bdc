//! Reading and writing the stored items of records and texts. Both copies use the same form.

use std::rc::Rc;

use super::key_value_store::Failure;
use crate::{
    annotation::{AnyId, AnyRecord, ArticleRecord, Context, Record, TagId},
    interchange::{
        ANNOTATION_KEY, ARTICLE_KEY, Reason, StoredProblem, TAG_KEY, item_key, parse_stored,
        parse_stored_article, parse_stored_tag, text_item_key, write_stored, write_stored_article,
        write_stored_tag,
    },
    text::{SortedMap, Text},
};

/// The result of reading a stored item.
pub(super) enum StoredItem {
    /// A valid record.
    Record(AnyRecord),
    /// An item of a newer program, or with an article or a tag that this page does not have. To be left unchanged.
    Unrecognized(Reason),
    /// An item that is not valid, and why. To be set aside.
    Invalid(String),
}

/// Reads the item under a record's key.
pub(super) fn read(key: &str, text: &str, context: &Context) -> StoredItem {
    let record = if key.starts_with(TAG_KEY) {
        parse_stored_tag(text).map(AnyRecord::from)
    } else if key.starts_with(ARTICLE_KEY) {
        parse_stored_article(text).map(AnyRecord::from)
    } else {
        parse_stored(text, context).map(AnyRecord::from)
    };
    match record {
        Ok(record) if item_key(&record.id()) == key => StoredItem::Record(record),
        Ok(_) => StoredItem::Invalid(Reason::Key.to_string()),
        Err(StoredProblem::Unrecognized(reason)) => StoredItem::Unrecognized(reason),
        Err(StoredProblem::Invalid(reason)) => StoredItem::Invalid(reason.to_string()),
    }
}

/// The stored form of a record; `None` if it is an annotation whose article is not in the library.
pub(super) fn write(record: &AnyRecord, context: &Context) -> Option<String> {
    match record {
        AnyRecord::Tag(record) => Some(write_stored_tag(record)),
        AnyRecord::Article(record) => Some(write_stored_article(record)),
        AnyRecord::Annotation(record) => write_stored(record, context),
    }
}

/// Reads the text under `key`, or explains why it is not the text with that hash.
pub(super) fn read_text(key: &str, value: &str) -> Result<Rc<Text>, String> {
    check_text(key, Text::new(value))
}

/// As [`read_text`], for a text whose hash may already be known.
pub(super) fn check_text(key: &str, text: Text) -> Result<Rc<Text>, String> {
    if text_item_key(text.sha256()) == key {
        return Ok(Rc::new(text));
    }
    Err(format!("it is the text of an article, but has changed: its SHA-256 is now {}", text.sha256()))
}

/// Whether this is the key of a record.
pub(super) fn is_record(key: &str) -> bool {
    [ANNOTATION_KEY, TAG_KEY, ARTICLE_KEY].iter().any(|it| key.starts_with(it))
}

/// The id in the key of a record.
pub(super) fn id_of(key: &str) -> Option<AnyId> {
    if let Some(id) = key.strip_prefix(TAG_KEY) {
        return TagId::parse(id).map(AnyId::Tag);
    }
    match key.strip_prefix(ARTICLE_KEY) {
        Some(id) => ArticleRecord::parse_id(id).map(AnyId::Article),
        None => key.strip_prefix(ANNOTATION_KEY)?.parse().ok().map(AnyId::Annotation),
    }
}

/// Why an unrecognized item must not be replaced.
pub(super) fn unrecognized(reason: &Reason) -> Failure {
    Failure::Other(reason.to_string())
}

/// Removes and returns those of the unrecognized items that can be read with the present `context`.
pub fn retry_unrecognized(items: &mut SortedMap<String, String>, context: &Context) -> Vec<Record> {
    let mut records = Vec::new();
    items.retain(|key, value| match read(key, value, context) {
        StoredItem::Record(AnyRecord::Annotation(record)) => {
            records.push(record);
            false
        }
        _ => true,
    });
    records
}
