//! Codebooks in CSV: a row per code, with its name, the path of its parent, its definition and its colour.

mod fields;
mod formula;
mod header;
mod parents;
mod problem;
mod read;
mod write;

pub use problem::{CsvNote, CsvPlace, CsvProblem};
pub use read::{CodebookCsv, parse_codebook_csv};
pub use write::{CsvFile, CsvWriteProblem, write_codebook_csv};
