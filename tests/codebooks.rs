//! The ready-made codebooks in `codebooks/` conform to their schema and to what a schema cannot express.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops and says where")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use glossator::annotation::{Attribute, AttributeKind, Choice, Codebook};
use serde_json::{Value, json};

fn json(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap())
        .unwrap()
}

/// The name of each file without its ending, and its content.
fn codebooks() -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("codebooks");
    let names = fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    let read = |name: String| {
        let stem = name.strip_suffix(".json").unwrap().to_owned();
        (stem, json(&format!("codebooks/{name}")))
    };
    names.map(read).collect()
}

fn validator() -> jsonschema::Validator {
    jsonschema::options().build(&json("schema/glossator-codebook-1.schema.json")).unwrap()
}

/// The elements of the list under this key; none if there is no such key.
fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("no text `{key}` in {value}"))
}

fn repeated<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    let mut repeated = Vec::new();
    for item in items {
        if seen.contains(&item) {
            repeated.push(item);
        } else {
            seen.insert(item);
        }
    }
    repeated
}

/// What is wrong with a codebook that conforms to the schema.
fn problems(codebook: &Value) -> Vec<String> {
    let tags = list(codebook, "tags");
    let attributes = || tags.iter().flat_map(|tag| list(tag, "attributes"));
    let mut problems = Vec::new();
    for id in repeated(tags.iter().map(|it| text(it, "id"))) {
        problems.push(format!("two tags have the id {id}"));
    }
    for id in repeated(attributes().map(|it| text(it, "id"))) {
        problems.push(format!("two attributes have the id {id}"));
    }
    for attribute in attributes() {
        for id in repeated(list(attribute, "values").iter().map(|it| text(it, "id"))) {
            problems.push(format!("two values of {} have the id {id}", text(attribute, "id")));
        }
        if let (Some(least), Some(most)) = (attribute["minimum"].as_f64(), attribute["maximum"].as_f64())
            && least > most
        {
            problems.push(format!("no number is within the bounds of {}", text(attribute, "id")));
        }
    }
    for key in repeated(tags.iter().filter_map(|it| it["key"].as_str())) {
        problems.push(format!("two tags have the key {key}"));
    }
    for (hue, line) in repeated(tags.iter().map(|it| (text(it, "hue"), text(it, "line")))) {
        problems.push(format!("two tags are {hue} and {line}"));
    }
    let parents: BTreeMap<_, _> = tags.iter().map(|it| (text(it, "id"), it["parent"].as_str())).collect();
    for (id, parent) in &parents {
        let mut above = *parent;
        for _ in tags {
            above = match above {
                Some(parent) if !parents.contains_key(parent) => {
                    problems.push(format!("{parent}, which is above {id}, is no tag"));
                    None
                }
                Some(parent) => parents[parent],
                None => None,
            };
        }
        if above.is_some() {
            problems.push(format!("{id} is below itself or below such a tag"));
        }
    }
    problems
}

