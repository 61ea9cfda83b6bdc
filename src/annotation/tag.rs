//! A tag and its attributes, as a codebook defines them.

use std::rc::Rc;

use super::{
    interned::{AttributeId, TagId},
    palette::{Hue, LineStyle},
};

/// A category that an annotator assigns to passages.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The key that gives it.
    pub key: Option<char>,
    /// The tag under which it is listed.
    pub parent: Option<TagId>,
    /// Its attributes, all optional, in the order in which the form shows them.
    pub attributes: Vec<Rc<Attribute>>,
    /// True if it is kept where it is used, but not offered any more.
    pub retired: bool,
    /// The colour of its highlights, lines and name.
    pub hue: Hue,
    /// How the line under its highlights is drawn.
    pub line: LineStyle,
}

impl Tag {
    /// Its attribute with this id.
    pub fn attribute(&self, id: &str) -> Option<&Rc<Attribute>> {
        self.attributes.iter().find(|it| it.id.as_str() == id)
    }
}

/// Something that can be said of a passage in addition to its tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The id, which never changes.
    pub id: AttributeId,
    /// The name that a person reads.
    pub name: Rc<str>,
    /// What it asks for, in a few words.
    pub hint: Rc<str>,
    /// The values that it accepts.
    pub kind: AttributeKind,
    /// True if its values are kept, but not asked for any more.
    pub retired: bool,
}

impl Attribute {
    /// True if a person types its values.
    pub fn is_typed(&self) -> bool {
        !matches!(self.kind, AttributeKind::Choice(_))
    }
}

/// The values that an attribute accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeKind {
    /// One of a few choices.
    Choice(Vec<Choice>),
    /// Free text.
    Text,
    /// A likelihood in [words](super::likelihood_words) or in percent.
    Likelihood,
}

/// A value to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The id in files and stored records.
    pub id: Rc<str>,
    /// The name that a person reads.
    pub name: Rc<str>,
}
