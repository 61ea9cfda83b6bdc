//! Making a tag and giving it at once, in one step.

use std::rc::Rc;

use super::{
    command::Command,
    moment::Moment,
    state::Session,
    tag_command::{NewTag, TagCommand},
    transaction::Transaction,
};
use crate::{
    annotation::{AnnotationId, TagId},
    text::{ArticleId, Span},
};

/// What gets a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// A passage without an annotation.
    Passage {
        /// The article.
        article: ArticleId,
        /// The passage, as selected.
        span: Span,
        /// The note of the annotation that is made; may be empty.
        note: Rc<str>,
    },
    /// An annotation, in place of the tag that it has.
    Annotation(AnnotationId),
}

impl Recipient {
    /// The command that gives it a tag.
    pub fn command(self, tag: TagId) -> Command {
        match self {
            Self::Passage { article, span, note } => Command::TagWithNote { article, span, tag, note },
            Self::Annotation(id) => Command::Retag(id, tag),
        }
    }

    fn exists(&self, session: &Session) -> bool {
        match self {
            Self::Passage { .. } => true,
            Self::Annotation(id) => session.annotation(*id).is_some(),
        }
    }
}

/// The transaction that adds a tag without a parent and gives it. `None` if the name is not free, or if there is nothing
/// to give it to.
pub(super) fn give_new(
    session: &Session,
    name: &Rc<str>,
    recipient: &Recipient,
    moment: Moment,
) -> Option<Transaction> {
    if !recipient.exists(session) {
        return None;
    }
    let new = NewTag { name: Rc::clone(name), definition: Rc::from(""), key: None, parent: None };
    let Transaction { tags, .. } = TagCommand::Add(new).transaction(session, moment)?;
    let given = recipient.clone().command(tags.last()?.id).transaction(session, moment)?;
    Some(Transaction { tags, ..given })
}
