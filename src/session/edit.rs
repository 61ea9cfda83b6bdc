//! Everything that can happen to an annotation.

use std::rc::Rc;

use crate::{
    annotation::{Annotation, AnnotationId, Attribute, Attributes, Tag},
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
