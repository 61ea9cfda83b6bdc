//! Bad files: each kind has its own message, which names the annotation, what was expected and what was found.

use glossator::{
    annotation::Context,
    interchange::{self, Import, Problem, Refusal},
    text::{Article, ArticleId, Library},
};
use serde_json::{Value, json};

fn context() -> Context {
    let text = "One two. Three four five.";
    Library::from_iter([Article::new(ArticleId::new("a"), "The article", "Note", "a.txt", text)]).into()
}

/// An export of three valid annotations.
fn valid() -> Value {
    let annotation = |number: u8, start: usize, end: usize, quote: &str| {
        json!({
            "id": format!("01930000-0000-7000-8000-00000000000{number}"),
            "document": "a", "tag": "argument", "start": start, "end": end, "quote": quote,
            "prefix": "", "suffix": "", "note": "",
            "created": "2026-11-21T19:00:00.000Z", "modified": "2026-11-21T19:00:00Z",
            "version": { "counter": 1, "replica": "00000000000000ff" },
        })
    };
    json!({
        "format": "glossator", "version": 1, "exported": "2026-11-21T19:00:00.000Z", "generator": "Glossator 0.1.0",
        "offsetUnit": "unicode-code-point", "codebook": [], "documents": [],
        "annotations": [annotation(1, 0, 3, "One"), annotation(2, 4, 7, "two"), annotation(3, 9, 14, "Three")],
    })
}

fn parse(file: &Value) -> Result<Import, Refusal> {
    interchange::parse(file.to_string().as_bytes(), &context())
}

/// The message with which a whole file is refused.
fn refusal(file: &[u8]) -> String {
    interchange::parse(file, &context()).unwrap_err().to_string()
}

/// The message about the second annotation after a change. The first and the third must still be imported.
fn complaint(change: impl FnOnce(&mut Value)) -> String {
    let mut file = valid();
    change(&mut file["annotations"][1]);
    let import = parse(&file).unwrap();
    assert_eq!(import.records.len(), 2, "the others are imported");
    let [problem @ Problem::Annotation(which)] = &import.problems[..] else {
        panic!("expected one problem, got {:?}", import.problems)
    };
    assert_eq!(which.number, 2);
    problem.to_string()
}

#[track_caller]
fn assert_says(message: &str, words: &[&str]) {
    for word in words {
        assert!(message.contains(word), "expected “{word}” in: {message}");
    }
}

#[test]
fn the_valid_file_is_valid() {
    let import = parse(&valid()).unwrap();
    assert_eq!((import.records.len(), import.problems), (3, vec![]));
    let mut rescued = valid();
    rescued.as_object_mut().unwrap().remove("documents");
    rescued.as_object_mut().unwrap().remove("codebook");
    assert_eq!(parse(&rescued).unwrap().records.len(), 3, "a file rescued after a crash has neither");
    let marked = [b"\xEF\xBB\xBF".as_slice(), valid().to_string().as_bytes()].concat();
    assert_eq!(interchange::parse(&marked, &context()).unwrap().records.len(), 3, "with a byte-order mark");
}

