//! The codebook, one annotation, the ordered set of an article's annotations, a person's own articles, and merging.
//!
//! Knows no undo, no file format and no browser.

mod attributes;
mod codebook;
mod merge;
mod overview;
mod own;
mod record;
mod runs;
mod set;

pub use attributes::{ATTRIBUTE_LIMIT, Attributes, likelihood_words};
pub use codebook::{Attribute, BANDS, BOUNDARY_CASES, Band, Choice, Kind, Tag, UNQUANTIFIED};
pub use merge::{Merge, Records, Versioned};
pub use overview::{Overview, STRETCHES};
pub use own::{AnyId, AnyRecord, ArticleInfo, ArticleRecord, Articles, NewArticle};
pub use record::{Annotation, AnnotationId, Record, ReplicaId, Timestamp, Version};
pub use runs::{Layer, Run, cycle, runs};
pub use set::{AnnotationSet, Changes, Entry};
