//! Everything that a person can do to annotations, as a transaction.

use std::rc::Rc;

use super::{
    Session,
    edit::{Edit, Label, Transaction},
};
use crate::{
    annotation::{Annotation, AnnotationId, Attribute, Attributes, Tag, Timestamp},
    text::{ArticleId, Span},
};

/// The time and the chance that a command needs; the layers below the page read neither themselves.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The wall clock.
    pub now: Timestamp,
    /// Ten random bytes.
    pub entropy: [u8; 10],
}

/// What a person wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Tag a passage.
    Tag {
        /// On which article.
        article: ArticleId,
        /// The passage, as selected.
        span: Span,
        /// What it is.
        tag: Tag,
    },
    /// Give an annotation another tag. What was said for the attributes of the old one goes, and comes back with undo.
    Retag(AnnotationId, Tag),
    /// Move an annotation's bounds.
    Bounds(AnnotationId, Span),
    /// Give an attribute another value; the empty text takes its value away.
    Attribute(AnnotationId, &'static Attribute, Rc<str>),
    /// Write an annotation's note.
    Note(AnnotationId, Rc<str>),
    /// Delete an annotation.
    Delete(AnnotationId),
}

impl Command {
    /// The transaction that does it; nothing where there is nothing to tag, as in a selection of white space.
    pub fn transaction(&self, session: &Session, moment: Moment) -> Option<Transaction> {
        let (label, edit) = match self {
            Self::Tag { article, span, tag } => {
                let span = session.library().get(article)?.trim(*span)?;
                let annotation = Annotation {
                    article: article.clone(),
                    span,
                    tag: *tag,
                    note: Rc::from(""),
                    attributes: Attributes::default(),
                    created: moment.now,
                };
                let id = AnnotationId::mint(moment.now, moment.entropy);
                (Label::Tag(*tag), Edit::Set { id, to: Some(Rc::new(annotation)) })
            }
            Self::Retag(id, tag) => {
                (Label::Retag(*tag), Edit::Retag { id: *id, tag: *tag, attributes: Attributes::default() })
            }
            Self::Bounds(id, span) => {
                let (article, _) = session.find(*id)?;
                // One that was made of another text is none of this one.
                let span = article.span(span.start(), span.end()).ok()?;
                (Label::Bounds, Edit::Span { id: *id, span: article.trim(span)? })
            }
            Self::Attribute(id, attribute, value) => {
                let value = attribute.value(value);
                (Label::Attribute(attribute), Edit::Attribute { id: *id, attribute, value })
            }
            Self::Note(id, note) => (Label::Note, Edit::Note { id: *id, note: Rc::clone(note) }),
            Self::Delete(id) => (Label::Delete, Edit::Set { id: *id, to: None }),
        };
        Some(Transaction { label, edits: vec![edit] })
    }
}
