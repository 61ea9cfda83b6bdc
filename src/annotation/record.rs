//! An annotation, and the record that carries it between tabs, files and machines.

use std::{fmt, rc::Rc, str::FromStr};

use uuid::Uuid;

use super::{
    attributes::Attributes,
    interned::TagId,
    version::{Timestamp, Version, Versioned},
};
use crate::text::{ArticleId, Span};

/// The permanent id of an annotation: a version 7 UUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnnotationId(Uuid);

impl AnnotationId {
    /// Sorts before every other id.
    pub(super) const FIRST: Self = Self(Uuid::nil());

    /// A new id from the time and ten random bytes.
    pub fn mint(now: Timestamp, entropy: [u8; 10]) -> Self {
        Self(uuid::Builder::from_unix_timestamp_millis(now.0, &entropy).into_uuid())
    }

    /// Distinct new ids from the same time and random bytes.
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

/// A tagged passage with what the annotator says about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Annotation {
    /// The article.
    pub article: ArticleId,
    /// The passage.
    pub span: Span,
    /// The category of the passage.
    pub tag: TagId,
    /// The annotator's note; empty if there is none.
    pub note: Rc<str>,
    /// Values of the tag's attributes.
    pub attributes: Attributes,
    /// When it was created.
    pub created: Timestamp,
}

/// A version of an annotation: its content, or a tombstone that says it was deleted.
///
/// Records are ordered by version first. The rest of the order matters only if two records claim the same version and
/// differ, which no correct program writes: then every replica keeps the same one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The id of the annotation.
    pub id: AnnotationId,
    /// The version of the record.
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
