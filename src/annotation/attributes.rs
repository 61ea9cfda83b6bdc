//! The values that an annotator gives to a tag's attributes.

use std::rc::Rc;

use super::codebook::{Attribute, AttributeKind, BANDS, Choice, Tag, UNQUANTIFIED};

/// Maximum length of an attribute's text, in code points.
pub const ATTRIBUTE_LIMIT: usize = 1_000;

impl Attribute {
    /// The normalized value that `text` spells, or `None` if it is not a value of this attribute.
    pub fn value(&self, text: &str) -> Option<Rc<str>> {
        match &self.kind {
            AttributeKind::Choice(choices) => {
                choices.iter().find(|it| it.id == text).map(|it| Rc::from(it.id))
            }
            AttributeKind::Text => {
                let fits = !text.is_empty() && text.chars().nth(ATTRIBUTE_LIMIT).is_none();
                fits.then(|| Rc::from(text))
            }
            AttributeKind::Likelihood => match likelihood_words().find(|it| it.id == text) {
                Some(words) => Some(Rc::from(words.id)),
                None => percent(text),
            },
        }
    }

    /// A value as a person reads it.
    pub fn shown(&self, value: &str) -> String {
        let named = match &self.kind {
            AttributeKind::Choice(choices) => choices.iter().find(|it| it.id == value),
            AttributeKind::Text => return value.to_owned(),
            AttributeKind::Likelihood => match likelihood_words().find(|it| it.id == value) {
                None => return format!("{value} %"),
                some => some,
            },
        };
        named.map_or(value, |it| it.name).to_owned()
    }
}

/// Every likelihood that is expressed in words.
pub fn likelihood_words() -> impl Iterator<Item = &'static Choice> {
    const WORDS: &[super::codebook::Band] = &BANDS;
    WORDS.iter().map(|it| &it.choice).chain([&UNQUANTIFIED])
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

/// At most one value for each attribute of a tag.
///
/// Belongs to an annotation with that tag. Never contains an attribute that the tag does not have, or a value that the
/// attribute does not accept.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attributes(Vec<(&'static str, Rc<str>)>);

impl Attributes {
    /// The value of an attribute, if it has one.
    pub fn get(&self, attribute: &Attribute) -> Option<&Rc<str>> {
        self.0.iter().find(|(id, _)| *id == attribute.id).map(|(_, value)| value)
    }

    /// True if no attribute has a value.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The attributes of `tag` that have a value, in the codebook's order.
    pub fn of(&self, tag: Tag) -> impl Iterator<Item = (&'static Attribute, &Rc<str>)> {
        tag.attributes().iter().filter_map(|it| Some((it, self.get(it)?)))
    }

    /// A copy with another value for one attribute, or without one if `value` is `None` or the attribute does not
    /// accept it.
    #[must_use]
    pub fn with(&self, attribute: &'static Attribute, value: Option<&str>) -> Self {
        let mut all = self.0.clone();
        all.retain(|(id, _)| *id != attribute.id);
        if let Some(value) = value.and_then(|it| attribute.value(it)) {
            // Sorted by id, so that equal contents compare equal.
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
