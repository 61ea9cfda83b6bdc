//! Likelihoods: in words, with the percentages that these stand for, or in percent.

use std::rc::Rc;

use super::decimal::Decimal;

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

/// A number from 0 to 100 in its shortest spelling.
fn percent(text: &str) -> Option<Rc<str>> {
    let number = Decimal::parse(text)?;
    let fits = number.whole.len() < 3 || (number.whole == "100" && number.part.is_empty());
    (fits && !text.starts_with('-')).then(|| number.spelled().into())
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
