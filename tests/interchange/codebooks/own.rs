//! Glossator's own codebook files: the ready-made ones, and what is wrong with bad ones.

use std::{fs, path::Path};

use glossator::{
    annotation::{Codebook, Context, ReplicaId, Timestamp},
    interchange::{
        CODE_LIMIT, CodebookFormat, codes_of, parse_codebook_file, write_codebook_csv, write_codebook_file,
    },
    session::{Command, FileTag, Moment, Session, TagCommand, TagFate},
    text::Library,
};
use serde_json::{Value, json};

use super::{sample, sample_names};

const MOMENT: Moment = Moment { now: Timestamp(1_795_287_600_000), entropy: [3; 10] };

/// The text of each ready-made codebook.
fn ready_made() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("codebooks");
    let files = fs::read_dir(folder).unwrap().map(|it| fs::read_to_string(it.unwrap().path()).unwrap());
    files.collect()
}

fn validator() -> jsonschema::Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/glossator-codebook-1.schema.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::options().build(&schema).unwrap()
}

/// The codebook with the tags of a file and no others.
fn taken_over(tags: &[FileTag]) -> Codebook {
    let context = Context { library: Library::default(), codebook: Codebook::new(Vec::new(), Vec::new()) };
    let mut session = Session::new(context, ReplicaId(1));
    let fates = TagFate::suggested(session.codebook(), tags);
    let plan = session.plan_import(tags, &fates, false, MOMENT);
    session.execute(&Command::Codebook(TagCommand::Import(plan.edits)), MOMENT);
    session.codebook().clone()
}

#[test]
fn ready_made_codebooks_are_taken_over_and_written_whole() {
    let all = ready_made();
    assert_eq!(all.len(), 5);
    for text in all {
        let file = parse_codebook_file(text.as_bytes()).unwrap();
        let codebook = taken_over(&file.tags);
        assert_eq!(FileTag::all_of(&codebook), file.tags, "{}", file.name);
        let written = write_codebook_file(&codebook, &file.name).unwrap();
        let (before, after): (Value, Value) =
            (serde_json::from_str(&text).unwrap(), serde_json::from_str(&written).unwrap());
        assert_eq!(after["tags"], before["tags"], "{}", file.name);
        let errors: Vec<_> = validator().iter_errors(&after).map(|it| it.to_string()).collect();
        assert_eq!(errors, [""; 0], "{}", file.name);
    }
}

#[test]
fn the_default_codebook_is_valid_in_a_file() {
    let written: Value =
        serde_json::from_str(&write_codebook_file(&Codebook::default(), "Codebook").unwrap()).unwrap();
    assert!(validator().is_valid(&written));
    assert_eq!(written["borderlineCases"].as_array().map(Vec::len), Some(3));
}

#[test]
fn a_codebook_is_told_by_its_contents() {
    for text in ready_made() {
        assert_eq!(CodebookFormat::of(text.as_bytes()), Some(CodebookFormat::Own));
    }
    for name in sample_names().into_iter().filter(|it| !it.starts_with("bad-")) {
        assert_eq!(CodebookFormat::of(&sample(&name)), Some(CodebookFormat::Qdc), "{name}");
    }
    let table = write_codebook_csv(&codes_of(&Codebook::default())).unwrap().text;
    assert_eq!(CodebookFormat::of(table.as_bytes()), Some(CodebookFormat::Csv));
    for other in
        ["", "{}", "{\"format\": \"glossator\"}", "name,age\n", "<html>", "The CodeBook of names", "["]
    {
        assert_eq!(CodebookFormat::of(other.as_bytes()), None, "{other}");
    }
    let by_name = |name| CodebookFormat::guess(name, b"x");
    assert_eq!(
        ["a.JSON", "a.qdc", "a.csv", "a"].map(by_name),
        [CodebookFormat::Own, CodebookFormat::Qdc, CodebookFormat::Csv, CodebookFormat::Csv]
    );
}

fn tag(id: &str, changes: &Value) -> Value {
    let mut tag = json!({
        "id": id, "name": id.to_uppercase(), "definition": "", "examples": [], "counterexamples": [],
        "hue": "blue", "line": "solid", "attributes": [],
    });
    for (key, value) in changes.as_object().unwrap() {
        tag[key] = value.clone();
        if value.is_null() {
            tag.as_object_mut().unwrap().remove(key);
        }
    }
    tag
}

fn file(tags: &[Value]) -> String {
    json!({ "format": "glossator-codebook", "version": 1, "name": "A", "description": "", "tags": tags })
        .to_string()
}

