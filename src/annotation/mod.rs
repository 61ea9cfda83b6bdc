//! The codebook, one annotation, the ordered set of an article's annotations, and merging.
//!
//! Knows no undo, no file format and no browser.

mod attributes;
mod codebook;
mod merge;
mod overview;
mod record;
mod runs;
mod set;

pub use attributes::{ATTRIBUTE_LIMIT, Attributes, likelihood_words};
pub use codebook::{Attribute, BANDS, BOUNDARY_CASES, Band, Choice, Kind, Tag, UNQUANTIFIED};
pub use merge::{Merge, Records};
pub use overview::{Overview, STRETCHES};
pub use record::{Annotation, AnnotationId, Record, ReplicaId, Timestamp, Version};
pub use runs::{Layer, Run, cycle, runs};
pub use set::{AnnotationSet, Changes, Entry};
