//! The codebook, annotations, the ordered set of an article's annotations, own articles, and the merge.
//!
//! Knows neither undo nor file formats nor the browser.

mod any;
mod attributes;
mod codebook;
mod endnotes;
mod merge;
mod overview;
mod own;
mod progress;
mod record;
mod runs;
mod set;
mod version;

pub use any::{AnyId, AnyRecord};
pub use attributes::{ATTRIBUTE_LIMIT, Attributes, likelihood_words};
pub use codebook::{Attribute, AttributeKind, BANDS, BOUNDARY_CASES, Band, Choice, Tag, UNQUANTIFIED};
pub use endnotes::{Endnote, Reference, endnotes, references, tags_of};
pub use merge::{MergeOutcome, Records};
pub use overview::{OVERVIEW_BINS, Overview};
pub use own::{ArticleInfo, ArticleRecord, Articles, NewArticle};
pub use progress::Progress;
pub use record::{Annotation, AnnotationId, Record};
pub use runs::{Layer, Run, cycle, runs};
pub use set::{AnnotationSet, Changes, Entry};
pub use version::{ReplicaId, Timestamp, Version, Versioned};
