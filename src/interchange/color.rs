//! Reads and writes colours as other programs spell them.

use super::code_tree::Rgb;

/// The colour of `#rrggbb`, `#rgb`, either without `#` or with transparency, `rgb(…)` or `rgba(…)`. Transparency is
/// dropped.
pub(super) fn parse_color(text: &str) -> Option<Rgb> {
    let text = text.trim();
    let arguments = text.strip_suffix(')').and_then(|it| it.split_once('('));
    match arguments {
        Some((name, values)) => named(name).then(|| decimal(values)).flatten(),
        None => hexadecimal(text.strip_prefix('#').unwrap_or(text)),
    }
}

fn named(function: &str) -> bool {
    ["rgb", "rgba"].iter().any(|it| function.trim().eq_ignore_ascii_case(it))
}

fn hexadecimal(digits: &str) -> Option<Rgb> {
    let values: Option<Vec<u8>> =
        digits.chars().map(|it| it.to_digit(16).and_then(|it| u8::try_from(it).ok())).collect();
    let values = values?;
    match values.len() {
        3 | 4 => Some([0, 1, 2].map(|at| 17 * values[at])),
        6 | 8 => Some([0, 2, 4].map(|at| 16 * values[at] + values[at + 1])),
        _ => None,
    }
}

/// Three numbers from 0 to 255, and perhaps a fourth, separated by commas.
fn decimal(values: &str) -> Option<Rgb> {
    let values: Vec<_> = values.split(',').map(str::trim).collect();
    let ([r, g, b] | [r, g, b, _]) = *values else { return None };
    Some([r.parse().ok()?, g.parse().ok()?, b.parse().ok()?])
}

/// The colour as `#rrggbb`, in lower case.
pub(super) fn write_color([r, g, b]: Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}
