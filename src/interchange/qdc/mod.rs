//! Codebooks of the REFI-QDA standard: files `.qdc`. What programs make of the standard is described beside the samples
//! in `tests/samples/qdc`.

mod left_out;
mod place;
mod problem;
mod read;
mod write;

pub use problem::{QdcNote, QdcProblem, QdcWriteProblem};
pub use read::{Qdc, QdcReader, parse_qdc};
pub use write::{QdcFile, write_qdc};
