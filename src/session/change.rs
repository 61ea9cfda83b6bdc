//! What a change or a merge did.

use crate::{
    annotation::{AnyRecord, ArticleRecord, Record},
    text::{ArticleId, Span},
};

/// What a change did: the records to keep and the passages to draw again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The new version of each own article's record that changed.
    pub articles: Vec<ArticleRecord>,
    /// The new version of each record that changed.
    pub records: Vec<Record>,
    /// The passages whose annotations are not what they were.
    pub touched: Vec<(ArticleId, Span)>,
}

impl Change {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.articles.is_empty()
    }

    /// Everything to be kept, articles first.
    pub fn all(&self) -> impl Iterator<Item = AnyRecord> {
        let articles = self.articles.iter().cloned().map(AnyRecord::from);
        articles.chain(self.records.iter().cloned().map(AnyRecord::from))
    }
}

/// What became of records that were merged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// What changed here.
    pub change: Change,
    /// Own articles that were not here, or had been removed here.
    pub articles: usize,
    /// Annotations that were not here, or had been deleted here before the other side wrote them again.
    pub added: usize,
    /// Annotations that were here in an older version.
    pub updated: usize,
    /// Annotations that were here and that the other side had deleted.
    pub deleted: usize,
    /// Records that were here in the same version.
    pub same: usize,
    /// Records that are here in a later version, which stays.
    pub older: Vec<Record>,
}
