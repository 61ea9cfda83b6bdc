//! Changes that are made and undone together.

use super::{article_edit::ArticleEdit, edit::Edit, label::Label};

/// Edits that happen together, and are undone together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// What it is called in the undo history.
    pub label: Label,
    /// Changes of own articles, applied before those of annotations.
    pub articles: Vec<ArticleEdit>,
    /// In the order in which they are applied.
    pub edits: Vec<Edit>,
}
