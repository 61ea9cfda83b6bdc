//! What is known of a tab that keeps something for itself: when it last did.

use serde_json::json;

use super::{entry, fields::whole_value, problem::Reason, time};
use crate::annotation::Timestamp;

/// The version of the form that is written, and the only one that is read.
const TAB_VERSION: u64 = 1;

/// The form in which it is kept when a tab last kept something.
pub fn write_tab(used: Timestamp) -> String {
    json!({ "v": TAB_VERSION, "used": time::write(used) }).to_string()
}

/// Reads when a tab last kept something.
///
/// # Errors
/// When it is not that.
pub fn parse_tab(text: &str) -> Result<Timestamp, Reason> {
    let value = whole_value(text)?;
    let fields = value.as_object().ok_or_else(|| Reason::NotFields { found: entry::describe(&value) })?;
    match entry::whole(fields, "v")? {
        TAB_VERSION => entry::time(fields, "used"),
        found => Err(Reason::Newer { found }),
    }
}
