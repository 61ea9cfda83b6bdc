//! Phrases that several features use.

use crate::text::{EXCERPT_LENGTH, beginning};

/// A percentage such as `31%`. Says `under 1%` and `over 99%` instead of rounding to `0%` or `100%`.
pub(crate) fn percent(share: f64) -> String {
    match share {
        it if it <= 0.0 => "0%".into(),
        it if it < 1.0 => "under 1%".into(),
        it if it > 99.0 && it < 100.0 => "over 99%".into(),
        it => format!("{it:.0}%"),
    }
}

/// `1 annotation`, `2 annotations`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The beginning of a passage, to identify it.
pub(crate) fn excerpt(words: &str) -> String {
    beginning(words, EXCERPT_LENGTH).into_owned()
}
