//! Laws of the readers of other programs' codebooks.

use glossator::interchange::{
    CodeTree, CsvWriteProblem, parse_codebook_csv, parse_qdc, write_codebook_csv, write_qdc,
};
use proptest::{prelude::*, test_runner::TestCaseError};

use crate::laws::{Outcome, is_readable};

/// A REFI-QDA codebook that can be read is written and read again as it was, but for ids that were missing.
pub(crate) fn qdc(bytes: &[u8]) -> Outcome {
    let qdc = match parse_qdc(bytes) {
        Ok(qdc) => qdc,
        Err(problem) => return is_readable(&problem.to_string()),
    };
    for note in &qdc.notes {
        is_readable(&note.to_string())?;
    }
    if qdc.tree.codes.is_empty() {
        return Ok(());
    }
    let written = write_qdc(&qdc.tree, "").map_err(|it| TestCaseError::fail(it.to_string()))?;
    let again = parse_qdc(written.text.as_bytes()).map_err(|it| TestCaseError::fail(it.to_string()))?;
    let names = |tree: &CodeTree| -> Vec<(usize, String, String)> {
        tree.walk().map(|(level, it)| (level, it.name.clone(), it.description.clone())).collect()
    };
    prop_assert_eq!(names(&again.tree), names(&qdc.tree));
    Ok(())
}

/// A codebook in CSV that can be read is written and read again as it was, unless a code has no name.
pub(crate) fn csv(bytes: &[u8]) -> Outcome {
    let csv = match parse_codebook_csv(bytes) {
        Ok(csv) => csv,
        Err(problem) => return is_readable(&problem.to_string()),
    };
    for note in &csv.notes {
        is_readable(&note.to_string())?;
    }
    match write_codebook_csv(&csv.tree) {
        // The apostrophes of a spreadsheet can make a file too large.
        Err(CsvWriteProblem::Refused(_)) => Ok(()),
        Err(problem) => Err(TestCaseError::fail(problem.to_string())),
        Ok(file) => {
            let again =
                parse_codebook_csv(file.text.as_bytes()).map_err(|it| TestCaseError::fail(it.to_string()))?;
            prop_assert_eq!(again.tree.walk().count(), csv.tree.walk().count());
            Ok(())
        }
    }
}
