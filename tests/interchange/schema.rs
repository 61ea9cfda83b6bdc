//! The schemas in the repository match the types, and files conform to them.

use std::{env, fs};

use glossator::interchange;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::any::{Sample, context, sample};
use crate::properties::config;

const EXPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/glossator-1.schema.json");
const BACKUP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/glossator-backup-1.schema.json");

/// `GLOSSATOR_BLESS=1 cargo test --test interchange` rewrites them.
#[test]
fn the_schemas_in_the_repository_match_the_types() {
    for (file, schema) in [(EXPORT, interchange::schema()), (BACKUP, interchange::backup_schema())] {
        if env::var_os("GLOSSATOR_BLESS").is_some() {
            fs::write(file, &schema).unwrap();
        }
        let kept = fs::read_to_string(file).unwrap_or_default();
        assert_eq!(kept, schema, "run this test with GLOSSATOR_BLESS=1, and review the change");
    }
}

fn validator_of(file: &str) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

fn validator() -> jsonschema::Validator {
    validator_of(EXPORT)
}

#[test]
fn backups_conform_to_their_schema() {
    let validator = validator_of(BACKUP);
    proptest!(config(256), |(sample in sample())| {
        let file: Value = serde_json::from_str(&sample.backup()).unwrap();
        prop_assert!(validator.is_valid(&file));
        let mut bad = file.clone();
        bad["items"] = json!([["key"]]);
        prop_assert!(!validator.is_valid(&bad));
        bad["items"] = file["items"].clone();
        bad["format"] = json!("glossator");
        prop_assert!(!validator.is_valid(&bad));
    });
}

fn check(sample: &Sample, validator: &jsonschema::Validator) -> Result<(), TestCaseError> {
    let file: Value = serde_json::from_str(&sample.export()).unwrap();
    let errors: Vec<_> = validator.iter_errors(&file).map(|it| it.to_string()).collect();
    prop_assert!(errors.is_empty(), "{errors:?}");
    Ok(())
}

#[test]
fn exports_conform_to_their_schema() {
    let validator = validator();
    proptest!(config(256), |(sample in sample())| check(&sample, &validator)?);
}

#[test]
fn the_schema_refuses_what_is_not_an_export() {
    let validator = validator();
    let article = glossator::text::Library::bundled().iter().next().cloned().unwrap();
    let empty = interchange::write(&context(&[article]), [], glossator::annotation::Timestamp(0)).unwrap();
    let good: Value = serde_json::from_str(&empty).unwrap();
    assert!(validator.is_valid(&good));
    for (field, value) in [
        ("format", json!("doccano")),
        ("version", json!(2)),
        ("version", json!("1")),
        ("exported", json!("yesterday")),
        ("exported", json!("2026-02-30T19:00:00.000Z")),
        ("offsetUnit", json!("utf-16")),
        ("codebook", json!([{ "tag": "opinion", "name": "Opinion", "definition": "" }])),
        ("documents", json!([{ "id": "a" }])),
        ("annotations", json!({})),
        ("annotations", json!([{ "id": "a" }])),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        assert!(!validator.is_valid(&bad), "{field}: {}", bad[field]);
    }
    for field in
        ["format", "version", "exported", "generator", "offsetUnit", "codebook", "documents", "annotations"]
    {
        let mut bad = good.clone();
        bad.as_object_mut().unwrap().remove(field);
        assert!(!validator.is_valid(&bad), "without {field}");
    }
}
