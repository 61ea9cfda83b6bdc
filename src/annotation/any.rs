//! Records of any kind, for code that treats tags, own articles and annotations alike.

use super::{
    interned::TagId,
    own::ArticleRecord,
    record::{AnnotationId, Record},
    tag_record::TagRecord,
    version::Versioned,
};
use crate::text::ArticleId;

/// The id of a record of any kind. Tags and articles sort first, because annotations depend on them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnyId {
    /// A tag.
    Tag(TagId),
    /// An own article.
    Article(ArticleId),
    /// An annotation.
    Annotation(AnnotationId),
}

/// A record of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnyRecord {
    /// A record of a tag.
    Tag(TagRecord),
    /// A record of an own article.
    Article(ArticleRecord),
    /// A record of an annotation.
    Annotation(Record),
}

impl AnyRecord {
    /// The id of the recorded thing.
    pub fn id(&self) -> AnyId {
        match self {
            Self::Tag(it) => AnyId::Tag(it.id),
            Self::Article(it) => AnyId::Article(it.id.clone()),
            Self::Annotation(it) => AnyId::Annotation(it.id),
        }
    }

    /// True if a merge keeps this record instead of `other`, which has the same id.
    pub fn supersedes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Tag(one), Self::Tag(other)) => one.supersedes(other),
            (Self::Article(one), Self::Article(other)) => one.supersedes(other),
            (Self::Annotation(one), Self::Annotation(other)) => one.supersedes(other),
            _ => false,
        }
    }
}

impl From<Record> for AnyRecord {
    fn from(record: Record) -> Self {
        Self::Annotation(record)
    }
}

impl From<TagRecord> for AnyRecord {
    fn from(record: TagRecord) -> Self {
        Self::Tag(record)
    }
}

impl From<ArticleRecord> for AnyRecord {
    fn from(record: ArticleRecord) -> Self {
        Self::Article(record)
    }
}

impl PartialEq<Record> for AnyRecord {
    fn eq(&self, other: &Record) -> bool {
        matches!(self, Self::Annotation(it) if it == other)
    }
}

impl From<AnnotationId> for AnyId {
    fn from(id: AnnotationId) -> Self {
        Self::Annotation(id)
    }
}

impl From<TagId> for AnyId {
    fn from(id: TagId) -> Self {
        Self::Tag(id)
    }
}

impl From<ArticleId> for AnyId {
    fn from(id: ArticleId) -> Self {
        Self::Article(id)
    }
}
