//! Writes a backup: everything that the browser stores, in one file, each item under its key and in its stored form.
//!
//! Nothing is omitted or converted: tombstones and items that were set aside or are unrecognized are written verbatim.
//! An item may occur more than once; the reader takes the later version.

use super::{
    keys::{ANNOTATION_KEY, ARTICLE_KEY, item_key},
    layout::to_lines,
    stored::{write_stored, write_stored_article},
    stored_tag::write_stored_tag,
    transfer::BackupFile,
};
use crate::annotation::{ArticleRecord, Context, Record, TagRecord, Timestamp};

/// The key and the stored form of an annotation's record; `None` if its article is not in the library.
pub fn backup_item(record: &Record, context: &Context) -> Option<(String, String)> {
    Some((format!("{ANNOTATION_KEY}{}", record.id), write_stored(record, context)?))
}

/// The key and the stored form of an own article's record.
pub fn backup_article(record: &ArticleRecord) -> (String, String) {
    (format!("{ARTICLE_KEY}{}", record.id), write_stored_article(record))
}

/// The key and the stored form of a tag's record.
pub fn backup_tag(record: &TagRecord) -> (String, String) {
    (item_key(&record.id.into()), write_stored_tag(record))
}

/// Writes a backup item by item, so that the page can respond in between.
#[derive(Debug)]
pub struct BackupWriter {
    text: String,
    empty: bool,
}

/// The end of a backup file.
const END: &str = "\n  ]\n}\n";

impl BackupWriter {
    /// Begins a backup.
    ///
    /// # Errors
    /// If serialization fails, which is not expected.
    pub fn new(created: Timestamp) -> Result<Self, serde_json::Error> {
        let mut text = to_lines(&BackupFile::new(created))?;
        text.truncate(text.len().saturating_sub(END.len()));
        Ok(Self { text, empty: true })
    }

    /// Adds an item verbatim.
    ///
    /// # Errors
    /// If serialization fails, which is not expected.
    pub fn push(&mut self, key: &str, value: &str) -> Result<(), serde_json::Error> {
        self.text.push_str(if self.empty { "\n    " } else { ",\n    " });
        self.text.push_str(&serde_json::to_string(&(key, value))?);
        self.empty = false;
        Ok(())
    }

    /// Ends the backup and returns the file.
    pub fn finish(mut self) -> String {
        self.text.push_str(END);
        self.text
    }
}
