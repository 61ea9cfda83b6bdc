//! The names of what can be undone, as a person reads them.

use std::fmt;

use crate::annotation::{Attribute, Kind, Tag};

/// What a person calls a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// A passage was tagged.
    Tag(Tag),
    /// An annotation was given another tag.
    Retag(Tag),
    /// The bounds of an annotation were moved.
    Bounds,
    /// An attribute was given another value, or none.
    Attribute(&'static Attribute),
    /// A note was written.
    Note,
    /// Two annotations became one.
    Merge,
    /// One annotation became two.
    Split,
    /// A passage was given a second annotation.
    Duplicate(Tag),
    /// So many passages were tagged at once.
    TagAll(Tag, usize),
    /// So many annotations were given another tag at once.
    RetagAll(Tag, usize),
    /// An annotation was deleted.
    Delete,
    /// So many annotations were deleted at once.
    DeleteAll(usize),
    /// A file was imported.
    Import,
    /// Texts were added.
    AddText,
    /// An article was given another title.
    RenameText,
    /// An article was given another place in the list.
    MoveText,
    /// An article was removed.
    RemoveText,
    /// An article was given a newer text.
    ReplaceText,
    /// An annotation of an earlier text was dealt with.
    Place,
}

impl Label {
    /// What was done, as the list of the history says it.
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

    /// Whether what it names is typed letter by letter.
    pub(super) fn is_typed(self) -> bool {
        match self {
            Self::Note => true,
            Self::Attribute(attribute) => !matches!(attribute.kind, Kind::Choice(_)),
            _ => false,
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => write!(f, "tag as {}", tag.name()),
            Self::Retag(tag) => write!(f, "change to {}", tag.name()),
            Self::Bounds => f.write_str("new bounds"),
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
