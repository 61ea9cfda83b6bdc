//! Exporting and importing files.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    actions::{TAGS, records, tag_by_key, wait_until_drawn, write_note},
    harness::{
        Page, RECORD_DOWNLOADS,
        records::{Annotation, Article, FIRST, SECOND, made_up_id},
    },
};

const REPORT: &str = "dialog#import-report";

pub(crate) fn an_export_has_exactly_what_the_page_shows(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    let empty = page.export_all();
    check_file(&empty.json());
    assert_eq!(empty.annotations(), []);

    annotate_both(page);
    let on_page = page.annotations();
    let file = page.export_all();
    check_file(&file.json());
    check_name(page, &file.name);
    assert_eq!(
        records(&file.annotations()),
        records(&on_page),
        "the export has the stored annotations, in their order"
    );
    for annotation in file.annotations() {
        annotation.check_against_article();
        let article = Article::of(&annotation.document);
        let context = |field: &str| annotation.record[field].as_str().unwrap_or_default().to_owned();
        assert!(article.slice(0, annotation.start).ends_with(&context("prefix")), "{annotation:?}");
        assert!(article.slice(annotation.end, usize::MAX).starts_with(&context("suffix")), "{annotation:?}");
    }
    let painted: BTreeSet<(String, String)> =
        page.marks().into_iter().map(|mark| (mark.text, mark.tag)).collect();
    let exported: BTreeSet<(String, String)> = file
        .annotations()
        .into_iter()
        .filter(|annotation| annotation.document == FIRST.id)
        .map(|annotation| (annotation.quote, annotation.tag))
        .collect();
    assert_eq!(exported, painted, "the open article's annotations are its highlights");

    let again = page.export_all();
    assert_eq!(undated(&file.text), undated(&again.text), "two exports differ in their date alone");

    let one = page.export_article();
    check_file(&one.json());
    check_name(page, &one.name);
    let of_first: Vec<Value> =
        on_page.iter().filter(|kept| kept.document == FIRST.id).map(|kept| kept.record.clone()).collect();
    assert_eq!(records(&one.annotations()), of_first, "the export of one article has its annotations alone");
    let documents: Vec<Value> = one.json()["documents"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|document| document["id"].clone())
        .collect();
    assert_eq!(documents, [json!(FIRST.id)]);
}

pub(crate) fn an_import_restores_everything_in_an_empty_browser(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    annotate_both(page);
    let before = page.annotations();
    let file = page.export_all();

    page.move_to_new_origin(&[RECORD_DOWNLOADS]);
    assert_eq!(page.annotations(), [], "another host has a storage of its own");
    page.import_text("export.json", &file.text);
    page.wait_for("the same records", records(&before), || records(&page.annotations()));
    let notice = ".notice[data-kind='imported']";
    page.wait_until_shown(notice);
    let words = page.text_of(notice).unwrap_or_default();
    assert!(words.contains(&before.len().to_string()), "the notice says how many: {words:?}");
    page.open_article(&FIRST);
    let of_first: Vec<&Annotation> = before.iter().filter(|kept| kept.document == FIRST.id).collect();
    wait_until_drawn(page, &of_first);
    assert_eq!(
        undated(&page.export_all().text),
        undated(&file.text),
        "a new export equals the imported file"
    );

    let stored = page.stored();
    page.click(&format!("{notice} button[data-action='dismiss']"));
    page.wait_until_gone(notice);
    page.import_text("export.json", &file.text);
    page.wait_until_shown(notice);
    assert_eq!(page.stored(), stored, "importing twice changes nothing");
    page.click(&format!("{notice} button[data-action='dismiss']"));
    page.wait_until_gone(notice);
    page.drop_file("export.json", &file.text);
    page.wait_until_shown(notice);
    assert_eq!(page.stored(), stored, "dropping it changes nothing either");

    page.move_to_new_origin(&[]);
    page.drop_file("export.json", &file.text);
    page.wait_for("the same records", records(&before), || records(&page.annotations()));
    page.reload();
    page.open_article(&FIRST);
    wait_until_drawn(page, &of_first);
    assert_eq!(records(&page.annotations()), records(&before));
}

