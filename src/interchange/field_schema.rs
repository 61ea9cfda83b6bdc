//! The schemas of single fields, for the transfer types to refer to. Native only.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::annotation::{ATTRIBUTE_LIMIT, Attribute, AttributeKind, Codebook, Tag, YES_NO, likelihood_words};

pub(super) fn time(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "string",
        "format": "date-time",
        "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$",
    })
}

pub(super) fn uuid(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "string",
        "format": "uuid",
        "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    })
}

pub(super) fn sha256(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
}

pub(super) fn replica(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "pattern": "^[0-9a-f]{16}$" })
}

pub(super) fn tag(_: &mut SchemaGenerator) -> Schema {
    let codebook = Codebook::default();
    let ids: Vec<_> = codebook.tags().iter().map(|it| it.id.as_str()).collect();
    json_schema!({ "type": "string", "enum": ids })
}

pub(super) fn percent(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "integer", "minimum": 0, "maximum": 100 })
}

pub(super) fn kind(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "enum": ["choice", "several", "yes-no", "text", "number", "date", "likelihood"] })
}

/// The attributes of one tag; no two tags share an attribute.
pub(super) fn attributes(_: &mut SchemaGenerator) -> Schema {
    let codebook = Codebook::default();
    let of_one = |tag: &Tag| {
        let values: Map<String, Value> =
            tag.attributes.iter().map(|it| (it.id.as_str().to_owned(), values(it))).collect();
        let title = format!("Attributes of {}", tag.id.as_str());
        json!({ "title": title, "properties": values, "additionalProperties": false })
    };
    let of_each: Vec<Value> = codebook.tags().iter().map(|it| of_one(it)).collect();
    json_schema!({ "type": "object", "minProperties": 1, "oneOf": of_each })
}

fn values(attribute: &Attribute) -> Value {
    let words = |ids: Vec<&str>| json!({ "type": "string", "enum": ids });
    match &attribute.kind {
        AttributeKind::Choice(choices) => words(choices.iter().map(|it| &*it.id).collect()),
        AttributeKind::YesNo => words(YES_NO.iter().map(|it| it.0).collect()),
        AttributeKind::Number { .. } => json!({ "type": "number" }),
        AttributeKind::Several(_) | AttributeKind::Date => json!({ "type": "string", "minLength": 1 }),
        AttributeKind::Text => json!({ "type": "string", "minLength": 1, "maxLength": ATTRIBUTE_LIMIT }),
        AttributeKind::Likelihood => json!({ "anyOf": [
            words(likelihood_words().map(|it| it.id).collect()),
            { "type": "number", "minimum": 0, "maximum": 100 },
        ] }),
    }
}
