//! The stored form of a record.

use glossator::{
    annotation::Context,
    interchange::{Reason, StoredProblem, parse_stored, write_stored},
    text::Library,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::any::sample;
use crate::properties::config;

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_stored_record_survives_a_round_trip(sample in sample()) {
        let context = sample.context();
        for record in &sample.records {
            let text = write_stored(record, &context).unwrap();
            prop_assert_eq!(&parse_stored(&text, &context), &Ok(record.clone()));
        }
    }

    #[test]
    fn a_record_on_an_unknown_article_is_unrecognized(sample in sample()) {
        for record in sample.records.iter().filter(|it| it.content.is_some()) {
            let text = write_stored(record, &sample.context()).unwrap();
            let here = Context::from(Library::bundled());
            prop_assert_eq!(write_stored(record, &here), None);
            let problem = parse_stored(&text, &here);
            prop_assert!(matches!(problem, Err(StoredProblem::Unrecognized(Reason::Article { .. }))), "{problem:?}");
        }
    }

    #[test]
    fn a_truncated_record_is_invalid(sample in sample(), at in any::<prop::sample::Index>()) {
        let context = sample.context();
        for record in &sample.records {
            let text = write_stored(record, &context).unwrap();
            let mut cut = at.index(text.len());
            while !text.is_char_boundary(cut) {
                cut -= 1;
            }
            let problem = parse_stored(&text[..cut], &context);
            prop_assert!(matches!(problem, Err(StoredProblem::Invalid(Reason::NotJson { .. }))), "{problem:?}");
        }
    }
}

/// Records in version 1 of the stored form. The file never changes: a new version gets a sample of its own, and this
/// one must still be read.
const SAMPLE: &str = include_str!("../data/stored-1.json");

fn samples() -> Vec<Value> {
    serde_json::from_str::<Vec<Value>>(SAMPLE).unwrap()
}

#[test]
fn a_stored_sample_of_version_1_is_read() {
    let context = Context::from(Library::bundled());
    let records: Vec<_> =
        samples().iter().map(|it| parse_stored(&it.to_string(), &context).unwrap()).collect();
    assert_eq!(records.len(), 3);
    let kept = records[0].content.as_ref().unwrap();
    let article = context.library.get(&kept.article).unwrap();
    assert_eq!(article.slice(kept.span), "Kennebunkport");
    assert_eq!(records[0].version.counter, 1);
    assert_eq!(records[1].content.as_ref().unwrap().note.as_ref(), "Whose?\n“Reset” 👩\u{200d}🚀");
    assert!(records[2].content.is_none(), "the third is deleted");
    for (record, sample) in records.iter().zip(samples()) {
        let written: Value = serde_json::from_str(&write_stored(record, &context).unwrap()).unwrap();
        assert_eq!(written, sample, "the written form has not changed");
    }
}

/// The same in version 2, which only records with attributes have.
const SAMPLE_2: &str = include_str!("../data/stored-2.json");

#[test]
fn a_stored_sample_of_version_2_is_read() {
    let context = Context::from(Library::bundled());
    let samples: Vec<Value> = serde_json::from_str(SAMPLE_2).unwrap();
    let mut attributes = Vec::new();
    for sample in samples {
        let record = parse_stored(&sample.to_string(), &context).unwrap();
        let written: Value = serde_json::from_str(&write_stored(&record, &context).unwrap()).unwrap();
        assert_eq!(written, sample, "the written form has not changed");
        let annotation = record.content.unwrap();
        let values = annotation.attributes.of(context.codebook.tag(annotation.tag).unwrap());
        attributes
            .push(values.map(|(it, value)| format!("{}: {}", it.name, it.shown(value))).collect::<Vec<_>>());
    }
    let expected = [
        vec!["Role: Premise", "Stance: Against"],
        vec![
            "Forecaster: Ted Postol",
            "Deadline: 2030",
            "Condition: if it is ratified",
            "Likelihood: 72.5 %",
        ],
        vec!["Likelihood: Very likely"],
        vec!["Actor: the U.S. Senate", "Stated: Implicitly"],
    ];
    assert_eq!(attributes, expected);
}

#[test]
fn records_of_newer_programs_are_unrecognized_and_all_other_faults_are_invalid() {
    let context = Context::from(Library::bundled());
    let problem = |field: &str, value: Value| {
        let mut sample = samples()[0].clone();
        sample[field] = value;
        parse_stored(&sample.to_string(), &context).unwrap_err()
    };
    assert_eq!(problem("v", json!(4)), StoredProblem::Unrecognized(Reason::Newer { found: 4 }));
    assert!(matches!(
        problem("document", json!("elsewhere")),
        StoredProblem::Unrecognized(Reason::Article { .. })
    ));
    assert!(matches!(problem("tag", json!("opinion")), StoredProblem::Unrecognized(Reason::Tag { .. })));
    for (field, value) in [
        ("v", json!(0)),
        ("v", json!("1")),
        ("v", Value::Null),
        ("id", json!("me")),
        ("tag", json!("Opinion")),
        ("start", json!(-1)),
        ("end", json!(1_000_000)),
        ("quote", json!("Kennebunk port")),
        ("note", json!(7)),
        ("deleted", json!("yesterday")),
        ("version", json!({ "counter": 9_007_199_254_740_992_u64, "replica": "0000000000000001" })),
        ("version", json!({ "counter": 1, "replica": "+000000000000001" })),
    ] {
        let found = problem(field, value);
        assert!(matches!(found, StoredProblem::Invalid(_)), "{field}: {found:?}");
    }
    for text in ["", "null", "[]", "\"text\"", "{}", "{\"v\":1}", "[object Object]"] {
        assert!(matches!(parse_stored(text, &context), Err(StoredProblem::Invalid(_))), "{text}");
    }
}

proptest! {
    #![proptest_config(config(256))]

    /// Items in exactly the form that this program writes take a fast path. All others are read field by field.
    #[test]
    fn the_fast_reader_agrees_with_the_thorough_one(sample in sample()) {
        let context = sample.context();
        for record in &sample.records {
            let text = write_stored(record, &context).unwrap();
            let unusual = format!("{{\"later\": [1, {{}}], {}", &text[1..]);
            prop_assert_eq!(parse_stored(&unusual, &context), parse_stored(&text, &context));
            let bundled = Context::from(Library::bundled());
            let elsewhere = (parse_stored(&unusual, &bundled), parse_stored(&text, &bundled));
            prop_assert_eq!(elsewhere.0, elsewhere.1);
        }
    }
}
