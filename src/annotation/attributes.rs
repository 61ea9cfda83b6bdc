//! The values that an annotator gives to the attributes of a tag.

use std::rc::Rc;

use super::codebook::{Attribute, BANDS, Choice, Kind, Tag, UNQUANTIFIED};

/// The longest text that an attribute takes, in code points.
pub const ATTRIBUTE_LIMIT: usize = 1_000;

impl Attribute {
    /// The value that `text` spells, as it is kept; nothing when it is none of this attribute.
    pub fn value(&self, text: &str) -> Option<Rc<str>> {
        match &self.kind {
            Kind::Choice(choices) => choices.iter().find(|it| it.id == text).map(|it| Rc::from(it.id)),
            Kind::Text => {
                let fits = !text.is_empty() && text.chars().nth(ATTRIBUTE_LIMIT).is_none();
                fits.then(|| Rc::from(text))
            }
            Kind::Likelihood => match likelihood_words().find(|it| it.id == text) {
                Some(words) => Some(Rc::from(words.id)),
                None => percent(text),
            },
        }
    }

    /// A value in the words that a person reads.
    pub fn shown(&self, value: &str) -> String {
        let named = match &self.kind {
            Kind::Choice(choices) => choices.iter().find(|it| it.id == value),
            Kind::Text => return value.to_owned(),
            Kind::Likelihood => match likelihood_words().find(|it| it.id == value) {
                None => return format!("{value} %"),
                some => some,
            },
        };
        named.map_or(value, |it| it.name).to_owned()
    }
}

/// Every likelihood that is said in words.
pub fn likelihood_words() -> impl Iterator<Item = &'static Choice> {
    const WORDS: &[super::codebook::Band] = &BANDS;
    WORDS.iter().map(|it| &it.choice).chain([&UNQUANTIFIED])
}

/// A number from 0 to 100 in its shortest spelling, of 15 digits at most: so many come back from any program's numbers.
///
/// By its digits, since the standard library's way to read a number brings 12 kB of tables and code into the download.
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

/// At most one value for each attribute that the codebook gives a tag.
///
/// Belongs to an annotation with that tag: an attribute that the tag does not have, or a value that it does not take, is
/// never in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attributes(Vec<(&'static str, Rc<str>)>);

impl Attributes {
    /// The value of an attribute, if it has one.
    pub fn get(&self, attribute: &Attribute) -> Option<&Rc<str>> {
        self.0.iter().find(|(id, _)| *id == attribute.id).map(|(_, value)| value)
    }

    /// Whether no attribute has a value.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The values that there are, in the codebook's order.
    pub fn of(&self, tag: Tag) -> impl Iterator<Item = (&'static Attribute, &Rc<str>)> {
        tag.attributes().iter().filter_map(|it| Some((it, self.get(it)?)))
    }

    /// With another value of one attribute, or none. A value that the attribute does not take leaves it without one.
    #[must_use]
    pub fn with(&self, attribute: &'static Attribute, value: Option<&str>) -> Self {
        let mut all = self.0.clone();
        all.retain(|(id, _)| *id != attribute.id);
        if let Some(value) = value.and_then(|it| attribute.value(it)) {
            // By id, so that two are equal that hold the same.
            let place = all.partition_point(|(id, _)| *id < attribute.id);
            all.insert(place, (attribute.id, value));
        }
        Self(all)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Rc, percent};

    proptest! {
        #[test]
        fn a_number_is_spelled_as_numbers_are(text in "[0-9]{0,4}(\\.[0-9]{0,11})?") {
            let number = text.parse::<f64>().ok().filter(|it| *it <= 100.0);
            prop_assert_eq!(percent(&text), number.map(|it| Rc::from(it.to_string())));
        }

        #[test]
        fn a_spelling_stays_what_it_is(text in "[0-9.]{0,40}") {
            if let Some(value) = percent(&text) {
                prop_assert_eq!(percent(&value), Some(value.clone()));
                prop_assert_eq!(value.parse::<f64>().map(|it| Rc::from(it.to_string())), Ok(value));
            }
        }
    }
}
