//! An immutable article and positions in it: units, spans, characters, words, sentences, paragraphs and quotes.
//!
//! Knows no tags and no browser. Inside, a position is a UTF-8 byte offset on a character boundary.

mod article;
mod body;
mod library;
mod position;
mod search;
mod segments;
mod sentences;
mod units;

pub use article::{Article, ArticleId, Quote};
pub use body::Text;
pub use library::Library;
pub use position::{CodePoint, Span, TextError, Unit, Utf16};
pub use search::{Folding, Letters, Query, Search};
pub use segments::{Granularity, Segmenter, Segments};
