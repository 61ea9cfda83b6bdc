//! The JSON Schemas of an export and of a backup, generated from the transfer types. Native only: the page does not
//! need them.

use schemars::{generate::SchemaSettings, schema_for};

use super::transfer::{BackupFile, File};

/// The JSON Schema of an export, as text.
pub fn schema() -> String {
    // For serialization: a field that may be left out is not required.
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    format!("{:#}\n", generator.into_root_schema_for::<File<'static>>().to_value())
}

/// The JSON Schema of a backup, as text.
pub fn backup_schema() -> String {
    format!("{:#}\n", schema_for!(BackupFile).to_value())
}