/// What is said about a tag with these changes, after a good one.
fn said(changes: &Value) -> Vec<String> {
    let read = parse_codebook_file(file(&[tag("good", &json!({})), tag("bad", changes)]).as_bytes()).unwrap();
    assert_eq!(&*read.tags[0].name, "GOOD");
    read.notes.iter().map(ToString::to_string).collect()
}

#[test]
fn a_damaged_tag_is_left_out_and_reported() {
    let attribute = |changes: Value| {
        let mut it = json!({ "id": "a", "name": "Degree", "hint": "", "kind": "number" });
        for (key, value) in changes.as_object().unwrap() {
            it[key] = value.clone();
        }
        json!({ "attributes": [it] })
    };
    for (changes, words) in [
        (json!({ "hue": "pink" }), "the field “hue” should be the name of a colour, found the text “pink”"),
        (json!({ "line": 3 }), "the field “line” should be a text, found the number 3"),
        (json!({ "definition": null }), "the field “definition” is missing"),
        (json!({ "examples": "x" }), "the field “examples” should be a list, found the text “x”"),
        (json!({ "key": "ab" }), "the field “key” should be one character, found the text “ab”"),
        (json!({ "retired": "yes" }), "the field “retired” should be true or false, found the text “yes”"),
        (
            json!({ "id": "Bad Id" }),
            "the field “id” should be 1 to 64 lower-case letters, digits and hyphens, found the text “Bad Id”",
        ),
        (
            attribute(json!({ "kind": "colour" })),
            "in its attribute “Degree”, the field “kind” should be “choice”, “choices”, “boolean”, “text”, “number”, “date” \
             or “likelihood”, found the text “colour”",
        ),
        (
            attribute(json!({ "minimum": "1" })),
            "in its attribute “Degree”, the field “minimum” should be a number with at most 15 digits, found the text “1”",
        ),
        (attribute(json!({ "kind": "choice" })), "in its attribute “Degree”, the field “values” is missing"),
    ] {
        assert_eq!(said(&changes), [format!("tag 2 (“BAD”): {words}; the tag is left out")]);
    }
    assert_eq!(
        said(&json!({ "name": " " }))[0],
        "tag 2 (“ ”): the field “name” should be a name, found the text “ ”; the tag is left out"
    );
    let same = said(&json!({ "id": "good" }));
    assert_eq!(same, ["tag 2 (“BAD”): expected an id of its own, found that of tag 1; the tag is left out"]);
    let parent = said(&json!({ "parent": "none" }));
    assert_eq!(
        parent,
        [
            "tag 2 (“BAD”): expected the id of a tag of the file as the parent, found “none”; the tag is at the top"
        ]
    );
    let circle = [tag("a", &json!({ "parent": "b" })), tag("b", &json!({ "parent": "a" }))];
    let read = parse_codebook_file(file(&circle).as_bytes()).unwrap();
    assert_eq!(read.notes[0].to_string(), "tag 2 (“B”): it is below itself; the tag is at the top");
    assert_eq!(read.tags.iter().map(|it| it.parent).collect::<Vec<_>>(), [Some(1), None]);
    let list = parse_codebook_file(file(&[json!(7)]).as_bytes()).unwrap();
    assert_eq!(
        list.notes[0].to_string(),
        "tag 1: expected the fields of a tag, found the number 7; the tag is left out"
    );
}

#[test]
fn a_file_that_is_no_codebook_is_refused_with_the_reason() {
    let refusal = |text: &str| parse_codebook_file(text.as_bytes()).unwrap_err().to_string();
    assert_eq!(
        refusal("{\"format\": "),
        "the file is not JSON, or damaged: syntax error at line 1, column 11"
    );
    assert_eq!(
        refusal("[]"),
        "the file is JSON, but not a codebook: expected “format” to be “glossator-codebook”, found a list"
    );
    assert_eq!(
        refusal("{\"format\": \"glossator\"}"),
        "the file is JSON, but not a codebook: expected “format” to be “glossator-codebook”, found the text “glossator”"
    );
    assert!(refusal("{\"format\": \"glossator-codebook\", \"version\": 2}").contains("uses version 2"));
    assert_eq!(
        refusal("{\"format\": \"glossator-codebook\", \"version\": 1}"),
        "the field “tags” is missing"
    );
    let many: Vec<Value> = (0..=CODE_LIMIT).map(|_| json!({})).collect();
    assert_eq!(refusal(&file(&many)), "the file has 10001 tags; the limit for one file is 10000");
    assert_eq!(refusal(""), "the file cannot be read: it is empty");
}
