//! The names of transactions, as the user reads them.

use crate::annotation::{AttributeId, Codebook, TagId};

/// The name of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Tagging a passage.
    Tag(TagId),
    /// Changing the tag of an annotation.
    Retag(TagId),
    /// Moving the bounds of an annotation.
    Bounds,
    /// Setting or removing the value of an attribute.
    Attribute {
        /// The attribute.
        attribute: AttributeId,
        /// True if the value was typed.
        typed: bool,
    },
    /// Writing a note.
    Note,
    /// Merging two annotations.
    Merge,
    /// Splitting an annotation.
    Split,
    /// Adding a second annotation to a passage.
    Duplicate(TagId),
    /// Tagging this number of passages at once.
    TagAll(TagId, usize),
    /// Changing the tag of this number of annotations at once.
    RetagAll(TagId, usize),
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
    pub fn done(self, codebook: &Codebook) -> String {
        let name = |tag| codebook.name_of(tag);
        match self {
            Self::Tag(tag) => format!("Tagged as {}", name(tag)),
            Self::Retag(tag) => format!("Changed to {}", name(tag)),
            Self::Bounds => "Moved the bounds".to_owned(),
            Self::Attribute { attribute, .. } => format!("Set {}", attribute_name(attribute, codebook)),
            Self::Note => "Wrote the note".to_owned(),
            Self::Merge => "Merged".to_owned(),
            Self::Split => "Split".to_owned(),
            Self::Duplicate(tag) => format!("Duplicated as {}", name(tag)),
            Self::TagAll(tag, 1) => format!("Tagged 1 passage as {}", name(tag)),
            Self::TagAll(tag, count) => format!("Tagged {count} passages as {}", name(tag)),
            Self::RetagAll(tag, 1) => format!("Changed 1 annotation to {}", name(tag)),
            Self::RetagAll(tag, count) => format!("Changed {count} annotations to {}", name(tag)),
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

    /// What undo or redo would take back or do again.
    pub fn display(self, codebook: &Codebook) -> String {
        let name = |tag| codebook.name_of(tag);
        match self {
            Self::Tag(tag) => format!("tag as {}", name(tag)),
            Self::Retag(tag) => format!("change to {}", name(tag)),
            Self::Bounds => "move bounds".to_owned(),
            Self::Attribute { attribute, .. } => attribute_name(attribute, codebook),
            Self::Note => "note".to_owned(),
            Self::Merge => "merge".to_owned(),
            Self::Split => "split".to_owned(),
            Self::Duplicate(tag) => format!("duplicate as {}", name(tag)),
            Self::TagAll(tag, count) => format!("tag {count} passages as {}", name(tag)),
            Self::RetagAll(tag, count) => format!("change {count} annotations to {}", name(tag)),
            Self::Delete => "delete".to_owned(),
            Self::DeleteAll(count) => format!("delete {count} annotations"),
            Self::Import => "import".to_owned(),
            Self::AddText => "add text".to_owned(),
            Self::RenameText => "rename article".to_owned(),
            Self::MoveText => "move article".to_owned(),
            Self::RemoveText => "remove article".to_owned(),
            Self::ReplaceText => "replace text".to_owned(),
            Self::Place => "place annotation".to_owned(),
        }
    }

    /// True if the transaction comes from typing.
    pub(super) fn is_typed(self) -> bool {
        match self {
            Self::Note => true,
            Self::Attribute { typed, .. } => typed,
            _ => false,
        }
    }
}

fn attribute_name(attribute: AttributeId, codebook: &Codebook) -> String {
    let id = attribute.as_str();
    codebook.find_attribute(id).map_or(id, |it| &it.name).to_lowercase()
}