#[test]
fn codebooks_conform_to_the_schema() {
    let validator = validator();
    for (name, codebook) in codebooks() {
        let errors: Vec<_> =
            validator.iter_errors(&codebook).map(|it| format!("{}: {it}", it.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

#[test]
fn codebooks_are_sound() {
    let codebooks = codebooks();
    assert_eq!(
        codebooks.keys().collect::<Vec<_>>(),
        ["claim-premise", "empty", "evidence-types", "proposal-argument-prediction", "toulmin"]
    );
    for (name, codebook) in codebooks {
        assert_eq!(problems(&codebook), Vec::<String>::new(), "{name}");
        if name == "empty" {
            assert!(list(&codebook, "tags").is_empty());
            continue;
        }
        assert!(!text(&codebook, "source").is_empty(), "{name}");
        assert!(!list(&codebook, "borderlineCases").is_empty(), "{name}");
        for tag in list(&codebook, "tags") {
            assert!(!text(tag, "definition").is_empty(), "{name}: {}", text(tag, "id"));
            assert!(!list(tag, "examples").is_empty(), "{name}: {}", text(tag, "id"));
            assert!(!list(tag, "counterexamples").is_empty(), "{name}: {}", text(tag, "id"));
        }
    }
}

fn tag(id: &str, changes: &Value) -> Value {
    let mut tag = json!({
        "id": id, "name": id, "definition": "", "examples": [], "counterexamples": [],
        "hue": "blue", "line": "solid", "attributes": [],
    });
    for (key, value) in changes.as_object().unwrap() {
        tag[key] = value.clone();
    }
    tag
}

fn codebook(tags: &[Value]) -> Value {
    json!({ "format": "glossator-codebook", "version": 1, "name": "A", "description": "", "tags": tags })
}

#[test]
fn the_checks_find_what_they_look_for() {
    let amber = json!({ "hue": "amber" });
    let choice = json!([{ "id": "c", "name": "C", "hint": "", "kind": "choice", "values": [
        { "id": "v", "name": "V" }, { "id": "v", "name": "W" }] }]);
    let numbers =
        json!([{ "id": "n", "name": "N", "hint": "", "kind": "number", "minimum": 2, "maximum": 1 }]);
    let text = json!([{ "id": "t", "name": "T", "hint": "", "kind": "text" }]);
    for (tags, problem) in [
        (vec![tag("a", &json!({})), tag("a", &amber)], "two tags have the id a"),
        (vec![tag("a", &json!({})), tag("b", &json!({}))], "two tags are blue and solid"),
        (
            vec![tag("a", &json!({ "key": "1" })), tag("b", &json!({ "hue": "amber", "key": "1" }))],
            "two tags have the key 1",
        ),
        (vec![tag("a", &json!({ "parent": "z" }))], "z, which is above a, is no tag"),
        (vec![tag("a", &json!({ "parent": "a" }))], "a is below itself or below such a tag"),
        (
            vec![tag("a", &json!({ "parent": "b" })), tag("b", &json!({ "parent": "a", "line": "double" }))],
            "a is below itself or below such a tag",
        ),
        (vec![tag("a", &json!({ "attributes": choice }))], "two values of c have the id v"),
        (vec![tag("a", &json!({ "attributes": numbers }))], "no number is within the bounds of n"),
        (
            vec![
                tag("a", &json!({ "attributes": text })),
                tag("b", &json!({ "attributes": text, "line": "dotted" })),
            ],
            "two attributes have the id t",
        ),
    ] {
        let codebook = codebook(&tags);
        assert!(validator().is_valid(&codebook), "{problem}");
        assert_eq!(problems(&codebook).first().map(String::as_str), Some(problem));
    }
}

#[test]
fn the_schema_allows_what_later_versions_add_and_no_mistakes() {
    let validator = validator();
    let attribute = |kind: &str, changes: Value| {
        let mut attribute = json!({ "id": "x", "name": "X", "hint": "", "kind": kind });
        for (key, value) in changes.as_object().unwrap() {
            attribute[key] = value.clone();
        }
        json!({ "attributes": [attribute] })
    };
    let values = json!({ "values": [{ "id": "v", "name": "V" }] });
    for good in [
        json!({ "later": 1 }),
        json!({ "id": "6f1d2c3e-8a57-4b0e-9c55-0d2f7a1b3c4d", "retired": true }),
        json!({ "key": "é" }),
        attribute("choices", values.clone()),
        attribute("number", json!({ "minimum": 0, "maximum": 10, "unit": "years", "asked": true })),
        attribute("date", json!({})),
        attribute("boolean", json!({ "retired": true })),
    ] {
        assert!(validator.is_valid(&codebook(&[tag("a", &good)])), "{good}");
    }
    for bad in [
        json!({ "id": "Claim" }),
        json!({ "id": "a b" }),
        json!({ "name": "" }),
        json!({ "hue": "#336699" }),
        json!({ "line": "wavy" }),
        json!({ "key": "" }),
        json!({ "key": " " }),
        json!({ "key": "12" }),
        json!({ "parent": null }),
        json!({ "retired": false }),
        attribute("choice", json!({})),
        attribute("text", values),
        attribute("text", json!({ "minimum": 1 })),
        attribute("likelyhood", json!({})),
    ] {
        assert!(!validator.is_valid(&codebook(&[tag("a", &bad)])), "{bad}");
    }
    let mut newer = codebook(&[]);
    newer["version"] = json!(2);
    assert!(!validator.is_valid(&newer));
}

/// The first visit shows what earlier versions showed.
#[test]
fn the_default_is_what_the_program_has() {
    let file = &codebooks()["proposal-argument-prediction"];
    let codebook = Codebook::default();
    let cases: Vec<&str> = codebook.borderline_cases().iter().map(|it| &**it).collect();
    assert_eq!(file["borderlineCases"], json!(cases));
    assert_eq!(list(file, "tags").len(), codebook.tags().len());
    for (entry, tag) in list(file, "tags").iter().zip(codebook.tags()) {
        assert_eq!(text(entry, "id"), tag.id.as_str());
        assert_eq!(text(entry, "name"), &*tag.name);
        assert_eq!(text(entry, "definition"), &*tag.definition);
        assert_eq!((text(entry, "hue"), text(entry, "line")), (tag.hue.id(), tag.line.id()));
        assert_eq!(text(entry, "key").parse(), Ok(tag.key.unwrap()));
        assert!(entry.get("parent").is_none());
        assert_eq!(entry["attributes"], tag.attributes.iter().map(|it| attribute(it)).collect::<Value>());
    }
}

/// An attribute as a file has it.
fn attribute(attribute: &Attribute) -> Value {
    let mut entry =
        json!({ "id": attribute.id.as_str(), "name": &*attribute.name, "hint": &*attribute.hint });
    match &attribute.kind {
        AttributeKind::Choice(choices) => {
            entry["kind"] = json!("choice");
            let value = |it: &Choice| json!({ "id": &*it.id, "name": &*it.name });
            entry["values"] = choices.iter().map(value).collect();
        }
        AttributeKind::Text => entry["kind"] = json!("text"),
        // Its values belong to the kind.
        AttributeKind::Likelihood => entry["kind"] = json!("likelihood"),
        other => panic!("the default codebook has no {other:?}"),
    }
    entry
}
