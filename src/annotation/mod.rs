//! The codebook, one annotation, the ordered set of an article's annotations, a person's own articles, and merging.
//!
//! Knows no undo, no file format and no browser.

mod any;
mod attributes;
mod codebook;
mod merge;
mod overview;
mod own;
mod record;
mod runs;
mod set;
mod version;

pub use any::{AnyId, AnyRecord};
pub use attributes::{ATTRIBUTE_LIMIT, Attributes, likelihood_words};
pub use codebook::{Attribute, BANDS, BOUNDARY_CASES, Band, Choice, Kind, Tag, UNQUANTIFIED};
pub use merge::{Merge, Records};
pub use overview::{Overview, STRETCHES};
pub use own::{ArticleInfo, ArticleRecord, Articles, NewArticle};
pub use record::{Annotation, AnnotationId, Record};
pub use runs::{Layer, Run, cycle, runs};
pub use set::{AnnotationSet, Changes, Entry};
pub use version::{ReplicaId, Timestamp, Version, Versioned};
