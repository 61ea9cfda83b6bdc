//! The names of transactions, as the user reads them.

use std::fmt;

use crate::annotation::{Attribute, AttributeKind, Tag};

/// The name of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Tagging a passage.
    Tag(Tag),
    /// Changing the tag of an annotation.
    Retag(Tag),
    /// Moving the bounds of an annotation.
    Bounds,
    /// Setting or removing the value of an attribute.
    Attribute(&'static Attribute),
    /// Writing a note.
    Note,
    /// Merging two annotations.
    Merge,
    /// Splitting an annotation.
    Split,
    /// Adding a second annotation to a passage.
    Duplicate(Tag),
    /// Tagging this number of passages at once.
    TagAll(Tag, usize),
    /// Changing the tag of this number of annotations at once.
    RetagAll(Tag, usize),
    /// Deleting an annotation.
    Delete,
    /// Deleting this number of annotations at once.
    DeleteAll(usize),
    /// Importing a file.
    Import,
    /// Adding texts.
    AddText,
    /// Renaming an article.
    RenameText,
    /// Moving an article in the list.
    MoveText,
    /// Removing an article.
    RemoveText,
    /// Replacing the text of an article.
    ReplaceText,
    /// Moving an annotation of an earlier text to the newer one, or leaving it there for good.
    Place,
}

impl Label {
    /// What was done, as the history lists it.
    pub fn done(self) -> String {
        match self {
            Self::Tag(tag) => format!("Tagged as {}", tag.name()),
            Self::Retag(tag) => format!("Changed to {}", tag.name()),
            Self::Bounds => "Moved the bounds".to_owned(),
            Self::Attribute(attribute) => format!("Set {}", attribute.name.to_lowercase()),
            Self::Note => "Wrote the note".to_owned(),
            Self::Merge => "Merged".to_owned(),
            Self::Split => "Split".to_owned(),
            Self::Duplicate(tag) => format!("Duplicated as {}", tag.name()),
            Self::TagAll(tag, 1) => format!("Tagged 1 passage as {}", tag.name()),
            Self::TagAll(tag, count) => format!("Tagged {count} passages as {}", tag.name()),
            Self::RetagAll(tag, 1) => format!("Changed 1 annotation to {}", tag.name()),
            Self::RetagAll(tag, count) => format!("Changed {count} annotations to {}", tag.name()),
            Self::Delete => "Deleted".to_owned(),
            Self::DeleteAll(1) => "Deleted 1 annotation".to_owned(),
            Self::DeleteAll(count) => format!("Deleted {count} annotations"),
            Self::Import => "Imported".to_owned(),
            Self::AddText => "Added a text".to_owned(),
            Self::RenameText => "Renamed an article".to_owned(),
            Self::MoveText => "Moved an article in the list".to_owned(),
            Self::RemoveText => "Removed an article".to_owned(),
            Self::ReplaceText => "Replaced a text".to_owned(),
            Self::Place => "Placed an annotation".to_owned(),
        }
    }

    /// True if the transaction comes from typing.
    pub(super) fn is_typed(self) -> bool {
        match self {
            Self::Note => true,
            Self::Attribute(attribute) => !matches!(attribute.kind, AttributeKind::Choice(_)),
            _ => false,
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => write!(f, "tag as {}", tag.name()),
            Self::Retag(tag) => write!(f, "change to {}", tag.name()),
            Self::Bounds => f.write_str("move bounds"),
            Self::Attribute(attribute) => f.write_str(&attribute.name.to_lowercase()),
            Self::Note => f.write_str("note"),
            Self::Merge => f.write_str("merge"),
            Self::Split => f.write_str("split"),
            Self::Duplicate(tag) => write!(f, "duplicate as {}", tag.name()),
            Self::TagAll(tag, count) => write!(f, "tag {count} passages as {}", tag.name()),
            Self::RetagAll(tag, count) => write!(f, "change {count} annotations to {}", tag.name()),
            Self::Delete => f.write_str("delete"),
            Self::DeleteAll(count) => write!(f, "delete {count} annotations"),
            Self::Import => f.write_str("import"),
            Self::AddText => f.write_str("add text"),
            Self::RenameText => f.write_str("rename article"),
            Self::MoveText => f.write_str("move article"),
            Self::RemoveText => f.write_str("remove article"),
            Self::ReplaceText => f.write_str("replace text"),
            Self::Place => f.write_str("place annotation"),
        }
    }
}
