//! What leaves the page and comes back: Glossator's own JSON, as one file for a person and as one stored record.
//!
//! Symmetric: every form is written and parsed here, and what is written is parsed again before it is given out.
//! Positions in files are Unicode code points; only [`Article`](crate::text::Article) converts them. Knows neither
//! where a file comes from nor where a record is kept.

mod backup;
mod draft;
mod entry;
mod fields;
mod history;
mod lines;
mod parse;
mod problem;
mod quick;
#[cfg(not(target_arch = "wasm32"))]
mod schema;
mod stored;
mod tab;
mod time;
mod transfer;
mod walk;
mod write;

pub use backup::{
    ANNOTATION_KEY, ARTICLE_KEY, ASIDE_KEY, Backup, BackupWriter, DRAFT_KEY, HISTORY_KEY, PACK_KEY, TAB_KEY,
    TEXT_KEY, VIEW_KEY, backup_article, backup_item, item_key, text_item_key,
};
pub use draft::{parse_draft, write_draft};
pub use history::{parse_step, write_step};
pub use parse::{Import, Reading, parse};
pub use problem::{AnnotationProblem, ItemProblem, Problem, Reason, Refusal, TextReason, megabytes};
#[cfg(not(target_arch = "wasm32"))]
pub use schema::{backup_schema, schema};
pub use stored::{StoredProblem, parse_stored, parse_stored_article, write_stored, write_stored_article};
pub use tab::{parse_tab, write_tab};
pub use write::{Export, WriteError, write, write_with};

/// What the field `format` of an export says.
pub const FORMAT: &str = "glossator";

/// The version of the export format that is written, and the newest that is read.
pub const VERSION: u64 = 1;

/// What the field `format` of a backup says.
pub const BACKUP_FORMAT: &str = "glossator-backup";

/// The version of the backup format that is written, and the newest that is read.
pub const BACKUP_VERSION: u64 = 1;

/// What the field `offsetUnit` of an export says: positions are counted in Unicode code points.
pub const OFFSET_UNIT: &str = "unicode-code-point";

/// The newest version of the stored form that is read, in which a record with attributes is written.
pub const STORED_VERSION: u64 = 2;

/// The version of the stored form that knows no attributes, in which a record without them is written.
const STORED_WITHOUT_ATTRIBUTES: u64 = 1;

/// The longest note that is taken from a file, in code points. The page must not let a person write a longer one.
pub const NOTE_LIMIT: usize = 1_000_000;

/// The longest text that an own article can have, in UTF-8 bytes: some million words.
///
/// In a file, where each quotation mark and line end takes two bytes, it still fits into one value.
pub const TEXT_LIMIT: usize = 8_000_000;

/// The largest file that is read, in bytes. Nothing of a larger one is looked at.
pub const FILE_LIMIT: usize = 128_000_000;

/// The most annotations, or items of a backup, that are taken from one file.
pub const COUNT_LIMIT: usize = 100_000;

/// The largest single value that is read, in bytes: an annotation with a long article as quote and the longest note fits
/// well. It is what is read without a pause.
pub const VALUE_LIMIT: usize = 16_000_000;
