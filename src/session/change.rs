//! The results of changes and merges.

use crate::{
    annotation::{AnyRecord, ArticleRecord, Record, TagId, TagRecord},
    text::{ArticleId, Span},
};

/// What a change did: the records to save and the passages to redraw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The new record of each changed tag.
    pub tags: Vec<TagRecord>,
    /// The new record of each changed own article.
    pub articles: Vec<ArticleRecord>,
    /// The new record of each changed annotation.
    pub records: Vec<Record>,
    /// The passages whose annotations changed.
    pub touched: Vec<(ArticleId, Span)>,
}

impl Change {
    /// True if nothing changed.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.articles.is_empty() && self.tags.is_empty()
    }

    /// All records to save, those first on which others depend.
    pub fn all(&self) -> impl Iterator<Item = AnyRecord> {
        let tags = self.tags.iter().cloned().map(AnyRecord::from);
        let articles = self.articles.iter().cloned().map(AnyRecord::from);
        tags.chain(articles).chain(self.records.iter().cloned().map(AnyRecord::from))
    }
}

/// What became of merged records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// What changed.
    pub change: Change,
    /// Number of tags that were new, or in another version.
    pub tags: usize,
    /// Number of own articles that were new, or had been removed here.
    pub articles: usize,
    /// Number of annotations that were new, or had been deleted here before the other side changed them.
    pub added: usize,
    /// Number of annotations that were here in an older version.
    pub updated: usize,
    /// Number of annotations that were here and that the other side had deleted.
    pub deleted: usize,
    /// Number of records that were already here.
    pub same: usize,
    /// Tags of which a later version is here.
    pub older_tags: Vec<TagId>,
    /// Records of which a later version is here.
    pub older: Vec<Record>,
}
