//! The values that an annotator gives to a tag's attributes.

use std::rc::Rc;

use super::{
    decimal::{Decimal, is_date},
    interned::AttributeId,
    likelihood,
    tag::{Attribute, AttributeKind, Choice, Tag},
};

/// The ids and names of the values of [`AttributeKind::YesNo`].
pub const YES_NO: [(&str, &str); 2] = [("yes", "Yes"), ("no", "No")];

/// Maximum length of an attribute's text, in code points.
pub const ATTRIBUTE_LIMIT: usize = 1_000;

impl Attribute {
    /// The normalized value that `text` spells, or `None` if it is not a value of this attribute.
    pub fn value(&self, text: &str) -> Option<Rc<str>> {
        match &self.kind {
            AttributeKind::Choice(choices) => chosen(choices, text).map(|it| Rc::clone(&it.id)),
            AttributeKind::Several(choices) => several(choices, text),
            AttributeKind::YesNo => YES_NO.iter().find(|it| it.0 == text).map(|it| it.0.into()),
            AttributeKind::Number { .. } => Decimal::parse(text).map(|it| it.spelled().into()),
            AttributeKind::Date => is_date(text).then(|| text.into()),
            AttributeKind::Text => {
                let fits = !text.is_empty() && text.chars().nth(ATTRIBUTE_LIMIT).is_none();
                fits.then(|| Rc::from(text))
            }
            AttributeKind::Likelihood => likelihood::likelihood(text),
        }
    }

    /// As [`Attribute::value`], within the bounds that a number may have. Files may have others, because bounds change.
    pub fn entered(&self, text: &str) -> Option<Rc<str>> {
        self.value(text).filter(|it| self.kind.is_within_bounds(it))
    }

    /// A value as a person reads it.
    pub fn shown(&self, value: &str) -> String {
        match &self.kind {
            AttributeKind::Choice(choices) => chosen(choices, value).map_or(value, |it| &*it.name).to_owned(),
            AttributeKind::Several(choices) => {
                let name = |id| chosen(choices, id).map_or(id, |it| &*it.name);
                value.split(' ').map(name).collect::<Vec<_>>().join(", ")
            }
            AttributeKind::YesNo => {
                YES_NO.iter().find(|it| it.0 == value).map_or(value, |it| it.1).to_owned()
            }
            AttributeKind::Number { unit, .. } => [value, unit].join(" ").trim_end().to_owned(),
            AttributeKind::Text | AttributeKind::Date => value.to_owned(),
            AttributeKind::Likelihood => likelihood::shown(value),
        }
    }
}

impl AttributeKind {
    /// True if a value is within the bounds of a number, or if it is no number.
    pub fn is_within_bounds(&self, value: &str) -> bool {
        let Self::Number { least, most, .. } = self else { return true };
        let (least, most, here) = (number(least.as_ref()), number(most.as_ref()), Decimal::parse(value));
        least.is_none_or(|it| here >= Some(it)) && most.is_none_or(|it| here <= Some(it))
    }
}

fn number(text: Option<&Rc<str>>) -> Option<Decimal<'_>> {
    Decimal::parse(text?)
}

/// The ids of the chosen values in the codebook's order.
fn several(choices: &[Choice], text: &str) -> Option<Rc<str>> {
    let ids: Vec<&str> = text.split_whitespace().collect();
    let known = choices.iter().map(|it| &*it.id).filter(|it| ids.contains(it));
    let fits = !ids.is_empty() && ids.iter().all(|it| chosen(choices, it).is_some());
    fits.then(|| known.collect::<Vec<_>>().join(" ").into())
}

fn chosen<'a>(choices: &'a [Choice], id: &str) -> Option<&'a Choice> {
    choices.iter().find(|it| *it.id == *id)
}

/// At most one value for each attribute of a tag.
///
/// Belongs to an annotation with that tag. What puts a value in has checked that the codebook gives the tag the
/// attribute, and that the attribute accepts the value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attributes(Vec<(AttributeId, Rc<str>)>);

impl Attributes {
    /// The value of an attribute, if it has one.
    pub fn get(&self, attribute: AttributeId) -> Option<&Rc<str>> {
        self.0.iter().find(|(id, _)| *id == attribute).map(|(_, value)| value)
    }

    /// True if no attribute has a value.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every attribute that has a value, by id.
    pub fn iter(&self) -> impl Iterator<Item = (AttributeId, &Rc<str>)> {
        self.0.iter().map(|(id, value)| (*id, value))
    }

    /// The attributes of `tag` that have a value, in the codebook's order.
    pub fn of<'a>(&'a self, tag: &'a Tag) -> impl Iterator<Item = (&'a Rc<Attribute>, &'a Rc<str>)> {
        tag.attributes.iter().filter_map(|it| Some((it, self.get(it.id)?)))
    }

    /// A copy with another value for one attribute, or without one if `value` is `None`.
    #[must_use]
    pub fn with(&self, attribute: AttributeId, value: Option<Rc<str>>) -> Self {
        let mut all = self.0.clone();
        all.retain(|(id, _)| *id != attribute);
        if let Some(value) = value {
            // Sorted by id, so that equal contents compare equal.
            let place = all.partition_point(|(id, _)| *id < attribute);
            all.insert(place, (attribute, value));
        }
        Self(all)
    }
}
