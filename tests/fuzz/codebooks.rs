//! Laws of the readers of codebooks.

use glossator::{
    annotation::{Codebook, Context, ReplicaId, Timestamp},
    interchange::{
        CodeTree, CodebookFormat, CsvWriteProblem, parse_codebook_csv, parse_codebook_file, parse_qdc,
        write_codebook_csv, write_codebook_file, write_qdc,
    },
    session::{Command, Moment, Session, TagCommand, TagFate, TagOutcome},
    text::Library,
};
use proptest::{prelude::*, test_runner::TestCaseError};

use crate::laws::{Outcome, is_readable};

/// A codebook file that can be read is taken over into an empty codebook, written and read again with as many tags.
pub(crate) fn own(bytes: &[u8]) -> Outcome {
    let _ = CodebookFormat::of(bytes);
    let file = match parse_codebook_file(bytes) {
        Ok(file) => file,
        Err(problem) => return is_readable(&problem.to_string()),
    };
    for note in &file.notes {
        is_readable(&note.to_string())?;
    }
    let context = Context { library: Library::default(), codebook: Codebook::new(Vec::new(), Vec::new()) };
    let mut session = Session::new(context, ReplicaId(1));
    let moment = Moment { now: Timestamp(1), entropy: [1; 10] };
    let fates = TagFate::suggested(session.codebook(), &file.tags);
    let plan = session.plan_import(&file.tags, &fates, false, moment);
    session.execute(&Command::Codebook(TagCommand::Import(plan.edits)), moment);
    let taken = plan.tags.iter().filter(|it| matches!(it.outcome, TagOutcome::Added(_))).count();
    let written =
        write_codebook_file(session.codebook(), "A").map_err(|it| TestCaseError::fail(it.to_string()))?;
    let again = parse_codebook_file(written.as_bytes()).map_err(|it| TestCaseError::fail(it.to_string()))?;
    prop_assert_eq!(again.tags.len(), taken);
    Ok(())
}

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
