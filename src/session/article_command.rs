//! What a person can do with own articles, as transactions.

use std::rc::Rc;

use super::{
    article_edit::{ArticleChange, ArticleEdit, additions, new_info},
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

/// What a person can do with own articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArticleCommand {
    /// Add articles.
    Add(Vec<NewArticle>),
    /// Change the title of an article.
    Rename(ArticleId, Rc<str>),
    /// Move an article up or down in the list.
    Move {
        /// The article to move.
        id: ArticleId,
        /// True to move it up.
        up: bool,
    },
    /// Remove an article with its annotations.
    Remove(ArticleId),
    /// Replace the text of an article: the `new` article takes its place, and the annotations that were found move to
    /// it. The earlier version stays listed while it has other annotations.
    Replace {
        /// The article to replace.
        id: ArticleId,
        /// The article with the newer text.
        new: NewArticle,
        /// The annotations that were found, with their passages in the newer text.
        found: Vec<(AnnotationId, Span)>,
    },
    /// Move an annotation of an earlier text to a passage of the newer one.
    Place {
        /// The annotation to move.
        annotation: AnnotationId,
        /// The article with the newer text.
        on: ArticleId,
        /// The new passage.
        span: Span,
    },
    /// Leave an annotation on the earlier text for good.
    Settle(AnnotationId),
}

impl ArticleCommand {
    /// The transaction that executes the command, or `None` if it cannot be executed.
    pub(super) fn transaction(&self, session: &Session, moment: Moment) -> Option<Transaction> {
        let one = |label, id: &ArticleId, change| (label, vec![ArticleEdit { id: id.clone(), change }]);
        let (label, edits) = match self {
            Self::Add(new) => (Label::AddText, additions(session.articles(), new, moment.now)),
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
        Some(Transaction { articles: edits, ..Transaction::new(label) })
    }
}

/// The articles whose position changes when one moves past its neighbour. Earlier versions are listed with their latest
/// one and are not neighbours.
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
        edits.push(relocated(*annotation, it, &new.id, *span));
    }
    let info = new_info(new, before.place, Some(id.clone()), moment.now);
    let mut articles = vec![ArticleEdit { id: new.id.clone(), change: ArticleChange::Add(Rc::new(info)) }];
    if session.annotations(id)?.len() == edits.len() {
        articles.push(ArticleEdit { id: id.clone(), change: ArticleChange::Listed(false) });
    }
    Some(Transaction { articles, ..Transaction::of(Label::ReplaceText, edits) })
}

fn placed(session: &Session, annotation: AnnotationId, on: &ArticleId, span: Span) -> Option<Transaction> {
    let span = session.library().get(on)?.trim(span)?;
    let it = session.annotation(annotation)?;
    let earlier = &it.article;
    let mut articles = Vec::new();
    // Remove the earlier version with its last annotation.
    if session.articles().successor(earlier).is_some() && session.annotations(earlier)?.len() == 1 {
        articles.push(ArticleEdit { id: earlier.clone(), change: ArticleChange::Listed(false) });
    }
    let edits = vec![relocated(annotation, it, on, span)];
    Some(Transaction { articles, ..Transaction::of(Label::Place, edits) })
}

fn relocated(id: AnnotationId, it: &Annotation, article: &ArticleId, span: Span) -> Edit {
    Edit::Set { id, to: Some(Rc::new(Annotation { article: article.clone(), span, ..it.clone() })) }
}
