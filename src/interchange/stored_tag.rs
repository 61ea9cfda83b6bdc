//! The stored form of a tag's record.

use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::{
    entry,
    fields::parse_all,
    format::TAG_VERSION,
    problem::Reason,
    stored::StoredProblem,
    tag_fields::{attribute, attribute_value, flag, id_of_tag, list, optional_text, parse_texts, texts},
    time,
    transfer::Tombstone,
};
use crate::annotation::{Hue, LineStyle, Tag, TagRecord};

/// The greatest length of the stored form of a tag, in bytes. No command makes a tag that needs half of it.
const LIMIT: usize = 4_000_000;

/// The stored form of a tag's record.
pub fn write_stored_tag(record: &TagRecord) -> String {
    match &record.content {
        None => {
            let id = record.id.as_str().to_owned();
            // Cannot fail: it contains no map, and it writes to memory.
            serde_json::to_string(&Tombstone::new(id, record.modified, record.version)).unwrap_or_default()
        }
        Some(tag) => {
            let mut fields = Map::new();
            fields.insert("v".to_owned(), json!(TAG_VERSION));
            write_tag(tag, &mut fields);
            fields.insert("modified".to_owned(), json!(time::write(record.modified)));
            let replica = record.version.replica.to_string();
            fields.insert(
                "version".to_owned(),
                json!({ "counter": record.version.counter, "replica": replica }),
            );
            Value::Object(fields).to_string()
        }
    }
}

/// Reads the stored form of a tag's record.
///
/// # Errors
/// If it is not valid, or a newer program wrote it.
pub fn parse_stored_tag(text: &str) -> Result<TagRecord, StoredProblem> {
    record(text).map_err(|reason| match reason {
        Reason::Newer { .. } => StoredProblem::Unrecognized(reason),
        _ => StoredProblem::Invalid(reason),
    })
}

fn record(text: &str) -> Result<TagRecord, Reason> {
    if text.len() > LIMIT {
        return Err(Reason::Field {
            field: "definition",
            expected: "shorter",
            found: "too much text".into(),
        });
    }
    let value = parse_all(text)?;
    let fields = value.as_object().ok_or_else(|| Reason::NotFields { found: entry::describe(&value) })?;
    match entry::integer(fields, "v")? {
        TAG_VERSION => {}
        0 => return Err(entry::field_error("v", fields.get("v"), "1 or greater")),
        found => return Err(Reason::Newer { found }),
    }
    let (id, version) = (id_of_tag(fields, "id")?, entry::version(fields)?);
    if fields.contains_key("deleted") {
        return Ok(TagRecord { id, version, modified: entry::time(fields, "deleted")?, content: None });
    }
    let tag = parse_tag(fields)?;
    let modified = entry::time(fields, "modified")?;
    Ok(TagRecord { id, version, modified, content: Some(Rc::new(tag)) })
}

/// Adds the fields of a tag. Those that say nothing are absent.
pub(super) fn write_tag(tag: &Tag, fields: &mut Map<String, Value>) {
    let mut add = |field: &str, value: Value| _ = fields.insert(field.to_owned(), value);
    add("id", json!(tag.id.as_str()));
    add("name", json!(&*tag.name));
    add("definition", json!(&*tag.definition));
    add("hue", json!(tag.hue.id()));
    add("line", json!(tag.line.id()));
    add("place", json!(tag.place));
    for (field, all) in [("examples", &tag.examples), ("counterexamples", &tag.counterexamples)] {
        if !all.is_empty() {
            add(field, texts(all));
        }
    }
    if let Some(key) = tag.key {
        add("key", json!(key.to_string()));
    }
    if let Some(parent) = tag.parent {
        add("parent", json!(parent.as_str()));
    }
    if !tag.attributes.is_empty() {
        add("attributes", tag.attributes.iter().map(|it| attribute_value(it)).collect());
    }
    for (field, is_set) in [("retired", tag.retired), ("removed", tag.removed)] {
        if is_set {
            add(field, Value::Bool(true));
        }
    }
}

/// Reads the fields of a tag.
pub(super) fn parse_tag(fields: &Map<String, Value>) -> Result<Tag, Reason> {
    let attributes: Result<Vec<_>, Reason> = list(fields, "attributes")?.iter().map(attribute).collect();
    let place = entry::integer(fields, "place")?;
    Ok(Tag {
        id: id_of_tag(fields, "id")?,
        name: entry::text(fields, "name")?.into(),
        definition: entry::text(fields, "definition")?.into(),
        examples: parse_texts(fields, "examples")?,
        counterexamples: parse_texts(fields, "counterexamples")?,
        hue: parse_hue(fields)?,
        line: parse_line(fields)?,
        key: parse_key(fields)?,
        parent: fields.contains_key("parent").then(|| id_of_tag(fields, "parent")).transpose()?,
        place: u32::try_from(place).unwrap_or(u32::MAX),
        attributes: attributes?,
        retired: flag(fields, "retired")?,
        removed: flag(fields, "removed")?,
    })
}

pub(super) fn parse_hue(fields: &Map<String, Value>) -> Result<Hue, Reason> {
    let hue = Hue::from_id(entry::text(fields, "hue")?);
    hue.ok_or_else(|| entry::field_error("hue", fields.get("hue"), "the name of a colour"))
}

pub(super) fn parse_line(fields: &Map<String, Value>) -> Result<LineStyle, Reason> {
    let line = LineStyle::from_id(entry::text(fields, "line")?);
    line.ok_or_else(|| entry::field_error("line", fields.get("line"), "the name of a line style"))
}

pub(super) fn parse_key(fields: &Map<String, Value>) -> Result<Option<char>, Reason> {
    let Some(text) = optional_text(fields, "key")? else { return Ok(None) };
    let mut all = text.chars();
    match (all.next(), all.next()) {
        (Some(key), None) => Ok(Some(key)),
        _ => Err(entry::field_error("key", fields.get("key"), "one character")),
    }
}
