//! Formatting and clamping numbers without large code.

use js_sys::Number;

/// Formats a number with a fixed number of decimals. Uses the browser, since the standard library would add 7 kB to the
/// download.
pub(crate) fn fixed(number: f64, digits: u8) -> String {
    Number::from(number).to_fixed(digits).map_or_else(|_| String::new(), String::from)
}

/// Clamps a number. `f64::clamp` can panic with formatted numbers, and so would add what [`fixed`] saves.
pub(crate) fn clamp(number: f64, min: f64, max: f64) -> f64 {
    number.max(min).min(max)
}
