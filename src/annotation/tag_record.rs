//! The record of a tag.

use std::rc::Rc;

use super::{
    interned::{AttributeId, TagId},
    merge::Records,
    record::AnnotationId,
    tag::Tag,
    version::{Timestamp, Version, Versioned},
};

/// The greatest length of an id of a codebook.
const ID_LIMIT: usize = 64;

/// True if an id consists of lower-case letters, digits and hyphens, and is not too long. It can then be a part of a key,
/// of a list, and of a class.
fn is_id(id: &str) -> bool {
    let fits = |it: u8| matches!(it, b'a'..=b'z' | b'0'..=b'9' | b'-');
    !id.is_empty() && id.len() <= ID_LIMIT && id.bytes().all(fits)
}

impl TagId {
    /// A new id from the time and ten random bytes.
    pub fn mint(now: Timestamp, entropy: [u8; 10]) -> Self {
        Self::new(&format!("tag-{}", AnnotationId::mint(now, entropy)))
    }

    /// The id spelled `id`.
    pub fn parse(id: &str) -> Option<Self> {
        Self::is_valid(id).then(|| Self::new(id))
    }

    /// True if some tag can have this id.
    pub fn is_valid(id: &str) -> bool {
        is_id(id)
    }
}

impl AttributeId {
    /// A new id from the time and ten random bytes.
    pub fn mint(now: Timestamp, entropy: [u8; 10]) -> Self {
        Self::new(&format!("attribute-{}", AnnotationId::mint(now, entropy)))
    }

    /// The id spelled `id`.
    pub fn parse(id: &str) -> Option<Self> {
        is_id(id).then(|| Self::new(id))
    }
}

/// A version of a tag: its content, or a tombstone that says it is gone for good.
///
/// A default tag needs no record. Any record with its id supersedes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagRecord {
    /// The id of the tag.
    pub id: TagId,
    /// The version of the record.
    pub version: Version,
    /// When this version was written.
    pub modified: Timestamp,
    /// The tag; `None` is a tombstone.
    pub content: Option<Rc<Tag>>,
}

impl Versioned for TagRecord {
    type Id = TagId;

    fn id(&self) -> &TagId {
        &self.id
    }

    fn supersedes(&self, other: &Self) -> bool {
        (self.version, self.modified, &self.content) > (other.version, other.modified, &other.content)
    }
}

impl Records<TagRecord> {
    /// The record with this id, which may be a tombstone.
    pub fn get(&self, id: TagId) -> Option<&TagRecord> {
        self.find(&id)
    }
}
