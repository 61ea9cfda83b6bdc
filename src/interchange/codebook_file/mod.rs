//! Glossator's own codebook file: tags with everything that belongs to them, as JSON.

mod fields;
mod problem;
mod read;
mod write;

pub use problem::{CodebookNote, CodebookProblem, CodebookWriteProblem};
pub use read::{CodebookFile, parse_codebook_file};
pub use write::write_codebook_file;
