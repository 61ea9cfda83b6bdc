//! Words that several features say.

use crate::{
    text::{EXCERPT, beginning},
    ui::platform,
};

/// `31%`, and never `0%` or `100%` for what is only nearly so.
pub(crate) fn percent(share: f64) -> String {
    match share {
        it if it <= 0.0 => "0%".into(),
        it if it < 1.0 => "under 1%".into(),
        it if it > 99.0 && it < 100.0 => "over 99%".into(),
        it => format!("{}%", platform::fixed(it, 0)),
    }
}

/// `1 annotation`, `2 annotations`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The beginning of a passage, for telling which one is meant.
pub(crate) fn excerpt(words: &str) -> String {
    beginning(words, EXCERPT).into_owned()
}
