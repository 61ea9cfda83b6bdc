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

/// A number from 0 to 100 in its shortest spelling.
fn percent(text: &str) -> Option<Rc<str>> {
    let digits = text.bytes().all(|it| it.is_ascii_digit() || it == b'.');
    let number = text.parse::<f64>().ok().filter(|it| digits && (0.0..=100.0).contains(it))?;
    Some(number.to_string().into())
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
