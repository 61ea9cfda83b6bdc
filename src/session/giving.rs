//! Giving a tag, and making one as it is given.

use std::rc::Rc;

use super::{
    edit::Edit,
    label::Label,
    moment::Moment,
    state::Session,
    tag_command::{NewTag, TagCommand},
    transaction::Transaction,
};
use crate::{
    annotation::{Annotation, AnnotationId, Attributes, TagId},
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

/// The edit that gives a tag to a passage. `None` if the passage is white space.
pub(super) fn tagged(
    session: &Session,
    (article, span): (&ArticleId, Span),
    tag: TagId,
    note: &Rc<str>,
    moment: Moment,
) -> Option<(Label, Edit)> {
    let span = session.library().get(article)?.trim(span)?;
    let id = AnnotationId::mint(moment.now, moment.entropy);
    let it = Annotation { note: Rc::clone(note), ..new_annotation(article, span, tag, moment) };
    Some((Label::Tag(tag), Edit::Set { id, to: Some(Rc::new(it)) }))
}

/// The edit that gives an annotation another tag.
pub(super) fn retagged(session: &Session, id: AnnotationId, tag: TagId) -> (Label, Edit) {
    let attributes = attributes_under(session, id, tag);
    (Label::Retag(tag), Edit::Retag { id, tag, attributes })
}

/// The transaction that adds a tag and gives it. `None` if the tag cannot be added, or if there is nothing to give it to.
pub(super) fn give_new(
    session: &Session,
    new: &NewTag,
    recipient: &Recipient,
    moment: Moment,
) -> Option<Transaction> {
    let Transaction { tags, .. } = TagCommand::Add(new.clone()).transaction(session, moment)?;
    let tag = tags.last()?.id;
    let (label, edit) = match recipient {
        Recipient::Passage { article, span, note } => tagged(session, (article, *span), tag, note, moment)?,
        Recipient::Annotation(id) => {
            session.annotation(*id)?;
            retagged(session, *id, tag)
        }
    };
    Some(Transaction { tags, ..Transaction::of(label, vec![edit]) })
}

/// A new annotation without note and attributes.
pub(super) fn new_annotation(article: &ArticleId, span: Span, tag: TagId, moment: Moment) -> Annotation {
    let (article, note, attributes) = (article.clone(), Rc::from(""), Attributes::default());
    Annotation { article, span, tag, note, attributes, created: moment.now }
}

/// The attribute values that an annotation had when it last had `tag`, if the latest steps of the history tell.
fn attributes_under(session: &Session, id: AnnotationId, tag: TagId) -> Attributes {
    const STEPS: usize = 50;
    let done = session.history().list().filter(|(_, undone)| !undone).take(STEPS);
    let mut edits = done.flat_map(|(step, _)| &step.transaction.edits);
    let before = edits.find_map(|it| match it {
        Edit::Retag { id: other, tag: before, attributes } if (*other, *before) == (id, tag) => {
            Some(attributes.clone())
        }
        _ => None,
    });
    before.unwrap_or_default()
}
