//! The stored form of edits of tags, as a part of a step.

use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::{
    entry,
    problem::Reason,
    stored_tag::{parse_hue, parse_key, parse_line, parse_tag, write_tag},
    tag_fields::{attribute, attribute_value, id_of_tag, optional_text, parse_texts, texts},
};
use crate::{
    annotation::{AttributeId, TagId},
    session::{TagChange, TagEdit},
};

/// The stored form of an edit of a tag.
pub(super) fn tag_edit(edit: &TagEdit) -> Value {
    let (kind, field, value) = match &edit.change {
        TagChange::Add(tag) => {
            let mut fields = Map::new();
            write_tag(tag, &mut fields);
            ("add", "to", Value::Object(fields))
        }
        TagChange::Name(it) => ("name", "value", json!(&**it)),
        TagChange::Definition(it) => ("definition", "value", json!(&**it)),
        TagChange::Examples(it) => ("examples", "values", texts(it)),
        TagChange::Counterexamples(it) => ("counterexamples", "values", texts(it)),
        TagChange::Look(hue, line) => {
            return json!({ "edit": "look", "id": edit.id.as_str(), "hue": hue.id(), "line": line.id() });
        }
        TagChange::Key(it) => ("key", "key", json!(it.map(String::from))),
        TagChange::Place(parent, place) => {
            let parent = parent.map(TagId::as_str);
            return json!({ "edit": "place", "id": edit.id.as_str(), "parent": parent, "place": place });
        }
        TagChange::Attribute(it) => ("attribute", "to", attribute_value(it)),
        TagChange::Order(ids) => ("order", "values", ids.iter().map(|it| json!(it.as_str())).collect()),
        TagChange::Retired(it) => ("retired", "value", json!(it)),
        TagChange::Removed(it) => ("removed", "value", json!(it)),
    };
    json!({ "edit": kind, "id": edit.id.as_str(), field: value })
}

/// Reads an edit of a tag.
pub(super) fn parse_tag_edit(fields: &Map<String, Value>) -> Result<TagEdit, Reason> {
    let text = || entry::text(fields, "value").map(Rc::from);
    let is_set = || match fields.get("value") {
        Some(Value::Bool(it)) => Ok(*it),
        other => Err(entry::field_error("value", other, "true or false")),
    };
    let change = match entry::text(fields, "edit")? {
        "add" => TagChange::Add(Rc::new(parse_tag(object(fields, "to")?)?)),
        "name" => TagChange::Name(text()?),
        "definition" => TagChange::Definition(text()?),
        "examples" => TagChange::Examples(parse_texts(fields, "values")?),
        "counterexamples" => TagChange::Counterexamples(parse_texts(fields, "values")?),
        "look" => TagChange::Look(parse_hue(fields)?, parse_line(fields)?),
        "key" => TagChange::Key(parse_key(fields)?),
        "place" => {
            let parent = optional_text(fields, "parent")?.map(|_| id_of_tag(fields, "parent")).transpose()?;
            let place = u32::try_from(entry::integer(fields, "place")?);
            let place = place.map_err(|_| entry::field_error("place", fields.get("place"), "a place"))?;
            TagChange::Place(parent, place)
        }
        "attribute" => TagChange::Attribute(attribute(fields.get("to").unwrap_or(&Value::Null))?),
        "order" => TagChange::Order(attribute_ids(fields)?),
        "retired" => TagChange::Retired(is_set()?),
        "removed" => TagChange::Removed(is_set()?),
        _ => return Err(entry::field_error("edit", fields.get("edit"), "a kind of change")),
    };
    Ok(TagEdit { id: id_of_tag(fields, "id")?, change })
}

fn object<'a>(fields: &'a Map<String, Value>, field: &'static str) -> Result<&'a Map<String, Value>, Reason> {
    let value = fields.get(field);
    value.and_then(Value::as_object).ok_or_else(|| entry::field_error(field, value, "an object"))
}

fn attribute_ids(fields: &Map<String, Value>) -> Result<Vec<AttributeId>, Reason> {
    let wrong = || entry::field_error("values", fields.get("values"), "ids of attributes");
    let ids = parse_texts(fields, "values")?;
    ids.iter().map(|it| AttributeId::parse(it).ok_or_else(wrong)).collect()
}
