//! The JSON Schemas of an export and of a backup, made from the transfer types. Native only: the page has no use for
//! them.

use schemars::{Schema, SchemaGenerator, json_schema, schema_for};

use super::transfer::{BackupFile, File};
use crate::annotation::Tag;

/// The JSON Schema of an export, as text.
pub fn schema() -> String {
    format!("{:#}\n", schema_for!(File<'static>).to_value())
}

/// The JSON Schema of a backup, as text.
pub fn backup_schema() -> String {
    format!("{:#}\n", schema_for!(BackupFile).to_value())
}

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
    json_schema!({ "type": "string", "enum": Tag::ALL.map(Tag::id) })
}
