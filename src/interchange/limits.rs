//! The limits on what is read from a file.

/// The longest note, in code points. The page must not let a person write a longer one.
pub const NOTE_LIMIT: usize = 1_000_000;

/// The longest text of an own article, in UTF-8 bytes: more than a million words.
///
/// In a file, each quotation mark and line end takes two bytes; such a text still fits into one JSON value.
pub const TEXT_LIMIT: usize = 8_000_000;

/// The largest file that is read, in bytes. A larger file is refused unread.
pub const FILE_LIMIT: usize = 128_000_000;

/// The maximum number of annotations, or of backup items, in one file.
pub const COUNT_LIMIT: usize = 100_000;

/// The largest JSON value that is read, in bytes: room for an annotation that quotes a long article and has the longest
/// note. A value is read in one go, so this also bounds the longest pause.
pub const VALUE_LIMIT: usize = 16_000_000;

/// The largest file with a codebook of another program, in bytes.
pub const CODEBOOK_LIMIT: usize = 8_000_000;

/// The most codes in such a file.
pub const CODE_LIMIT: usize = 10_000;

/// The most codes below each other in such a file.
pub const CODE_LEVEL_LIMIT: usize = 100;
