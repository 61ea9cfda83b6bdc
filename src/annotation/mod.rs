//! The codebook, annotations, the ordered set of an article's annotations, own articles, and the merge.
//!
//! Knows neither undo nor file formats nor the browser.

mod any;
mod attributes;
mod codebook;
mod context;
mod decimal;
mod default_codebook;
mod endnotes;
mod interned;
mod likelihood;
mod merge;
mod overview;
mod own;
mod palette;
mod progress;
mod record;
mod runs;
mod set;
mod tag;
mod tag_record;
mod tag_tree;
mod tags;
mod tally;
mod version;

pub use any::{AnyId, AnyRecord};
pub use attributes::{ATTRIBUTE_LIMIT, Attributes, YES_NO};
pub use codebook::Codebook;
pub use context::Context;
pub use decimal::normal_number;
pub use default_codebook::is_default;
pub use endnotes::{Endnote, Reference, endnotes, references, tags_of};
pub use interned::{AttributeId, TagId};
pub use likelihood::{BANDS, Band, UNQUANTIFIED, Words, likelihood_words};
pub use merge::{MergeOutcome, Records};
pub use overview::{OVERVIEW_BINS, Overview};
pub use own::{ArticleInfo, ArticleRecord, Articles, NewArticle};
pub use palette::{Hue, LineStyle, UNKNOWN_TAG, appearance};
pub use progress::Progress;
pub use record::{Annotation, AnnotationId, Record};
pub use runs::{LANES, Layer, Run, cycle, depth, runs};
pub use set::{AnnotationSet, Changes, Entry};
pub use tag::{Attribute, AttributeKind, Choice, Tag};
pub use tag_record::TagRecord;
pub use tags::Tags;
pub use version::{ReplicaId, Timestamp, Version, Versioned};
