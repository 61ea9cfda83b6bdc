//! Likelihoods: in words, with the percentages that these stand for, or in percent.

use std::rc::Rc;

/// A likelihood in words.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    /// The id in files and stored records.
    pub id: &'static str,
    /// The name that a person reads.
    pub name: &'static str,
}

/// A likelihood in words, and the percentages that they stand for.
#[derive(Debug, PartialEq, Eq)]
pub struct Band {
    /// The words, as a value to choose.
    pub words: Words,
    /// The lower bound, in percent.
    pub from: u8,
    /// The upper bound, in percent.
    pub to: u8,
}

const fn band(id: &'static str, name: &'static str, from: u8, to: u8) -> Band {
    Band { words: Words { id, name }, from, to }
}

/// The likelihood terms of US Intelligence Community Directive 203, the least likely first.
pub const BANDS: [Band; 7] = [
    band("almost-no-chance", "Almost no chance", 1, 5),
    band("very-unlikely", "Very unlikely", 5, 20),
    band("unlikely", "Unlikely", 20, 45),
    band("roughly-even", "Roughly even chance", 45, 55),
    band("likely", "Likely", 55, 80),
    band("very-likely", "Very likely", 80, 95),
    band("almost-certain", "Almost certain", 95, 99),
];

/// The text leaves the likelihood open.
pub const UNQUANTIFIED: Words = Words { id: "unquantified", name: "Unquantified" };

/// Every likelihood that is expressed in words.
pub fn likelihood_words() -> impl Iterator<Item = &'static Words> {
    const WORDS: &[Band] = &BANDS;
    WORDS.iter().map(|it| &it.words).chain([&UNQUANTIFIED])
}

/// The normalized likelihood that `text` spells.
pub(super) fn likelihood(text: &str) -> Option<Rc<str>> {
    named(text).map(|it| Rc::from(it.id)).or_else(|| percent(text))
}

/// A likelihood as a person reads it.
pub(super) fn shown(value: &str) -> String {
    named(value).map_or_else(|| format!("{value} %"), |it| it.name.to_owned())
}

fn named(id: &str) -> Option<&'static Words> {
    likelihood_words().find(|it| it.id == id)
}

/// A number from 0 to 100 in its shortest spelling, with at most 15 digits, which every program's numbers preserve.
///
/// Works on the digits, because the standard library's number parser would add 12 kB to the download.
fn percent(text: &str) -> Option<Rc<str>> {
    const DIGITS: usize = 15;
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if whole.len() + part.len() == 0 || !whole.bytes().chain(part.bytes()).all(|it| it.is_ascii_digit()) {
        return None;
    }
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    let fits = whole.len() < 3 || (whole == "100" && part.is_empty());
    let room = DIGITS.checked_sub(whole.len())?;
    let part = part[..part.len().min(room)].trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    fits.then(|| if part.is_empty() { whole.into() } else { format!("{whole}.{part}").into() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Rc, percent};

    proptest! {
        #[test]
        fn percent_is_spelled_like_a_standard_number(text in "[0-9]{0,4}(\\.[0-9]{0,11})?") {
            let number = text.parse::<f64>().ok().filter(|it| *it <= 100.0);
            prop_assert_eq!(percent(&text), number.map(|it| Rc::from(it.to_string())));
        }

        #[test]
        fn normalizing_twice_changes_nothing(text in "[0-9.]{0,40}") {
            if let Some(value) = percent(&text) {
                prop_assert_eq!(percent(&value), Some(value.clone()));
                prop_assert_eq!(value.parse::<f64>().map(|it| Rc::from(it.to_string())), Ok(value));
            }
        }
    }
}
