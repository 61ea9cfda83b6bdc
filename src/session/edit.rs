//! Everything that can happen to an annotation.

use std::rc::Rc;

use super::article::ArticleEdit;
use crate::{
    annotation::{Annotation, AnnotationId, Attribute, Attributes, Kind, Tag},
    text::{ArticleId, Span},
};

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
    /// Moves its bounds. Has no effect on an annotation of another article.
    Span {
        /// Which annotation.
        id: AnnotationId,
        /// On which article.
        article: ArticleId,
        /// The new passage.
        span: Span,
    },
    /// Gives it another tag, and with it the values of that tag's attributes: no two tags have an attribute in common.
    Retag {
        /// Which annotation.
        id: AnnotationId,
        /// The new tag.
        tag: Tag,
        /// Values of the new tag's attributes.
        attributes: Attributes,
    },
    /// Gives one attribute another value. Has no effect on an annotation whose tag does not have the attribute.
    Attribute {
        /// Which annotation.
        id: AnnotationId,
        /// Which attribute.
        attribute: &'static Attribute,
        /// The new value; `None` takes it away.
        value: Option<Rc<str>>,
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
            Self::Set { id, .. }
            | Self::Span { id, .. }
            | Self::Retag { id, .. }
            | Self::Attribute { id, .. }
            | Self::Note { id, .. } => *id,
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
        match (was, is) {
            (Some(was), Some(is)) if was.article == is.article && was.created == is.created => {
                Self::differences(id, was, is)
            }
            _ => vec![Self::Set { id, to: was.cloned() }],
        }
    }

    fn differences(id: AnnotationId, was: &Annotation, is: &Annotation) -> Vec<Self> {
        let mut edits = Vec::new();
        if was.span != is.span {
            edits.push(Self::Span { id, article: was.article.clone(), span: was.span });
        }
        if was.note != is.note {
            edits.push(Self::Note { id, note: Rc::clone(&was.note) });
        }
        if was.tag != is.tag {
            edits.push(Self::Retag { id, tag: was.tag, attributes: was.attributes.clone() });
            return edits;
        }
        for attribute in was.tag.attributes() {
            let value = was.attributes.get(attribute);
            if value != is.attributes.get(attribute) {
                edits.push(Self::Attribute { id, attribute, value: value.cloned() });
            }
        }
        edits
    }

    /// What the annotation is after the edit, and the edit that takes it back; nothing when it changes nothing.
    pub(super) fn on(&self, before: Option<&Rc<Annotation>>) -> Option<(Option<Rc<Annotation>>, Self)> {
        if let Self::Set { id, to } = self {
            return (before != to.as_ref()).then(|| (to.clone(), Self::Set { id: *id, to: before.cloned() }));
        }
        let before = before?;
        let mut after = Annotation::clone(before);
        let back = match self {
            Self::Set { .. } => return None,
            Self::Span { id, article, span } => {
                if before.article == *article {
                    after.span = *span;
                }
                Self::Span { id: *id, article: article.clone(), span: before.span }
            }
            Self::Retag { id, tag, attributes } => {
                if before.tag != *tag {
                    (after.tag, after.attributes) = (*tag, attributes.clone());
                }
                Self::Retag { id: *id, tag: before.tag, attributes: before.attributes.clone() }
            }
            Self::Attribute { id, attribute, value } => {
                before.tag.attribute(attribute.id)?;
                after.attributes = before.attributes.with(attribute, value.as_deref());
                let value = before.attributes.get(attribute).cloned();
                Self::Attribute { id: *id, attribute, value }
            }
            Self::Note { id, note } => {
                after.note = Rc::clone(note);
                Self::Note { id: *id, note: Rc::clone(&before.note) }
            }
        };
        (after != **before).then(|| (Some(Rc::new(after)), back))
    }
}

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

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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
