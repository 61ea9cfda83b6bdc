//! The stored form of when a tab last saved something.

use serde_json::json;

use super::{entry, fields::parse_all, problem::Reason, time};
use crate::annotation::Timestamp;

/// The version that is written, and the only one that is read.
const TAB_VERSION: u64 = 1;

/// The stored form of when a tab last saved something.
pub fn write_tab(used: Timestamp) -> String {
    json!({ "v": TAB_VERSION, "used": time::write(used) }).to_string()
}

/// Reads when a tab last saved something.
///
/// # Errors
/// If the text is not that form, or a newer program wrote it.
pub fn parse_tab(text: &str) -> Result<Timestamp, Reason> {
    let value = parse_all(text)?;
    let fields = value.as_object().ok_or_else(|| Reason::NotFields { found: entry::describe(&value) })?;
    match entry::integer(fields, "v")? {
        TAB_VERSION => entry::time(fields, "used"),
        found => Err(Reason::Newer { found }),
    }
}
