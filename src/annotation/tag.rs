//! A tag and its attributes, as a codebook defines them.

use std::rc::Rc;

use super::{
    interned::{AttributeId, TagId},
    palette::{Hue, LineStyle},
};

/// A category that an annotator assigns to passages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag {
    /// The id, which never changes.
    pub id: TagId,
    /// The name that a person reads.
    pub name: Rc<str>,
    /// What belongs under the tag, in a few sentences.
    pub definition: Rc<str>,
    /// Passages that belong under it.
    pub examples: Vec<Rc<str>>,
    /// Passages that could seem to belong under it and do not.
    pub counterexamples: Vec<Rc<str>>,
    /// The colour.
    pub hue: Hue,
    /// How the line under its passages is drawn.
    pub line: LineStyle,
    /// The key that gives it.
    pub key: Option<char>,
    /// The tag under which it is listed.
    pub parent: Option<TagId>,
    /// The position among its siblings, in ascending order.
    pub place: u32,
    /// Its attributes, all optional, in the order in which the form shows them.
    pub attributes: Vec<Rc<Attribute>>,
    /// True if it is kept where it is used, but not offered any more.
    pub retired: bool,
    /// True if a person removed it. It is kept for annotations that another tab gives it at the same time, and can come
    /// back.
    pub removed: bool,
}

impl Tag {
    /// Its attribute with this id.
    pub fn attribute(&self, id: &str) -> Option<&Rc<Attribute>> {
        self.attributes.iter().find(|it| it.id.as_str() == id)
    }

    /// True if annotators can give it.
    pub fn is_offered(&self) -> bool {
        !self.retired && !self.removed
    }
}

/// Something that can be said of a passage in addition to its tag.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attribute {
    /// The id, which never changes.
    pub id: AttributeId,
    /// The name that a person reads.
    pub name: Rc<str>,
    /// What it asks for, in a few words.
    pub hint: Rc<str>,
    /// The values that it accepts.
    pub kind: AttributeKind,
    /// True if it is asked for as soon as the tag is given.
    pub asked: bool,
    /// True if a person removed it. Values that annotations have are kept, and it can come back.
    pub removed: bool,
}

impl Attribute {
    /// The attribute, removed: its values are kept, and it can come back.
    pub fn without_offer(&self) -> Rc<Self> {
        Rc::new(Self { removed: true, ..self.clone() })
    }

    /// True if a person types its values.
    pub fn is_typed(&self) -> bool {
        !matches!(self.kind, AttributeKind::Choice(_) | AttributeKind::Several(_) | AttributeKind::YesNo)
    }
}

/// The values that an attribute accepts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AttributeKind {
    /// One of a few choices.
    Choice(Vec<Choice>),
    /// Several of a few choices: their ids in the codebook's order, separated by spaces.
    Several(Vec<Choice>),
    /// `yes` or `no`.
    YesNo,
    /// Free text.
    Text,
    /// A decimal number.
    Number {
        /// The least number that a person can enter, in normal spelling.
        least: Option<Rc<str>>,
        /// The greatest number that a person can enter, in normal spelling.
        most: Option<Rc<str>>,
        /// What is counted or measured; may be empty.
        unit: Rc<str>,
    },
    /// A date, or only a month or a year: YYYY-MM-DD, YYYY-MM or YYYY.
    Date,
    /// A likelihood in [words](super::likelihood_words) or in percent.
    Likelihood,
}

/// A value to choose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// The id in files and stored records.
    pub id: Rc<str>,
    /// The name that a person reads.
    pub name: Rc<str>,
    /// True if it is kept where it is used, but not offered any more.
    pub retired: bool,
}

impl AttributeKind {
    /// The values to choose from; none if it has no list of them.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Choice(choices) | Self::Several(choices) => choices,
            Self::YesNo | Self::Text | Self::Number { .. } | Self::Date | Self::Likelihood => &[],
        }
    }

    /// True if files have its values as JSON numbers.
    pub fn is_numeric(&self) -> bool {
        matches!(self, Self::Number { .. } | Self::Likelihood)
    }

    /// True if an attribute of this kind can become `other` without making any value meaningless: values may be added,
    /// renamed, sorted and retired, but not dropped.
    pub fn becomes(&self, other: &Self) -> bool {
        let has = |id: &str| other.choices().iter().any(|it| *it.id == *id);
        std::mem::discriminant(self) == std::mem::discriminant(other)
            && self.choices().iter().all(|it| has(&it.id))
    }
}
