//! The codebook, one annotation, the ordered set of an article's annotations, and merging.
//!
//! Knows no undo, no file format and no browser.

mod codebook;
mod merge;
mod overview;
mod record;
mod runs;
mod set;

pub use codebook::{BOUNDARY_CASES, Tag};
pub use merge::{Merge, Records};
pub use overview::{Overview, STRETCHES};
pub use record::{Annotation, AnnotationId, Record, ReplicaId, Timestamp, Version};
pub use runs::{Layer, Run, cycle, runs};
pub use set::{AnnotationSet, Changes, Entry};