pub(crate) fn bad_files_are_reported_precisely(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    page.open_article(&FIRST);
    let kept = tag_by_key(page, "radar in Gabala", "proposal");
    let good = page.export_all();
    let stored = page.stored();
    let whole = good.json();
    let header = good.text.find("\"annotations\"").expect("the export names its annotations");

    // Each with words of which the message must contain at least one. Without any, any message will do.
    let mut files: Vec<(&str, String, Vec<String>)> = vec![
        ("empty.json", String::new(), owned(&["empty"])),
        ("letter.json", "Dear diary, no braces today.".to_owned(), owned(&[])),
        ("binary.json", "\u{0}\u{1}\u{2}PNG".to_owned(), owned(&[])),
        ("object.json", json!({ "a": 1 }).to_string(), owned(&["Glossator"])),
        ("list.json", json!([1, 2, 3]).to_string(), owned(&["Glossator"])),
        (
            "format.json",
            with(&whole, "format", json!("another")).to_string(),
            owned(&["another", "Glossator"]),
        ),
        ("newer.json", with(&whole, "version", json!(99)).to_string(), owned(&["99"])),
        ("cut.json", good.text[..header].to_owned(), owned(&[])),
    ];
    for (name, changes, expected) in bad_annotations(&kept) {
        let mut file = whole.clone();
        change(&mut file["annotations"][0], &changes);
        file["annotations"][0]["id"] = json!(made_up_id(1));
        files.push((name, file.to_string(), expected));
    }
    for (name, text, expected) in files {
        page.import_text(name, &text);
        check_report(page, name, &expected);
        page.click(&format!("{REPORT} button[data-action='cancel']"));
        page.wait_until_gone(REPORT);
        assert_eq!(page.stored(), stored, "{name} changes nothing in the storage");
        wait_until_drawn(page, &[&kept]);
    }
}

pub(crate) fn the_valid_part_of_a_bad_file_can_be_imported(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    page.open_article(&FIRST);
    let mut kept = vec![tag_by_key(page, "radar in Gabala", "proposal")];
    let whole = page.export_all().json();
    let template = whole["annotations"][0].clone();
    let mut number = 0;
    let mut fresh = || {
        number += 1;
        let mut record = template.clone();
        record["id"] = json!(made_up_id(number));
        record
    };
    let mut files = Vec::new();
    for (name, changes, expected) in bad_annotations(&kept[0]) {
        let (good, mut bad) = (fresh(), fresh());
        change(&mut bad, &changes);
        files.push((name, with(&whole, "annotations", json!([bad, good])).to_string(), expected, good));
    }
    let (good, lost) = (fresh(), fresh());
    let text = serde_json::to_string_pretty(&with(&whole, "annotations", json!([good, lost]))).expect("JSON");
    let inside = text.rfind("\"quote\"").expect("the second annotation has a quote");
    files.push(("cut-mid-annotation.json", text[..inside + 14].to_owned(), owned(&[]), good));

    for (name, text, expected, good) in files {
        page.drop_file(name, &text);
        check_report(page, name, &expected);
        page.click(&format!("{REPORT} button[data-action='import-good']"));
        page.wait_until_gone(REPORT);
        kept.push(Annotation::from_record(&good));
        kept.sort_by(|a, b| (a.start, a.end, &a.id).cmp(&(b.start, b.end, &b.id)));
        page.wait_for(&format!("the good part of {name}"), records(&kept), || records(&page.annotations()));
        wait_until_drawn(page, &kept.iter().collect::<Vec<_>>());
    }
}

pub(crate) fn own_files_are_told_by_their_contents(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    page.open_article(&FIRST);
    tag_by_key(page, "radar in Gabala", "proposal");
    let export = page.export_all().json().to_string();
    page.undo_by_key();
    page.wait_for("no annotation", 0, || page.annotations().len());

    // As a mail program hands it on.
    page.drop_files(&[("Annotations from Ann.txt", &export)]);
    page.wait_until_shown("button[data-action='bring-back']");
    page.click("button[data-action='bring-back']");
    page.wait_for("the annotation of the file", 1, || page.annotations().len());
    assert_eq!(page.count(".doc"), 2, "no text was added");
}

pub(crate) fn several_files_are_one_import(page: &mut Page) {
    page.open_with(&[RECORD_DOWNLOADS]);
    page.open_article(&FIRST);
    tag_by_key(page, "radar in Gabala", "proposal");
    let whole = page.export_all().json();
    let file = |number: u16| {
        let mut record = whole["annotations"][0].clone();
        record["id"] = json!(made_up_id(number));
        with(&whole, "annotations", json!([record])).to_string()
    };
    let (one, two) = (file(1), file(2));

    page.drop_files(&[("one.json", &one), ("two.json", &two)]);
    page.wait_until_shown(".notice[data-kind='imported']");
    page.wait_for("the annotations of both files", 3, || page.annotations().len());
    page.undo_by_key();
    page.wait_for("the annotation from before", 1, || page.annotations().len());

    // After undo they are deleted, and the page offers to restore them.
    page.drop_files(&[("one.json", &one), ("two.json", &two)]);
    page.wait_until_shown("button[data-action='bring-back']");
    page.click("button[data-action='bring-back']");
    page.wait_for("the annotations of both files", 3, || page.annotations().len());
    page.undo_by_key();
    page.wait_for("the annotation from before", 1, || page.annotations().len());

    // The report lists the problems of all files, and offers to import the valid rest.
    let three = file(3);
    page.drop_files(&[("none.json", "no JSON"), ("three.json", &three), ("empty.json", "")]);
    page.wait_for("the problems of both bad files", 2, || page.count(&format!("{REPORT} .problem")));
    let words = page.text_of(REPORT).unwrap_or_default();
    assert!(words.contains("none.json") && words.contains("empty.json"), "{words}");
    page.click(&format!("{REPORT} button[data-action='import-good']"));
    page.wait_until_gone(REPORT);
    page.wait_for("the annotation of the valid file", 2, || page.annotations().len());
}

