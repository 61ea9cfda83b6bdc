//! Edits of annotations.

use std::rc::Rc;

use crate::{
    annotation::{Annotation, AnnotationId, AttributeId, Attributes, Codebook, TagId},
    text::{ArticleId, SortedSet, Span},
};

/// One change of one annotation.
///
/// An edit changes only what it names: undoing a change of tag keeps a note that another tab has written in the
/// meantime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Sets the whole annotation; `None` deletes it.
    Set {
        /// The annotation.
        id: AnnotationId,
        /// The new content.
        to: Option<Rc<Annotation>>,
    },
    /// Sets the bounds. Has no effect on an annotation of another article.
    Span {
        /// The annotation.
        id: AnnotationId,
        /// The article that `span` belongs to.
        article: ArticleId,
        /// The new passage.
        span: Span,
    },
    /// Sets the tag and, with it, the attribute values, since no two tags share an attribute.
    Retag {
        /// The annotation.
        id: AnnotationId,
        /// The new tag.
        tag: TagId,
        /// Values of the new tag's attributes.
        attributes: Attributes,
    },
    /// Sets the value of an attribute. Has no effect if the annotation's tag does not have the attribute.
    Attribute {
        /// The annotation.
        id: AnnotationId,
        /// The attribute.
        attribute: AttributeId,
        /// The new value; `None` removes it.
        value: Option<Rc<str>>,
    },
    /// Sets the note.
    Note {
        /// The annotation.
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

    /// The edits, in any order, that turn `is` back into `was`; none if they are equal.
    ///
    /// Names only what differs, so that later changes by another replica are kept.
    pub(super) fn restoring(
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
        let ids: SortedSet<AttributeId> =
            was.attributes.iter().chain(is.attributes.iter()).map(|(it, _)| it).collect();
        for attribute in ids.iter().copied() {
            let value = was.attributes.get(attribute);
            if value != is.attributes.get(attribute) {
                edits.push(Self::Attribute { id, attribute, value: value.cloned() });
            }
        }
        edits
    }

    /// The annotation after the edit and the inverse edit, or `None` if nothing changes.
    pub(super) fn apply_to(
        &self,
        before: Option<&Rc<Annotation>>,
        codebook: &Codebook,
    ) -> Option<(Option<Rc<Annotation>>, Self)> {
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
                codebook.tag(before.tag)?.attribute(attribute.as_str())?;
                after.attributes = before.attributes.with(*attribute, value.clone());
                let value = before.attributes.get(*attribute).cloned();
                Self::Attribute { id: *id, attribute: *attribute, value }
            }
            Self::Note { id, note } => {
                after.note = Rc::clone(note);
                Self::Note { id: *id, note: Rc::clone(&before.note) }
            }
        };
        (after != **before).then(|| (Some(Rc::new(after)), back))
    }
}
