//! Everything that can happen to an annotation.

use std::rc::Rc;

use super::article::ArticleEdit;
use crate::annotation::{Annotation, AnnotationId, Tag};

/// One change of one annotation.
///
/// An edit names what it changes and leaves the rest: undoing a change of tag keeps the note that another tab wrote
/// in between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Makes the annotation what `to` says; `None` deletes it.
    Set {
        /// Which annotation.
        id: AnnotationId,
        /// What it becomes.
        to: Option<Rc<Annotation>>,
    },
    /// Gives it another tag.
    Retag {
        /// Which annotation.
        id: AnnotationId,
        /// The new tag.
        tag: Tag,
    },
    /// Gives it another note.
    Note {
        /// Which annotation.
        id: AnnotationId,
        /// The new note.
        note: Rc<str>,
    },
}

impl Edit {
    /// The annotation that it changes.
    pub fn id(&self) -> AnnotationId {
        match self {
            Self::Set { id, .. } | Self::Retag { id, .. } | Self::Note { id, .. } => *id,
        }
    }

    /// The edits, in any order, that make what is now `is` again what it `was`; none when they are the same.
    ///
    /// Names only what differs, so that what another replica changes or deletes in between stays so.
    pub(super) fn back(
        id: AnnotationId,
        was: Option<&Rc<Annotation>>,
        is: Option<&Rc<Annotation>>,
    ) -> Vec<Self> {
        if was == is {
            return Vec::new();
        }
        if let (Some(was), Some(is)) = (was, is) {
            let reworded = Annotation { tag: was.tag, note: Rc::clone(&was.note), ..Annotation::clone(is) };
            if reworded == **was {
                let tag = (was.tag != is.tag).then(|| Self::Retag { id, tag: was.tag });
                let note = (was.note != is.note).then(|| Self::Note { id, note: Rc::clone(&was.note) });
                return tag.into_iter().chain(note).collect();
            }
        }
        vec![Self::Set { id, to: was.cloned() }]
    }

    /// What the annotation is after the edit, and the edit that takes it back; nothing when it changes nothing.
    pub(super) fn on(&self, before: Option<&Rc<Annotation>>) -> Option<(Option<Rc<Annotation>>, Self)> {
        match self {
            Self::Set { id, to } => {
                (before != to.as_ref()).then(|| (to.clone(), Self::Set { id: *id, to: before.cloned() }))
            }
            Self::Retag { id, tag } => before.filter(|it| it.tag != *tag).map(|it| {
                let after = Annotation { tag: *tag, ..Annotation::clone(it) };
                (Some(Rc::new(after)), Self::Retag { id: *id, tag: it.tag })
            }),
            Self::Note { id, note } => before.filter(|it| it.note != *note).map(|it| {
                let after = Annotation { note: Rc::clone(note), ..Annotation::clone(it) };
                (Some(Rc::new(after)), Self::Note { id: *id, note: Rc::clone(&it.note) })
            }),
        }
    }
}

/// What a person calls a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// A passage was tagged.
    Tag(Tag),
    /// An annotation was given another tag.
    Retag(Tag),
    /// A note was written.
    Note,
    /// An annotation was deleted.
    Delete,
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

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tag(tag) => write!(f, "tag as {}", tag.name()),
            Self::Retag(tag) => write!(f, "change to {}", tag.name()),
            Self::Note => f.write_str("note"),
            Self::Delete => f.write_str("delete"),
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
