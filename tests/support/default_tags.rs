//! The tags and attributes of the default codebook.
#![allow(dead_code, reason = "not every test uses each tag")]

use std::rc::Rc;

use glossator::annotation::{Attribute, Codebook, Tag, TagId};

/// The ids of all tags, in order.
pub(crate) fn every_tag() -> Vec<TagId> {
    Codebook::default().tags().iter().map(|it| it.id).collect()
}

pub(crate) fn proposal() -> TagId {
    TagId::new("proposal")
}

pub(crate) fn argument() -> TagId {
    TagId::new("argument")
}

pub(crate) fn prediction() -> TagId {
    TagId::new("prediction")
}

/// The tag with this id.
pub(crate) fn tag_of(id: TagId) -> Rc<Tag> {
    Rc::clone(Codebook::default().tag(id).expect("a default tag"))
}

/// The attribute with this id.
pub(crate) fn attribute(id: &str) -> Rc<Attribute> {
    Rc::clone(Codebook::default().find_attribute(id).expect("an attribute of a default tag"))
}

/// True if the tag has the attribute.
pub(crate) fn has(tag: TagId, attribute: &Attribute) -> bool {
    tag_of(tag).attribute(attribute.id.as_str()).is_some()
}
