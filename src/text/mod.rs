//! An immutable article and positions in it: units, spans, characters, words, sentences, paragraphs and quotes.
//!
//! Knows no tags and no browser. Inside, a position is a UTF-8 byte offset on a character boundary.

mod anchor;
mod article;
mod body;
mod encoding;
mod excerpt;
mod library;
pub mod order;
mod position;
mod readable;
mod search;
mod segments;
mod sentences;
mod sorted;
mod units;

pub use anchor::{Anchored, anchor};
pub use article::{Article, ArticleId, Quote};
pub use body::{Hashing, Text};
pub use encoding::{Decoded, Legacy, NoText, charset_of_html, decode};
pub use excerpt::{Context, EXCERPT, beginning};
pub use library::Library;
pub use position::{CodePoint, Span, TextError, Unit, Utf16};
pub use readable::{Display, Readable};
pub use search::{Folding, Letters, Query, Search};
pub use segments::{Granularity, Segmenter, Segments};
pub use sorted::{SortedMap, SortedSet};
