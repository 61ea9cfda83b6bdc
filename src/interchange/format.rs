//! The names and versions of the file formats and of the stored form.

/// The value of the field `format` of an export.
pub const FORMAT: &str = "glossator";

/// The version of the export format that is written, and the newest that is read.
pub const VERSION: u64 = 1;

/// The value of the field `format` of a backup.
pub const BACKUP_FORMAT: &str = "glossator-backup";

/// The version of the backup format that is written, and the newest that is read.
pub const BACKUP_VERSION: u64 = 1;

/// The value of the field `format` of a codebook file.
pub const CODEBOOK_FORMAT: &str = "glossator-codebook";

/// The version of the codebook file that is written, and the newest that is read.
pub const CODEBOOK_VERSION: u64 = 1;

/// The value of the field `offsetUnit` of an export: positions count Unicode code points.
pub const OFFSET_UNIT: &str = "unicode-code-point";

/// The newest version of the stored form that is read. Annotations with a tag, an attribute or a value that is not in the
/// default codebook are written in it: an older page leaves them alone, where it would set them aside.
pub const STORED_VERSION: u64 = 3;

/// The version of the stored form with attributes of the default codebook.
pub(super) const STORED_WITH_ATTRIBUTES: u64 = 2;

/// The version of the stored form without attributes. Records that have none are written in it.
pub(super) const STORED_WITHOUT_ATTRIBUTES: u64 = 1;

/// The version of the stored form of a tag.
pub(super) const TAG_VERSION: u64 = 1;