#[test]
fn foreign_files_are_refused() {
    assert_says(&refusal(b""), &["empty"]);
    assert_says(&refusal(b" \n\t"), &["empty"]);
    assert_says(&refusal(b"\xEF\xBB\xBF"), &["empty"]);
    assert_says(&refusal(b"<!doctype html>"), &["not JSON", "line 1, column 1"]);
    assert_says(&refusal(b"PK\x03\x04\xFF\xFE"), &["not JSON"]);
    assert_says(&refusal(b"{\n  one: 1}"), &["not JSON", "line 2, column 3"]);
    assert_says(&refusal(b"[1, 2]"), &["JSON, but not a Glossator export", "glossator", "a list"]);
    assert_says(&refusal(b"\"text\""), &["not a Glossator export", "a single value"]);
    assert_says(&refusal(b"{}"), &["not a Glossator export", "no fields"]);
    assert_says(&refusal(br#"{"text": "One", "label": [[0, 3, "X"]]}"#), &["“text”, “label”", "no “format”"]);
    assert_says(&refusal(br#"{"format": "label-studio"}"#), &["“format”", "“glossator”", "“label-studio”"]);
    assert_says(&refusal(br#"{"format": 1}"#), &["not a Glossator export", "the number 1"]);
}

#[test]
fn a_newer_version_is_refused_and_named() {
    let with = |field: &str, value: Value| {
        let mut file = valid();
        file[field] = value;
        refusal(file.to_string().as_bytes())
    };
    assert_says(&with("version", json!(2)), &["version 2", "version 1", "newer"]);
    assert_says(&with("version", json!(0)), &["“version”", "the number 0"]);
    assert_says(&with("version", json!("1")), &["“version”", "whole number", "“1”"]);
    assert_says(&with("offsetUnit", json!("utf-16")), &["“offsetUnit”", "“unicode-code-point”", "“utf-16”"]);
    assert_says(&with("annotations", json!({})), &["“annotations”", "a list"]);
    assert_says(&with("annotations", json!(7)), &["“annotations”", "a list"]);
    for field in ["version", "offsetUnit", "annotations"] {
        let mut file = valid();
        file.as_object_mut().unwrap().remove(field);
        assert_says(&refusal(file.to_string().as_bytes()), &[&format!("“{field}”"), "found nothing"]);
    }
}

#[test]
fn an_invalid_annotation_is_named_and_the_others_are_imported() {
    let which = ["annotation 2", "01930000-0000-7000-8000-000000000002", "two"];
    let says = |words: &[&str], change: &dyn Fn(&mut Value)| {
        let message = complaint(change);
        assert_says(&message, &which);
        assert_says(&message, words);
    };
    says(&["“opinion” is unknown", "“proposal”, “argument” and “prediction”"], &|it| {
        it["tag"] = json!("opinion");
    });
    says(&["Argument has no attribute “stanse”", "“role” and “stance”"], &|it| {
        it["attributes"] = json!({ "role": "claim", "stanse": "for" });
    });
    says(&["Argument has no attribute “actor”"], &|it| it["attributes"] = json!({ "actor": "Congress" }));
    says(&["“stance” should be one of “for” and “against”", "“neutral”"], &|it| {
        it["attributes"] = json!({ "stance": "neutral" });
    });
    says(&["“likelihood”", "0 to 100", "“very-likely”", "the number 101"], &|it| {
        it["tag"] = json!("prediction");
        it["attributes"] = json!({ "likelihood": 101 });
    });
    says(&["“deadline”", "1 to 1000", "an object"], &|it| {
        it["tag"] = json!("prediction");
        it["attributes"] = json!({ "deadline": { "year": 2030 } });
    });
    says(&["“attributes”", "an object", "a list"], &|it| it["attributes"] = json!(["claim"]));
    says(&["“b”", "does not have"], &|it| it["document"] = json!("b"));
    says(&["from 4 to 400", "outside", "25 characters"], &|it| it["end"] = json!(400));
    says(&["outside", "25 characters"], &|it| it["end"] = json!(u64::MAX));
    says(&["empty or reversed", "from 7 to 4"], &|it| {
        it["start"] = json!(7);
        it["end"] = json!(4);
    });
    says(&["empty or reversed", "from 4 to 4"], &|it| it["end"] = json!(4));
    says(&["“start”", "whole number", "-4"], &|it| it["start"] = json!(-4));
    says(&["“start”", "whole number", "4.5"], &|it| it["start"] = json!(4.5));
    says(&["“end”", "whole number", "“7”"], &|it| it["end"] = json!("7"));
    says(&["“note”", "a text", "a list"], &|it| it["note"] = json!([]));
    says(&["“created”", "UTC time", "“today”"], &|it| it["created"] = json!("today"));
    says(&["“modified”", "UTC time", "+02:00"], &|it| {
        it["modified"] = json!("2026-11-21T19:00:00+02:00");
    });
    says(&["“modified”", "UTC time", "1969"], &|it| it["modified"] = json!("1969-12-31T23:59:59Z"));
    says(&["counter", "9007199254740992", "9007199254740991"], &|it| {
        it["version"]["counter"] = json!(9_007_199_254_740_992_u64);
    });
    says(&["“replica”", "16 hexadecimal digits", "“me”"], &|it| {
        it["version"]["replica"] = json!("me");
    });
    says(&["“version”", "the counter and the replica", "null"], &|it| it["version"] = Value::Null);
    says(&["note", "1000001", "1000000"], &|it| it["note"] = json!("é".repeat(1_000_001)));
    for field in ["document", "tag", "start", "end", "note", "created", "modified", "version"] {
        says(&[&format!("“{field}” is missing")], &|it| _ = it.as_object_mut().unwrap().remove(field));
    }
    assert_says(
        &complaint(|it| it["id"] = json!("me")),
        &["annotation 2 (me, “two”)", "“id”", "a UUID", "“me”"],
    );
    assert_says(&complaint(|it| it["id"] = json!(7)), &["annotation 2 (“two”)", "“id”", "the number 7"]);
    assert_says(&complaint(|it| it["quote"] = json!(null)), &["annotation 2 (0193", "“quote”", "null"]);
    assert_says(
        &complaint(|it| *it = json!(7)),
        &["annotation 2:", "fields of an annotation", "the number 7"],
    );
}

#[test]
fn a_quote_that_does_not_match_is_shown_where_it_first_differs() {
    let message = complaint(|it| it["quote"] = json!("tow"));
    assert_says(&message, &["quote does not match", "expected “tow”", "found “two”"]);

    let text = "word ".repeat(50);
    let context = Library::from_iter([Article::new(ArticleId::new("a"), "", "", "", &text)]).into();
    let mut file = valid();
    let quote = text.replacen("word ", "wörd ", 21).replacen("wörd ", "word ", 20);
    file["annotations"] = json!([file["annotations"][0].clone()]);
    file["annotations"][0]["end"] = json!(250);
    file["annotations"][0]["quote"] = json!(quote);
    let import = interchange::parse(file.to_string().as_bytes(), &context).unwrap();
    let message = import.problems[0].to_string();
    assert_says(&message, &["expected “…", "word wörd word", "found “…"]);
    assert!(message.chars().count() < 300, "{message}");
}

#[test]
fn the_second_of_two_with_one_id_is_refused() {
    let message = complaint(|it| it["id"] = json!("01930000-0000-7000-8000-000000000001"));
    assert_says(&message, &["annotation 2", "same id as annotation 1"]);
}

#[test]
fn a_different_text_is_reported_once_and_matching_annotations_are_imported() {
    let mut file = valid();
    file["documents"] = json!([
        { "id": "a", "title": "Old title", "source": "a.txt", "sha256": "00", "length": 3 },
        { "id": "elsewhere", "title": "", "source": "", "sha256": "00", "length": 3 },
        7,
    ]);
    file["annotations"][2]["quote"] = json!("Drei");
    let import = parse(&file).unwrap();
    assert_eq!(import.records.len(), 2);
    assert_eq!(import.problems.len(), 2);
    assert!(matches!(import.problems[0], Problem::TextDiffers { .. }));
    assert_says(&import.problems[0].to_string(), &["“The article”", "expected", "found"]);
    assert_says(&import.problems[1].to_string(), &["annotation 3", "“Drei”", "“Three”"]);
}

#[test]
fn an_unreadable_value_affects_only_its_annotation() {
    let text = valid().to_string();
    let nested = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
    for (bad, words) in [
        (r#""\ud800""#, "not JSON"),
        ("1e400", "not JSON"),
        (&nested, "“note” should be a text, found a list"),
    ] {
        let one_bad = text.replacen(r#""note":"""#, &format!(r#""note":{bad}"#), 1);
        assert_ne!(one_bad, text);
        let import = interchange::parse(one_bad.as_bytes(), &context()).unwrap();
        assert_eq!((import.records.len(), import.problems.len()), (2, 1), "{import:?}");
        assert_says(&import.problems[0].to_string(), &["annotation 1", words]);
    }
}

#[test]
fn annotations_before_a_cut_or_damage_are_imported_and_counted() {
    let text = serde_json::to_string_pretty(&valid()).unwrap();
    // Its fields are sorted by name, so that the cut comes before the format is known.
    let third = text.find("000000000003").unwrap();
    let cut = interchange::parse(&text.as_bytes()[..third], &context()).unwrap();
    assert_eq!(cut.records.len(), 2);
    assert_says(&cut.problems[0].to_string(), &["cut short at line ", "2 complete annotations"]);

    let damaged = text.replace("000000000003\"", "000000000003\" x");
    let damaged = interchange::parse(damaged.as_bytes(), &context()).unwrap();
    assert_eq!(damaged.records.len(), 2);
    assert_says(&damaged.problems[0].to_string(), &["damaged at line ", "2 complete annotations"]);

    let mut latin1 = text.clone().into_bytes();
    latin1[third] = 0xE9;
    let latin1 = interchange::parse(&latin1, &context()).unwrap();
    assert_eq!(latin1.records.len(), 2);
    assert_says(&latin1.problems[0].to_string(), &["damaged at line "]);

    let followed = interchange::parse(format!("{text}\n{text}").as_bytes(), &context()).unwrap();
    assert_eq!(followed.records.len(), 3);
    assert_says(&followed.problems[0].to_string(), &["damaged at line ", "3 complete annotations"]);

    let first = valid().to_string();
    let begun = interchange::parse(br#"{"format": "glossator", "annotations": [{"id"#, &context()).unwrap();
    assert_says(&begun.problems[0].to_string(), &["cut short", "line 1", "no complete annotations"]);
    assert_says(&refusal(&first.as_bytes()[..20]), &["not JSON"]);
}
