//! What leaves the page and comes back: Glossator's own JSON, as one file for a person and as one stored record.
//!
//! Symmetric: every form is written and parsed here, and what is written is parsed again before it is given out.
//! Positions in files are Unicode code points; only [`Article`](crate::text::Article) converts them. Knows neither
//! where a file comes from nor where a record is kept.

mod entry;
mod parse;
mod problem;
#[cfg(not(target_arch = "wasm32"))]
mod schema;
mod stored;
mod time;
mod transfer;
mod write;

pub use parse::{Import, parse};
pub use problem::{AnnotationProblem, Problem, Reason, Refusal};
#[cfg(not(target_arch = "wasm32"))]
pub use schema::schema;
pub use stored::{StoredProblem, parse_stored, write_stored};
pub use write::{WriteError, write};

/// What the field `format` of an export says.
pub const FORMAT: &str = "glossator";

/// The version of the export format that is written, and the newest that is read.
pub const VERSION: u64 = 1;

/// What the field `offsetUnit` of an export says: positions are counted in Unicode code points.
pub const OFFSET_UNIT: &str = "unicode-code-point";

/// The version of the stored form that is written, and the newest that is read.
pub const STORED_VERSION: u64 = 1;

/// The longest note that is taken from a file, in code points. The page must not let a person write a longer one.
pub const NOTE_LIMIT: usize = 1_000_000;
