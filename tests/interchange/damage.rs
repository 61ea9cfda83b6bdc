//! Damaged files: annotations before the damage are read, and no input causes a panic.

use glossator::{
    annotation::Context,
    interchange::{self, Import, Problem, Refusal},
    text::Library,
};
use proptest::{collection::vec, prelude::*, sample::Index, strategy::ValueTree};

use crate::any::{Sample, hard_samples, sample};
use crate::properties::config;

/// Cuts an export to `length` bytes, and checks that the annotations before the cut are read.
fn check_cut(sample: &Sample, export: &str, length: usize) -> Result<(), TestCaseError> {
    let complete = annotation_ends(export).iter().filter(|end| **end <= length).count();
    // Only a line end follows the last bracket.
    let whole = length >= export.trim_end().len();
    match interchange::parse(&export.as_bytes()[..length], &sample.context()) {
        Ok(Import { records, problems, .. }) => {
            prop_assert_eq!(&records, &sample.live()[..complete]);
            match problems.as_slice() {
                [] => prop_assert!(whole),
                [Problem::CutShort { complete: told, line, column }] => {
                    prop_assert!(!whole);
                    prop_assert_eq!(*told, complete);
                    let before = &export.as_bytes()[..length];
                    prop_assert_eq!(*line, before.split(|it| *it == b'\n').count());
                    prop_assert!(*column <= 1 + before.iter().rev().take_while(|it| **it != b'\n').count());
                }
                other => prop_assert!(false, "{other:?}"),
            }
        }
        Err(Refusal::Empty) => prop_assert_eq!(length, 0),
        Err(Refusal::NotJson { .. }) => prop_assert!(complete == 0 && length < 30, "at {length}"),
        Err(other) => prop_assert!(false, "{other:?}"),
    }
    Ok(())
}

/// Where each annotation of an export ends. Each has a line of its own.
fn annotation_ends(export: &str) -> Vec<usize> {
    let mut at = export.find("\n  \"annotations\": [").unwrap() + 1;
    let mut ends = Vec::new();
    for line in export[at..].split_inclusive('\n') {
        if line.starts_with("    {") {
            ends.push(at + line.trim_end().trim_end_matches(',').len());
        }
        at += line.len();
    }
    ends
}

/// Checks that corrupted bytes are read without a panic, and that accepted annotations are on existing passages.
fn check_corrupt(sample: &Sample, bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(import) = interchange::parse(bytes, &sample.context()) {
        for problem in &import.problems {
            prop_assert!(!problem.to_string().is_empty());
        }
        for record in &import.records {
            let annotation = record.content.as_ref().unwrap();
            let article = sample.articles.iter().find(|it| *it.id() == annotation.article).unwrap();
            prop_assert!(article.span(annotation.span.start(), annotation.span.end()).is_ok());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_cut_anywhere_keeps_the_annotations_before_it(sample in sample(), at in vec(any::<Index>(), 40)) {
        let export = sample.export();
        for at in at {
            check_cut(&sample, &export, at.index(export.len() + 1))?;
        }
    }

    #[test]
    fn random_bytes_in_an_export_do_no_harm(
        sample in sample(),
        changes in vec((any::<Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = sample.export().into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        check_corrupt(&sample, &bytes)?;
    }

    #[test]
    fn inserted_json_tokens_do_no_harm(
        sample in sample(),
        inserts in vec((any::<Index>(), prop::sample::select(vec!["{", "}", "[", "]", "\"", ",", ":", "null", "1e999", "-1", "\\u"])), 1..6),
    ) {
        let mut bytes = sample.export().into_bytes();
        for (at, insert) in inserts {
            let at = at.index(bytes.len());
            bytes.splice(at..at, insert.bytes());
        }
        check_corrupt(&sample, &bytes)?;
    }

    #[test]
    fn any_bytes_do_no_harm(bytes in vec(any::<u8>(), 0..200)) {
        let context = Context::from(Library::bundled());
        _ = interchange::parse(&bytes, &context);
        _ = interchange::parse_stored(&String::from_utf8_lossy(&bytes), &context);
    }
}

#[test]
fn a_cut_at_every_byte_keeps_the_annotations_before_it() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let sample = loop {
        let sample = sample().new_tree(&mut runner).unwrap().current();
        if sample.live().len() >= 5 {
            break sample;
        }
    };
    for sample in hard_samples().into_iter().chain([sample]) {
        let export = sample.export();
        for length in 0..=export.len() {
            check_cut(&sample, &export, length).unwrap();
        }
    }
}

#[test]
fn a_million_nested_lists_do_no_harm() {
    let context = Context::from(Library::bundled());
    let nested = "[".repeat(1_000_000);
    assert!(matches!(interchange::parse(nested.as_bytes(), &context), Err(Refusal::NotJson { .. })));
    let inside = format!(r#"{{"format": "glossator", "version": 1, "annotations": [{nested}"#);
    let import = interchange::parse(inside.as_bytes(), &context).unwrap();
    assert!(matches!(import.problems[..], [Problem::CutShort { line: 1, complete: 0, .. }]), "{import:?}");
    let closed = format!(r#"{inside}{}], "offsetUnit": "unicode-code-point"}}"#, "]".repeat(1_000_000));
    let import = interchange::parse(closed.as_bytes(), &context).unwrap();
    assert!(matches!(import.problems[..], [Problem::Annotation(_)]), "{import:?}");
    assert!(interchange::parse_stored(&nested, &context).is_err());
}

#[test]
fn an_oversized_value_is_not_parsed() {
    let context = Context::from(Library::bundled());
    let zeros = "0,".repeat(interchange::VALUE_LIMIT / 2);
    let list = format!("[{zeros}0]");
    let refused = interchange::parse(list.as_bytes(), &context);
    assert!(matches!(refused, Err(Refusal::NotOurs { .. })), "{refused:?}");
    let refused = interchange::parse(format!(r#"{{"a": {list}}}"#).as_bytes(), &context);
    assert!(matches!(refused, Err(Refusal::ValueTooLarge { line: 1, column: 7 })), "{refused:?}");
    let inside = format!(r#"{{"format": "glossator", "version": 1, "annotations": [7, {list}]}}"#);
    let import = interchange::parse(inside.as_bytes(), &context).unwrap();
    assert!(
        matches!(
            import.problems[..],
            [Problem::Annotation(_), Problem::TooLarge { line: 1, complete: 1, .. }]
        ),
        "{import:?}"
    );
}
