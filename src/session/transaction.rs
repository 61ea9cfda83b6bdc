//! Edits that are applied and undone together.

use super::{article_edit::ArticleEdit, edit::Edit, label::Label, tag_edit::TagEdit};

/// Edits that are applied and undone together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// The name in the undo history.
    pub label: Label,
    /// Edits of tags, applied before all others.
    pub tags: Vec<TagEdit>,
    /// Edits of own articles, applied before those of annotations.
    pub articles: Vec<ArticleEdit>,
    /// Edits of annotations, in the order in which they are applied.
    pub edits: Vec<Edit>,
}

impl Transaction {
    /// A transaction without edits.
    pub fn new(label: Label) -> Self {
        Self { label, tags: Vec::new(), articles: Vec::new(), edits: Vec::new() }
    }

    /// A transaction of edits of annotations.
    pub(super) fn of(label: Label, edits: Vec<Edit>) -> Self {
        Self { edits, ..Self::new(label) }
    }

    /// True if it has no edits.
    pub(super) fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.articles.is_empty() && self.edits.is_empty()
    }
}
