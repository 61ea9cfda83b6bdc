//! Times in files: RFC 3339, UTC, with milliseconds.

use std::time::{Duration, SystemTime};

use crate::annotation::Timestamp;

/// The last millisecond of the year 9999: RFC 3339 cannot express later times.
const LAST: u64 = 253_402_300_799_999;

/// `2026-11-21T19:00:00.000Z`
pub(super) fn write(time: Timestamp) -> String {
    let since_epoch = Duration::from_millis(time.0.min(LAST));
    humantime::format_rfc3339_millis(SystemTime::UNIX_EPOCH + since_epoch).to_string()
}

/// `None` if the text is not a time, is before 1970, or has a UTC offset other than zero.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let since_epoch = humantime::parse_rfc3339(text).ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    u64::try_from(since_epoch.as_millis()).ok().map(Timestamp)
}
