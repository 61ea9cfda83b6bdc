//! Single fields of the stored form of a tag, and its attributes.

use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::{entry, problem::Reason};
use crate::annotation::{Attribute, AttributeId, AttributeKind, Choice, TagId};

/// What an id of a codebook looks like, in words.
const ID: &str = "1 to 64 lower-case letters, digits and hyphens";

pub(super) fn id_of_tag(fields: &Map<String, Value>, field: &'static str) -> Result<TagId, Reason> {
    let id = TagId::parse(entry::text(fields, field)?);
    id.ok_or_else(|| entry::field_error(field, fields.get(field), ID))
}

/// The id of an attribute.
pub(super) fn id_of_attribute(fields: &Map<String, Value>) -> Result<AttributeId, Reason> {
    let id = AttributeId::parse(entry::text(fields, "id")?);
    id.ok_or_else(|| entry::field_error("id", fields.get("id"), ID))
}

/// A field that is true, or absent.
pub(super) fn flag(fields: &Map<String, Value>, field: &'static str) -> Result<bool, Reason> {
    match fields.get(field) {
        None => Ok(false),
        Some(Value::Bool(it)) => Ok(*it),
        other => Err(entry::field_error(field, other, "true or false")),
    }
}

/// A text, or `None` if the field is absent or null.
pub(super) fn optional_text<'a>(
    fields: &'a Map<String, Value>,
    field: &'static str,
) -> Result<Option<&'a str>, Reason> {
    match fields.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(_) => entry::text(fields, field).map(Some),
    }
}

/// A list; empty if the field is absent.
pub(super) fn list<'a>(fields: &'a Map<String, Value>, field: &'static str) -> Result<&'a [Value], Reason> {
    match fields.get(field) {
        None => Ok(&[]),
        Some(Value::Array(all)) => Ok(all),
        other => Err(entry::field_error(field, other, "a list")),
    }
}

pub(super) fn texts(all: &[Rc<str>]) -> Value {
    all.iter().map(|it| json!(&**it)).collect()
}

pub(super) fn parse_texts(fields: &Map<String, Value>, field: &'static str) -> Result<Vec<Rc<str>>, Reason> {
    let text = |it: &Value| it.as_str().map(Rc::from);
    let all = list(fields, field)?.iter();
    all.map(|it| text(it).ok_or_else(|| entry::field_error(field, Some(it), "a list of texts"))).collect()
}

/// The stored form of an attribute.
pub(super) fn attribute_value(attribute: &Attribute) -> Value {
    let mut fields = Map::new();
    let mut add = |field: &str, value: Value| _ = fields.insert(field.to_owned(), value);
    add("id", json!(attribute.id.as_str()));
    add("name", json!(&*attribute.name));
    add("hint", json!(&*attribute.hint));
    let kind = match &attribute.kind {
        AttributeKind::Choice(_) => "choice",
        AttributeKind::Several(_) => "several",
        AttributeKind::YesNo => "yes-no",
        AttributeKind::Number { .. } => "number",
        AttributeKind::Date => "date",
        AttributeKind::Text => "text",
        AttributeKind::Likelihood => "likelihood",
    };
    add("kind", json!(kind));
    let choices = attribute.kind.choices();
    if !choices.is_empty() {
        add("values", choices.iter().map(choice_value).collect());
    }
    if let AttributeKind::Number { least, most, unit } = &attribute.kind {
        for (field, bound) in [("least", least), ("most", most)] {
            if let Some(bound) = bound {
                add(field, json!(&**bound));
            }
        }
        add("unit", json!(&**unit));
    }
    for (field, is_set) in [("asked", attribute.asked), ("removed", attribute.removed)] {
        if is_set {
            add(field, Value::Bool(true));
        }
    }
    Value::Object(fields)
}

fn choice_value(choice: &Choice) -> Value {
    let mut value = json!({ "id": &*choice.id, "name": &*choice.name });
    if choice.retired {
        value["retired"] = Value::Bool(true);
    }
    value
}

/// Reads an attribute.
pub(super) fn attribute(value: &Value) -> Result<Rc<Attribute>, Reason> {
    let fields = object(value)?;
    Ok(Rc::new(Attribute {
        id: id_of_attribute(fields)?,
        name: entry::text(fields, "name")?.into(),
        hint: entry::text(fields, "hint")?.into(),
        kind: kind(fields)?,
        asked: flag(fields, "asked")?,
        removed: flag(fields, "removed")?,
    }))
}

fn kind(fields: &Map<String, Value>) -> Result<AttributeKind, Reason> {
    let choices = || list(fields, "values")?.iter().map(choice).collect::<Result<Vec<_>, Reason>>();
    match entry::text(fields, "kind")? {
        "choice" => choices().map(AttributeKind::Choice),
        "several" => choices().map(AttributeKind::Several),
        "yes-no" => Ok(AttributeKind::YesNo),
        "number" => Ok(AttributeKind::Number {
            least: optional_text(fields, "least")?.map(Rc::from),
            most: optional_text(fields, "most")?.map(Rc::from),
            unit: entry::text(fields, "unit")?.into(),
        }),
        "date" => Ok(AttributeKind::Date),
        "text" => Ok(AttributeKind::Text),
        "likelihood" => Ok(AttributeKind::Likelihood),
        _ => Err(entry::field_error("kind", fields.get("kind"), "a kind of attribute")),
    }
}

/// Reads a value to choose.
pub(super) fn choice(value: &Value) -> Result<Choice, Reason> {
    let fields = object(value)?;
    let id = entry::text(fields, "id")?;
    if id.is_empty() || id.contains(char::is_whitespace) {
        return Err(entry::field_error("id", fields.get("id"), "a text without spaces"));
    }
    let (id, name) = (id.into(), entry::text(fields, "name")?.into());
    Ok(Choice { id, name, retired: flag(fields, "retired")? })
}

/// The fields of a part of a tag.
pub(super) fn object(value: &Value) -> Result<&Map<String, Value>, Reason> {
    value.as_object().ok_or_else(|| Reason::NotFields { found: entry::describe(value) })
}