/// What can be wrong with an annotation in a file, with words of which the message must contain at least one.
fn bad_annotations(good: &Annotation) -> Vec<(&'static str, Value, Vec<String>)> {
    let length = FIRST.text.chars().count();
    let outside = length + 7;
    vec![
        (
            "outside.json",
            json!({ "start": outside - 4, "end": outside }),
            vec![outside.to_string(), (outside - 4).to_string(), length.to_string()],
        ),
        (
            "quote.json",
            json!({ "quote": "words that are not there" }),
            vec!["words that are not there".to_owned(), good.quote.clone()],
        ),
        ("article.json", json!({ "document": "no-such-article" }), owned(&["no-such-article"])),
        ("tag.json", json!({ "tag": "opinion" }), owned(&["opinion"])),
        ("type.json", json!({ "start": "ten" }), owned(&["start", "position", "number"])),
        (
            "spent.json",
            json!({ "version": { "counter": (1_u64 << 53) - 1, "replica": "0000000000000001" } }),
            owned(&["no room for further changes"]),
        ),
    ]
}

fn check_report(page: &Page, name: &str, expected: &[String]) {
    page.wait_until_shown(REPORT);
    page.wait_until_shown(&format!("{REPORT} .problem"));
    // Numbers may have thousands separators.
    let report = page.text_of(REPORT).unwrap_or_default().replace([',', '\u{2009}', '\u{202f}'], "");
    let found = expected.is_empty() || expected.iter().any(|word| report.contains(&word.replace(',', "")));
    assert!(found, "the report on {name} has one of {expected:?}: {report:?}");
    let problem = page.text_of(&format!("{REPORT} .problem")).unwrap_or_default();
    assert!(problem.split_whitespace().count() >= 4, "the problem of {name} is a sentence: {problem:?}");
}

/// Makes some annotations in each article: overlapping, with a note, and with characters beyond ASCII.
fn annotate_both(page: &Page) {
    page.open_article(&SECOND);
    tag_by_key(page, "Russian-American \u{201c}reset.\u{201d}", "argument");
    tag_by_key(page, "the \u{201c}Berlin Wall\u{201d} in the minds of influential people", "prediction");
    page.open_article(&FIRST);
    let noted = tag_by_key(page, "jointly use the radar in Gabala", "proposal");
    tag_by_key(page, "use the radar", "argument");
    tag_by_key(page, "president.\n\nPresident Putin", "prediction");
    write_note(page, &noted, "\u{ab}who\u{bb} & \"what\"");
}

/// Checks what holds for every export, whatever annotations it has.
fn check_file(file: &Value) {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/glossator-1.schema.json");
    let schema = fs::read_to_string(&schema).unwrap_or_else(|error| panic!("{}: {error}", schema.display()));
    let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let errors: Vec<String> =
        validator.iter_errors(file).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new(), "the export validates: {file}");

    assert_eq!(file["format"], "glossator");
    assert_eq!(file["version"], 1);
    assert_eq!(file["offsetUnit"], "unicode-code-point");
    assert!(file["exported"].as_str().is_some_and(|date| date.ends_with('Z')), "{}", file["exported"]);
    let tags: Vec<&str> =
        file["codebook"].as_array().into_iter().flatten().filter_map(|entry| entry["tag"].as_str()).collect();
    assert_eq!(tags, TAGS);
    for document in file["documents"].as_array().into_iter().flatten() {
        let article = Article::of(document["id"].as_str().expect("a document has an id"));
        assert_eq!(document["length"], json!(article.text.chars().count()));
        assert_eq!(document["title"], json!(article.title()));
        assert_eq!(document["source"], json!(format!("seeds/{}.txt", article.id)));
        let digest =
            Sha256::digest(article.text).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        assert_eq!(document["sha256"], json!(digest));
    }
}

fn check_name(page: &Page, name: &str) {
    // In the local time zone or in UTC, whose dates may differ.
    let dates = page.script(
        "const now = new Date(); const two = (number) => String(number).padStart(2, '0'); \
         return [now.toISOString().slice(0, 10), \
                 `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`]",
        &[],
    );
    let dates: [String; 2] = serde_json::from_value(dates).expect("two dates");
    assert!(dates.iter().any(|date| name == format!("glossator-{date}.json")), "{name} has one of {dates:?}");
}

/// The text of an export without its date, in which equal exports may differ.
fn undated(text: &str) -> String {
    let json: Value = serde_json::from_str(text).expect("an export is JSON");
    text.replace(json["exported"].as_str().expect("an export says when"), "")
}

fn with(file: &Value, field: &str, value: Value) -> Value {
    let mut file = file.clone();
    file[field] = value;
    file
}

fn change(record: &mut Value, changes: &Value) {
    for (field, value) in changes.as_object().expect("changes by field") {
        record[field.as_str()] = value.clone();
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}
