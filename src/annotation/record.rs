//! One annotation, and the record that carries it between tabs, files and machines.

use std::{fmt, rc::Rc, str::FromStr};

use uuid::Uuid;

use super::{
    attributes::Attributes,
    codebook::Tag,
    version::{Timestamp, Version, Versioned},
};
use crate::text::{ArticleId, Span};

/// What names an annotation for good: a version 7 UUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnnotationId(Uuid);

impl AnnotationId {
    /// Before every other.
    pub(super) const FIRST: Self = Self(Uuid::nil());

    /// A new name from the time and ten random bytes.
    pub fn mint(now: Timestamp, entropy: [u8; 10]) -> Self {
        Self(uuid::Builder::from_unix_timestamp_millis(now.0, &entropy).into_uuid())
    }

    /// New names, each another, from the same time and chance.
    pub fn mint_many(now: Timestamp, entropy: [u8; 10]) -> impl Iterator<Item = Self> {
        let [start @ .., a, b, c, d] = entropy;
        (0..=u32::MAX).map(move |number| {
            let mut bytes = [0; 10];
            bytes[..6].copy_from_slice(&start);
            bytes[6..].copy_from_slice(&u32::from_be_bytes([a, b, c, d]).wrapping_add(number).to_be_bytes());
            Self::mint(now, bytes)
        })
    }
}

impl fmt::Display for AnnotationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl FromStr for AnnotationId {
    type Err = uuid::Error;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Uuid::try_parse(s).map(Self)
    }
}

/// A passage, its tag and what the annotator says of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Annotation {
    /// The article that it is on.
    pub article: ArticleId,
    /// The passage.
    pub span: Span,
    /// What the passage is.
    pub tag: Tag,
    /// The annotator's words; empty when there are none.
    pub note: Rc<str>,
    /// What else the annotator says of it, as far as the codebook asks for it under this tag.
    pub attributes: Attributes,
    /// When it was made.
    pub created: Timestamp,
}

/// A version of an annotation: its content, or a tombstone that says it was deleted.
///
/// Records are ordered by version first. The rest of the order only matters for two that claim the same version and
/// differ, which no sound program writes: it makes every replica choose the same one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Which annotation.
    pub id: AnnotationId,
    /// Which version of it.
    pub version: Version,
    /// When this version was written.
    pub modified: Timestamp,
    /// The content; `None` is a tombstone.
    pub content: Option<Rc<Annotation>>,
}

impl Versioned for Record {
    type Id = AnnotationId;

    fn id(&self) -> &AnnotationId {
        &self.id
    }

    fn supersedes(&self, other: &Self) -> bool {
        (self.version, self.modified, &self.content) > (other.version, other.modified, &other.content)
    }
}
