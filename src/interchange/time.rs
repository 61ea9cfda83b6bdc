//! Times as files have them: RFC 3339, UTC, milliseconds.

use std::time::{Duration, SystemTime};

use crate::annotation::Timestamp;

/// The last millisecond of the year 9999, behind which RFC 3339 has no way to write a time.
const LAST: u64 = 253_402_300_799_999;

/// `2026-11-21T19:00:00.000Z`
pub(super) fn write(time: Timestamp) -> String {
    let since_epoch = Duration::from_millis(time.0.min(LAST));
    humantime::format_rfc3339_millis(SystemTime::UNIX_EPOCH + since_epoch).to_string()
}

/// Nothing for a text that is no time, for one before 1970, and for one with an offset other than zero.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let since_epoch = humantime::parse_rfc3339(text).ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    u64::try_from(since_epoch.as_millis()).ok().map(Timestamp)
}
