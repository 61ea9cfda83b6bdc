//! Everything that can happen to an own article, and everything that a person can do to one.

use std::rc::Rc;

use super::{
    article_edit::{ArticleChange, ArticleEdit, added, info},
    edit::Edit,
    label::Label,
    moment::Moment,
    state::Session,
    transaction::Transaction,
};
use crate::{
    annotation::{Annotation, AnnotationId, NewArticle},
    text::{ArticleId, Span},
};

/// What a person wants done with own articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArticleCommand {
    /// Add these.
    Add(Vec<NewArticle>),
    /// Give one another title.
    Rename(ArticleId, Rc<str>),
    /// Move one up or down in the list.
    Move {
        /// Which.
        id: ArticleId,
        /// Towards the beginning.
        up: bool,
    },
    /// Remove one, with its annotations.
    Remove(ArticleId),
    /// Give one a newer text: the `new` article takes its place, and the annotations that were found there go to it. The
    /// earlier text stays as long as it has others.
    Replace {
        /// Which.
        id: ArticleId,
        /// The article with the newer text.
        new: NewArticle,
        /// Where annotations are in the newer text.
        found: Vec<(AnnotationId, Span)>,
    },
    /// Put an annotation of an earlier text on a passage of the newer one.
    Place {
        /// Which annotation.
        annotation: AnnotationId,
        /// On which article.
        on: ArticleId,
        /// The passage.
        span: Span,
    },
    /// Leave an annotation with the earlier text for good.
    Settle(AnnotationId),
}

impl ArticleCommand {
    /// The transaction that does it.
    pub(super) fn transaction(&self, session: &Session, moment: Moment) -> Option<Transaction> {
        let one = |label, id: &ArticleId, change| (label, vec![ArticleEdit { id: id.clone(), change }]);
        let (label, edits) = match self {
            Self::Add(new) => (Label::AddText, added(session.articles(), new, moment.now)),
            Self::Rename(id, title) => {
                let title = title.trim();
                if title.is_empty() {
                    return None;
                }
                one(Label::RenameText, id, ArticleChange::Title(title.into()))
            }
            Self::Move { id, up } => (Label::MoveText, moved(session, id, *up)),
            Self::Remove(id) => one(Label::RemoveText, id, ArticleChange::Listed(false)),
            Self::Replace { id, new, found } => return replaced(session, id, new, found, moment),
            Self::Place { annotation, on, span } => return placed(session, *annotation, on, *span),
            Self::Settle(annotation) => {
                let on = &session.annotation(*annotation)?.article;
                one(Label::Place, on, ArticleChange::Settled(*annotation, true))
            }
        };
        Some(Transaction { label, articles: edits, edits: Vec::new() })
    }
}

/// The new places of those own articles whose place changes when one goes past its neighbour. Earlier texts stand with
/// their latest one, and are no neighbours.
fn moved(session: &Session, id: &ArticleId, up: bool) -> Vec<ArticleEdit> {
    let articles = session.articles();
    let mut order = articles.in_order();
    let latest = |id: &ArticleId| articles.successor(id).is_none();
    let Some(from) = order.iter().position(|(it, _)| *it == id) else { return Vec::new() };
    let to = if up {
        order[..from].iter().rposition(|(it, _)| latest(it))
    } else {
        order[from + 1..].iter().position(|(it, _)| latest(it)).map(|it| from + 1 + it)
    };
    let Some(to) = to else { return Vec::new() };
    let it = order.remove(from);
    order.insert(to, it);
    let edits = order.into_iter().zip(0..).filter(|((_, info), place)| info.place != *place);
    edits
        .map(|((id, _), place)| ArticleEdit { id: id.clone(), change: ArticleChange::Place(place) })
        .collect()
}

fn replaced(
    session: &Session,
    id: &ArticleId,
    new: &NewArticle,
    found: &[(AnnotationId, Span)],
    moment: Moment,
) -> Option<Transaction> {
    let before = session.articles().info(id)?;
    let body = session.articles().text(&new.sha256)?;
    let mut edits = Vec::new();
    for (annotation, span) in found {
        let it = session.annotation(*annotation).filter(|it| it.article == *id)?;
        body.as_str().get(span.start()..span.end())?;
        edits.push(moved_to(*annotation, it, &new.id, *span));
    }
    let info = info(new, before.place, Some(id.clone()), moment.now);
    let mut articles = vec![ArticleEdit { id: new.id.clone(), change: ArticleChange::Add(Rc::new(info)) }];
    if session.annotations(id)?.len() == edits.len() {
        articles.push(ArticleEdit { id: id.clone(), change: ArticleChange::Listed(false) });
    }
    Some(Transaction { label: Label::ReplaceText, articles, edits })
}

fn placed(session: &Session, annotation: AnnotationId, on: &ArticleId, span: Span) -> Option<Transaction> {
    let span = session.library().get(on)?.trim(span)?;
    let it = session.annotation(annotation)?;
    let earlier = &it.article;
    let mut articles = Vec::new();
    // The last one takes the earlier text along.
    if session.articles().successor(earlier).is_some() && session.annotations(earlier)?.len() == 1 {
        articles.push(ArticleEdit { id: earlier.clone(), change: ArticleChange::Listed(false) });
    }
    Some(Transaction { label: Label::Place, articles, edits: vec![moved_to(annotation, it, on, span)] })
}

fn moved_to(id: AnnotationId, it: &Annotation, article: &ArticleId, span: Span) -> Edit {
    Edit::Set { id, to: Some(Rc::new(Annotation { article: article.clone(), span, ..it.clone() })) }
}
