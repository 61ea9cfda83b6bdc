//! What a person can do with annotations, as transactions.

use std::rc::Rc;

use super::{
    article_command::ArticleCommand,
    change::Change,
    edit::Edit,
    giving::{Recipient, give_new, new_annotation, retagged, tagged},
    label::Label,
    moment::Moment,
    state::Session,
    tag_command::{NewTag, TagCommand},
    transaction::Transaction,
};
use crate::{
    annotation::{Annotation, AnnotationId, AttributeId, Attributes, Record, TagId},
    text::{ArticleId, Span},
};

/// What a person can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Tag a passage.
    Tag {
        /// The article.
        article: ArticleId,
        /// The passage, as selected.
        span: Span,
        /// The tag.
        tag: TagId,
    },
    /// Tag a passage for which a note has already been written.
    TagWithNote {
        /// The article.
        article: ArticleId,
        /// The passage, as selected.
        span: Span,
        /// The tag.
        tag: TagId,
        /// The note.
        note: Rc<str>,
    },
    /// Change the tag of an annotation. Its attribute values are dropped; undo restores them.
    Retag(AnnotationId, TagId),
    /// Move the bounds of an annotation.
    Bounds(AnnotationId, Span),
    /// Set an attribute of an annotation; an empty text removes its value.
    Attribute(AnnotationId, AttributeId, Rc<str>),
    /// Set the note of an annotation.
    Note(AnnotationId, Rc<str>),
    /// Delete an annotation.
    Delete(AnnotationId),
    /// Merge the second annotation into the first. They must have the same tag and touch or overlap. The first gets
    /// both passages and notes, and values for those attributes that it has none for.
    Merge(AnnotationId, AnnotationId),
    /// Split an annotation in two at this byte. The first keeps the note; both keep the tag and the attributes.
    Split(AnnotationId, usize),
    /// Add a second annotation with another tag and the same note to the passage of an annotation.
    Duplicate(AnnotationId, TagId),
    /// Tag several passages at once.
    TagAll(Vec<(ArticleId, Span)>, TagId),
    /// Change own articles.
    Article(ArticleCommand),
    /// Change the codebook.
    Codebook(TagCommand),
    /// Add a tag and give it.
    GiveNew(NewTag, Recipient),
    /// Change the tag of several annotations at once.
    RetagAll(Vec<AnnotationId>, TagId),
    /// Delete several annotations at once.
    DeleteAll(Vec<AnnotationId>),
    /// Restore annotations from these records, if they have been deleted since.
    BringBack(Rc<[Record]>),
}

impl Command {
    /// The command that gives a tag.
    pub fn give(recipient: Recipient, tag: TagId) -> Self {
        match recipient {
            Recipient::Passage { article, span, note } => Self::TagWithNote { article, span, tag, note },
            Recipient::Annotation(id) => Self::Retag(id, tag),
        }
    }

