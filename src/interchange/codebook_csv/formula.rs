//! Keeps spreadsheets from running a text as a formula: an apostrophe before it makes it a text.

use std::borrow::Cow;

/// What a formula begins with, also as wide characters, which some versions of Excel take for the same.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The field with an apostrophe if a spreadsheet could run it.
pub(super) fn guard(field: &str) -> Cow<'_, str> {
    if needs_guard(field) { format!("'{field}").into() } else { field.into() }
}

/// The field without the apostrophe of [`guard`].
pub(super) fn unguard(field: &str) -> &str {
    field.strip_prefix('\'').filter(|it| needs_guard(it)).unwrap_or(field)
}

/// Whether a sign comes first, behind white space or apostrophes at most. A text that has an apostrophe there already
/// gets another, so that removing one gives it back.
fn needs_guard(field: &str) -> bool {
    let rest = field.trim_start_matches(|c: char| c == '\'' || c.is_whitespace());
    let begins_with_break = field.trim_start_matches('\'').starts_with(['\t', '\r', '\n']);
    begins_with_break || rest.starts_with(SIGNS)
}
