//! Edits that are applied and undone together.

use super::{article_edit::ArticleEdit, edit::Edit, label::Label};

/// Edits that are applied and undone together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// The name in the undo history.
    pub label: Label,
    /// Edits of own articles, applied before those of annotations.
    pub articles: Vec<ArticleEdit>,
    /// Edits of annotations, in the order in which they are applied.
    pub edits: Vec<Edit>,
}