    /// The transaction that executes the command, or `None` if it cannot be executed, for example on a selection of
    /// white space.
    pub fn transaction(&self, session: &Session, moment: Moment) -> Option<Transaction> {
        let (label, edit) = match self {
            Self::Tag { article, span, tag } => {
                tagged(session, (article, *span), *tag, &Rc::from(""), moment)?
            }
            Self::TagWithNote { article, span, tag, note } => {
                tagged(session, (article, *span), *tag, note, moment)?
            }
            Self::Retag(id, tag) => retagged(session, *id, *tag),
            Self::Bounds(id, span) => {
                let (article, _) = session.find(*id)?;
                // A span of another text may not fit this one.
                let span = article.span(span.start(), span.end()).ok()?;
                (
                    Label::Bounds,
                    Edit::Span { id: *id, article: article.id().clone(), span: article.trim(span)? },
                )
            }
            Self::Attribute(id, attribute, value) => {
                let tag = session.codebook().tag(session.annotation(*id)?.tag)?;
                let attribute = tag.attribute(attribute.as_str())?;
                let edit =
                    Edit::Attribute { id: *id, attribute: attribute.id, value: attribute.entered(value) };
                (Label::Attribute { attribute: attribute.id, typed: attribute.is_typed() }, edit)
            }
            Self::Note(id, note) => (Label::Note, Edit::Note { id: *id, note: Rc::clone(note) }),
            Self::Article(command) => return command.transaction(session, moment),
            Self::Codebook(command) => return command.transaction(session, moment),
            Self::GiveNew(new, recipient) => return give_new(session, new, recipient, moment),
            Self::Delete(id) => (Label::Delete, Edit::Set { id: *id, to: None }),
            Self::Merge(id, other) => {
                return Some(Transaction::of(Label::Merge, merge(session, *id, *other)?));
            }
            Self::Split(id, at) => {
                return Some(Transaction::of(Label::Split, split(session, *id, *at, moment)?));
            }
            Self::Duplicate(id, tag) => {
                let it = session.annotation(*id).filter(|it| it.tag != *tag)?;
                let copy = Annotation {
                    note: Rc::clone(&it.note),
                    ..new_annotation(&it.article, it.span, *tag, moment)
                };
                let id = AnnotationId::mint(moment.now, moment.entropy);
                (Label::Duplicate(*tag), Edit::Set { id, to: Some(Rc::new(copy)) })
            }
            Self::TagAll(passages, tag) => {
                let ids = AnnotationId::mint_many(moment.now, moment.entropy);
                let edits: Vec<_> = passages
                    .iter()
                    .filter_map(|(id, span)| Some((id, session.library().get(id)?.trim(*span)?)))
                    .zip(ids)
                    .map(|((article, span), id)| Edit::Set {
                        id,
                        to: Some(Rc::new(new_annotation(article, span, *tag, moment))),
                    })
                    .collect();
                return Some(Transaction::of(Label::TagAll(*tag, edits.len()), edits));
            }
            Self::RetagAll(ids, tag) => {
                let others =
                    ids.iter().filter(|id| session.annotation(**id).is_some_and(|it| it.tag != *tag));
                let edit =
                    |id: &AnnotationId| Edit::Retag { id: *id, tag: *tag, attributes: Attributes::default() };
                let edits: Vec<_> = others.map(edit).collect();
                let label =
                    if edits.len() == 1 { Label::Retag(*tag) } else { Label::RetagAll(*tag, edits.len()) };
                return Some(Transaction::of(label, edits));
            }
            Self::DeleteAll(ids) => {
                let here = ids.iter().filter(|id| session.annotation(**id).is_some());
                let edits: Vec<_> = here.map(|id| Edit::Set { id: *id, to: None }).collect();
                let label = if edits.len() == 1 { Label::Delete } else { Label::DeleteAll(edits.len()) };
                return Some(Transaction::of(label, edits));
            }
            Self::BringBack(records) => {
                let gone = records.iter().filter(|it| session.annotation(it.id).is_none());
                let edits = gone.map(|it| Edit::Set { id: it.id, to: it.content.clone() }).collect();
                return Some(Transaction::of(Label::Import, edits));
            }
        };
        Some(Transaction::of(label, vec![edit]))
    }
}

impl Session {
    /// Executes a command. Returns an empty change if there was nothing to do.
    pub fn execute(&mut self, command: &Command, moment: Moment) -> Change {
        command.transaction(self, moment).map_or_else(Change::default, |transaction| {
            let (change, inverse) = self.apply(&transaction, moment.now);
            let words = self.excerpt(&change);
            self.record_step(inverse, words, moment.now);
            change
        })
    }
}

fn merge(session: &Session, id: AnnotationId, other: AnnotationId) -> Option<Vec<Edit>> {
    let (article, one) = session.find(id)?;
    let two = session.annotation(other)?;
    let fits = id != other && one.article == two.article && one.tag == two.tag;
    if !fits || !article.touch(one.span, two.span) {
        return None;
    }
    let mut edits = vec![Edit::Span { id, article: one.article.clone(), span: one.span.hull(two.span) }];
    if !two.note.is_empty() {
        // In the order of the passages.
        let (first, second) = if one.span <= two.span { (one, two) } else { (two, one) };
        let between = if one.note.is_empty() { "" } else { "\n\n" };
        edits.push(Edit::Note { id, note: [&*first.note, between, &*second.note].concat().into() });
    }
    let values = session.codebook().tag(two.tag).into_iter().flat_map(|tag| two.attributes.of(tag));
    for (attribute, value) in values {
        let attribute = attribute.id;
        if one.attributes.get(attribute).is_none() {
            edits.push(Edit::Attribute { id, attribute, value: Some(Rc::clone(value)) });
        }
    }
    edits.push(Edit::Set { id: other, to: None });
    Some(edits)
}

fn split(session: &Session, id: AnnotationId, at: usize, moment: Moment) -> Option<Vec<Edit>> {
    let (article, it) = session.find(id)?;
    let trimmed = |start, end| article.trim(article.span(start, end).ok()?);
    // White space between the halves belongs to neither. White space at the outer ends is kept.
    let first = article.span(it.span.start(), trimmed(it.span.start(), at)?.end()).ok()?;
    let second = article.span(trimmed(at, it.span.end())?.start(), it.span.end()).ok()?;
    let rest = Annotation { span: second, note: Rc::from(""), created: moment.now, ..Annotation::clone(it) };
    let new = AnnotationId::mint(moment.now, moment.entropy);
    Some(vec![
        Edit::Span { id, article: it.article.clone(), span: first },
        Edit::Set { id: new, to: Some(Rc::new(rest)) },
    ])
}
