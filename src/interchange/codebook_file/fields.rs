//! Reads the fields of a tag in a codebook file.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::super::{
    entry,
    problem::Reason,
    stored_tag::{parse_hue, parse_key, parse_line},
    tag_fields::{choice, flag, id_of_attribute, id_of_tag, list, object, parse_texts},
};
use crate::{
    annotation::{Attribute, AttributeKind, Choice, TagId, normal_number},
    session::FileTag,
};

/// Reads a tag. Its parent is only checked, because tags may come in any order.
pub(super) fn tag(value: &Value) -> Result<(FileTag, Option<TagId>), Reason> {
    let Some(fields) = value.as_object() else {
        return Err(Reason::NotTag { found: entry::describe(value) });
    };
    let id = id_of_tag(fields, "id")?;
    let parent = fields.contains_key("parent").then(|| id_of_tag(fields, "parent")).transpose()?;
    let key = parse_key(fields)?;
    if key.is_some_and(char::is_whitespace) {
        return Err(entry::field_error("key", fields.get("key"), "one character that is not a space"));
    }
    let tag = FileTag {
        id: Some(id),
        name: name(fields)?,
        parent: None,
        definition: entry::text(fields, "definition")?.into(),
        examples: required_texts(fields, "examples")?,
        counterexamples: required_texts(fields, "counterexamples")?,
        hue: Some(parse_hue(fields)?),
        line: Some(parse_line(fields)?),
        key,
        attributes: attributes(fields)?,
        retired: Some(flag(fields, "retired")?),
    };
    Ok((tag, parent))
}

fn name(fields: &Map<String, Value>) -> Result<Rc<str>, Reason> {
    let name = entry::text(fields, "name")?;
    if name.trim().is_empty() {
        return Err(entry::field_error("name", fields.get("name"), "a name"));
    }
    Ok(name.into())
}

fn required<'a>(fields: &'a Map<String, Value>, field: &'static str) -> Result<&'a [Value], Reason> {
    if fields.contains_key(field) { list(fields, field) } else { Err(Reason::Missing { field }) }
}

fn required_texts(fields: &Map<String, Value>, field: &'static str) -> Result<Vec<Rc<str>>, Reason> {
    required(fields, field)?;
    parse_texts(fields, field)
}

fn attributes(fields: &Map<String, Value>) -> Result<Vec<Rc<Attribute>>, Reason> {
    let mut all: Vec<Rc<Attribute>> = Vec::new();
    for value in required(fields, "attributes")? {
        let inside = |reason| Reason::InAttribute { name: name_of(value), reason: Box::new(reason) };
        let attribute = attribute(value).map_err(inside)?;
        if all.iter().any(|it| it.id == attribute.id) {
            let id = value.get("id");
            return Err(inside(entry::field_error("id", id, "an id that no other attribute of the tag has")));
        }
        all.push(attribute);
    }
    Ok(all)
}

fn name_of(value: &Value) -> String {
    entry::shorten(value.get("name").or_else(|| value.get("id")).and_then(Value::as_str).unwrap_or_default())
}

fn attribute(value: &Value) -> Result<Rc<Attribute>, Reason> {
    let fields = object(value)?;
    Ok(Rc::new(Attribute {
        id: id_of_attribute(fields)?,
        name: name(fields)?,
        hint: entry::text(fields, "hint")?.into(),
        kind: kind(fields)?,
        asked: flag(fields, "asked")?,
        removed: flag(fields, "retired")?,
    }))
}

fn kind(fields: &Map<String, Value>) -> Result<AttributeKind, Reason> {
    match entry::text(fields, "kind")? {
        "choice" => choices(fields).map(AttributeKind::Choice),
        "choices" => choices(fields).map(AttributeKind::Several),
        "boolean" => Ok(AttributeKind::YesNo),
        "text" => Ok(AttributeKind::Text),
        "number" => Ok(AttributeKind::Number {
            least: bound(fields, "minimum")?,
            most: bound(fields, "maximum")?,
            unit: if fields.contains_key("unit") { entry::text(fields, "unit")?.into() } else { "".into() },
        }),
        "date" => Ok(AttributeKind::Date),
        "likelihood" => Ok(AttributeKind::Likelihood),
        _ => {
            let kinds = "“choice”, “choices”, “boolean”, “text”, “number”, “date” or “likelihood”";
            Err(entry::field_error("kind", fields.get("kind"), kinds))
        }
    }
}

fn choices(fields: &Map<String, Value>) -> Result<Vec<Choice>, Reason> {
    let mut all: Vec<Choice> = Vec::new();
    for value in required(fields, "values")? {
        let choice = choice(value)?;
        if all.iter().any(|it| it.id == choice.id) {
            let id = value.get("id");
            return Err(entry::field_error("id", id, "an id that no other value of the attribute has"));
        }
        all.push(choice);
    }
    Ok(all)
}

fn bound(fields: &Map<String, Value>, field: &'static str) -> Result<Option<Rc<str>>, Reason> {
    let Some(value) = fields.get(field) else { return Ok(None) };
    let number = value.is_number().then(|| entry::text_of(value)).flatten();
    let normal = number.and_then(|it| normal_number(&it));
    let wrong = || entry::field_error(field, Some(value), "a number with at most 15 digits");
    normal.map(|it| Some(it.into())).ok_or_else(wrong)
}
