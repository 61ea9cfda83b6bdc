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
    /// Changing the codebook.
    Codebook(TagLabel),
}

/// The name of a change of the codebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagLabel {
    /// Adding a tag.
    Add,
    /// Changing its name.
    Rename,
    /// Changing its definition or its examples.
    Define,
    /// Changing its colour or line style.
    Look,
    /// Changing its key.
    Key,
    /// Moving it in the tree.
    Move,
    /// Adding an attribute to it.
    AddAttribute,
    /// Changing its attributes.
    Attribute,
    /// Removing an attribute of it.
    RemoveAttribute,
    /// Retiring it.
    Retire,
    /// Offering it again.
    Offer,
    /// Merging it into another.
    Merge,
    /// Removing it.
    Remove,
    /// Taking over a codebook of a file.
    Import,
}

impl TagLabel {
    /// Every label, with its id in stored steps, what was done, and what undo would take back.
    const ALL: [(Self, &'static str, &'static str, &'static str); 14] = [
        (Self::Add, "add-tag", "Added a tag", "add tag"),
        (Self::Rename, "rename-tag", "Renamed a tag", "rename tag"),
        (Self::Define, "define-tag", "Described a tag", "describe tag"),
        (Self::Look, "tag-look", "Changed the colour of a tag", "colour of tag"),
        (Self::Key, "tag-key", "Changed the key of a tag", "key of tag"),
        (Self::Move, "move-tag", "Moved a tag", "move tag"),
        (Self::AddAttribute, "add-attribute", "Added an attribute", "add attribute"),
        (Self::Attribute, "tag-attribute", "Changed an attribute", "change attribute"),
        (Self::RemoveAttribute, "remove-attribute", "Removed an attribute", "remove attribute"),
        (Self::Retire, "retire-tag", "Retired a tag", "retire tag"),
        (Self::Offer, "offer-tag", "Offered a tag again", "offer tag"),
        (Self::Merge, "merge-tags", "Merged a tag into another", "merge tags"),
        (Self::Remove, "remove-tag", "Removed a tag", "remove tag"),
        (Self::Import, "import-codebook", "Imported a codebook", "import codebook"),
    ];

    /// The id in stored steps.
    pub fn id(self) -> &'static str {
        self.row().1
    }

    /// The label with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|it| it.1 == id).map(|it| it.0)
    }

    fn row(self) -> &'static (Self, &'static str, &'static str, &'static str) {
        const ALL: &[(TagLabel, &str, &str, &str)] = &TagLabel::ALL;
        &ALL[self as usize]
    }
}

impl Label {
    /// The tag that was given.
    pub fn given(self) -> Option<TagId> {
        match self {
            Self::Tag(tag)
            | Self::Retag(tag)
            | Self::Duplicate(tag)
            | Self::TagAll(tag, _)
            | Self::RetagAll(tag, _) => Some(tag),
            _ => None,
        }
    }

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
            Self::Codebook(it) => it.row().2.to_owned(),
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
            Self::Codebook(it) => it.row().3.to_owned(),
        }
    }

    /// True if the transaction comes from typing.
    pub(super) fn is_typed(self) -> bool {
        match self {
            Self::Note => true,
            Self::Attribute { typed, .. } => typed,
            Self::Codebook(it) => {
                matches!(it, TagLabel::Rename | TagLabel::Define | TagLabel::Look | TagLabel::Attribute)
            }
            _ => false,
        }
    }
}

fn attribute_name(attribute: AttributeId, codebook: &Codebook) -> String {
    let id = attribute.as_str();
    codebook.find_attribute(id).map_or(id, |it| &it.name).to_lowercase()
}
