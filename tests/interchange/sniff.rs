//! Glossator's own files are recognized by their contents, and nothing else is.

use glossator::interchange::{SNIFF_LENGTH, is_own_file};
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::{Value, json};

use crate::any::{sample, text};

const ANNOTATION: &str = r#"{"id": "01930000-0000-7000-8000-000000000001", "document": "a", "tag": "argument",
    "quote": "One", "version": {"counter": 1, "replica": "00000000000000ff"}}"#;

/// The same file with its top-level fields in another order.
fn reordered(file: &str, order: &[Index]) -> String {
    let Ok(Value::Object(fields)) = serde_json::from_str(file) else { panic!("a file is an object") };
    let mut fields: Vec<String> =
        fields.iter().map(|(key, value)| format!("{}:{value}", json!(key))).collect();
    for at in order {
        let at = at.index(fields.len());
        fields.rotate_left(at);
        fields.swap(0, at);
    }
    format!(" \r\n{{{}}}", fields.join(","))
}

proptest! {
    #[test]
    fn own_files_are_recognized_with_fields_in_any_order(sample in sample(), order in vec(any::<Index>(), 8)) {
        for file in [sample.export(), sample.backup()] {
            prop_assert!(is_own_file(file.as_bytes()));
            let reordered = reordered(&file, &order);
            prop_assert!(is_own_file(reordered.as_bytes()), "{reordered}");
        }
    }

    #[test]
    fn own_files_are_recognized_when_cut_or_damaged_after_the_format(
        sample in sample(),
        length in any::<Index>(),
        damage in vec((any::<Index>(), any::<u8>()), 4),
    ) {
        for file in [sample.export(), sample.backup()] {
            let head = file.find("\"version\"").unwrap();
            let mut bytes = file.into_bytes();
            bytes.truncate(head + length.index(bytes.len() - head + 1));
            let behind = &mut bytes[head..];
            for (at, byte) in damage.iter().take(4 * behind.len()) {
                let at = at.index(behind.len());
                behind[at] = *byte;
            }
            prop_assert!(is_own_file(&bytes));
        }
    }

    #[test]
    fn any_bytes_are_judged_without_a_panic(bytes in vec(any::<u8>(), 0..200), head in 0..4_usize) {
        let head = ["", "{", r#"{"format":"#, r#"{"annotations":["#][head];
        _ = is_own_file(&[head.as_bytes(), &bytes].concat());
    }

    #[test]
    fn texts_are_not_own_files(text in text()) {
        prop_assert!(!is_own_file(text.as_bytes()));
        let about = format!("A{text}\n{{\"format\": \"glossator\", \"annotations\": [{ANNOTATION}]}}");
        prop_assert!(!is_own_file(about.as_bytes()));
    }
}

#[test]
fn other_json_is_not_an_own_file() {
    for other in [
        "",
        "{}",
        "{",
        "[]",
        "\"glossator\"",
        r#"{"format": "label-studio", "annotations": []}"#,
        r#"{"format": 1}"#,
        r#"{"format": ["glossator"]}"#,
        r#"{"head": {"format": "glossator"}}"#,
        r#"{"annotations": [{"id": 1, "quote": "One", "document": "a", "tag": "b"}]}"#,
        r#"{"items": [["a", "b"]]}"#,
        r#"{"items": ["glossator:", 1"#,
        r#"{"format": "gloss"#,
    ] {
        assert!(!is_own_file(other.as_bytes()), "{other}");
    }
    let whole_without_format = format!(r#"{{"annotations": [{ANNOTATION}]}}"#);
    assert!(!is_own_file(whole_without_format.as_bytes()), "the importer refuses it");
}

#[test]
fn a_byte_order_mark_does_not_matter() {
    assert!(is_own_file(b"\xEF\xBB\xBF{\"format\": \"glossator-backup\""), "a cut value is complete enough");
}

#[test]
fn long_files_are_judged_by_their_beginning() {
    let long = "x".repeat(SNIFF_LENGTH);
    let with_annotations =
        format!(r#"{{"annotations": [{ANNOTATION}], "documents": "{long}", "format": "glossator"}}"#);
    assert!(is_own_file(with_annotations.as_bytes()));
    let with_items =
        format!(r#"{{"items": [["glossator:view", "{{}}"], ["{long}", ""]], "format": "glossator-backup"}}"#);
    assert!(is_own_file(with_items.as_bytes()));
    let other = format!(r#"{{"annotations": [{{"text": "{long}"}}], "format": "glossator"}}"#);
    assert!(!is_own_file(other.as_bytes()), "that far it does not look");
}
