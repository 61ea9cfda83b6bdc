//! An immutable article and positions in it: units, spans, characters, words, sentences, paragraphs and quotes.
//!
//! Knows neither tags nor the browser. Positions inside are UTF-8 byte offsets on character boundaries.

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
mod windows_1252;

pub use anchor::{Anchored, anchor};
pub use article::{Article, ArticleId, Quote};
pub use body::{Hashing, Text};
pub use encoding::{Decoded, LegacyEncoding, NotText, charset_of_html, decode};
pub use excerpt::{Context, EXCERPT_LENGTH, beginning};
pub use library::Library;
pub use position::{CodePoint, Span, TextError, Unit, Utf16};
pub use readable::{Display, Readable};
pub use search::{Folding, Normalizer, Query, Search};
pub use segments::{Granularity, Segmenter, Segments};
pub use sorted::{SortedMap, SortedSet};
pub use windows_1252::from_windows_1252;
