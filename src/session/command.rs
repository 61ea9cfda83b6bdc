//! Everything that a person can do to annotations, as a transaction.

use std::rc::Rc;

use super::{
    Session,
    article::ArticleCommand,
    edit::{Edit, Label, Transaction},
};
use crate::{
    annotation::{Annotation, AnnotationId, Tag, Timestamp},
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
    /// Give an annotation another tag.
    Retag(AnnotationId, Tag),
    /// Write an annotation's note.
    Note(AnnotationId, Rc<str>),
    /// Delete an annotation.
    Delete(AnnotationId),
    /// Do something with own articles.
    Article(ArticleCommand),
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
                    created: moment.now,
                };
                let id = AnnotationId::mint(moment.now, moment.entropy);
                (Label::Tag(*tag), Edit::Set { id, to: Some(Rc::new(annotation)) })
            }
            Self::Retag(id, tag) => (Label::Retag(*tag), Edit::Retag { id: *id, tag: *tag }),
            Self::Note(id, note) => (Label::Note, Edit::Note { id: *id, note: Rc::clone(note) }),
            Self::Article(command) => return command.transaction(session, moment),
            Self::Delete(id) => (Label::Delete, Edit::Set { id: *id, to: None }),
        };
        Some(Transaction { label, articles: Vec::new(), edits: vec![edit] })
    }
}
