//! Numbers as the browser writes them.

use js_sys::Number;

/// A number with so many digits behind the point. The standard library's tables and code for that are 7 kB of the download.
pub(crate) fn fixed(number: f64, digits: u8) -> String {
    Number::from(number).to_fixed(digits).map_or_else(|_| String::new(), String::from)
}

/// The number within two bounds. `f64::clamp` prints them when they are wrong, and so brings in what [`fixed`] spares.
pub(crate) fn clamp(number: f64, least: f64, most: f64) -> f64 {
    number.max(least).min(most)
}
