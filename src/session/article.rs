//! Everything that can happen to an own article, and everything that a person can do to one.

use std::rc::Rc;

use super::{
    Moment, Session,
    edit::{Edit, Label, Transaction},
};
use crate::{
    annotation::{Annotation, AnnotationId, ArticleInfo, NewArticle, Timestamp},
    text::{ArticleId, SortedSet, Span},
};

/// One change of one own article. It names what it changes and leaves the rest, as every edit does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArticleChange {
    /// It becomes what this says; it may not have been there.
    Add(Rc<ArticleInfo>),
    /// It gets another title.
    Title(Rc<str>),
    /// It gets another place among the own ones.
    Place(u32),
    /// It is listed, or it is removed with its annotations: they are where they were when it comes back.
    Listed(bool),
    /// An annotation stays here for good although there is a newer text, or no longer does.
    Settled(AnnotationId, bool),
}

impl ArticleChange {
    /// What the article is after the change, and the change that takes it back; nothing when it changes nothing.
    pub(super) fn on(&self, before: Option<&Rc<ArticleInfo>>) -> Option<(Rc<ArticleInfo>, Self)> {
        let Some(before) = before else {
            // Taking back that it was added leaves its text, so that it can be added again.
            return match self {
                Self::Add(info) => Some((Rc::clone(info), Self::Listed(false))),
                _ => None,
            };
        };
        let mut after = ArticleInfo::clone(before);
        let back = match self {
            Self::Add(info) => {
                after = ArticleInfo::clone(info);
                Self::Add(Rc::clone(before))
            }
            Self::Title(title) => Self::Title(std::mem::replace(&mut after.title, Rc::clone(title))),
            Self::Place(place) => Self::Place(std::mem::replace(&mut after.place, *place)),
            Self::Listed(listed) => Self::Listed(std::mem::replace(&mut after.listed, *listed)),
            Self::Settled(id, settled) => {
                if *settled {
                    after.settled.insert(*id);
                } else {
                    after.settled.remove(id);
                }
                Self::Settled(*id, !settled)
            }
        };
        (after != **before).then(|| (Rc::new(after), back))
    }

    /// The changes, in any order, that make what is now `is` again what it `was`.
    pub(super) fn back(was: Option<&Rc<ArticleInfo>>, is: Option<&Rc<ArticleInfo>>) -> Vec<Self> {
        match (was, is) {
            (Some(was), Some(is)) => {
                let mut after = ArticleInfo::clone(is);
                let mut all = Vec::new();
                if after.title != was.title {
                    all.push(Self::Title(Rc::clone(&was.title)));
                    after.title = Rc::clone(&was.title);
                }
                if after.place != was.place {
                    all.push(Self::Place(was.place));
                    after.place = was.place;
                }
                if after.listed != was.listed {
                    all.push(Self::Listed(was.listed));
                    after.listed = was.listed;
                }
                if after == **was { all } else { vec![Self::Add(Rc::clone(was))] }
            }
            (Some(was), None) => vec![Self::Add(Rc::clone(was))],
            (None, Some(_)) => vec![Self::Listed(false)],
            (None, None) => Vec::new(),
        }
    }
}

/// Which article is changed, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleEdit {
    /// Which article.
    pub id: ArticleId,
    /// What happens to it.
    pub change: ArticleChange,
}

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
            Self::Add(new) => (Label::AddText, added(session, new, moment.now)),
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

fn info(new: &NewArticle, place: u32, replaces: Option<ArticleId>, now: Timestamp) -> ArticleInfo {
    ArticleInfo {
        title: Rc::clone(&new.title),
        kind: Rc::clone(&new.kind),
        source: Rc::clone(&new.source),
        sha256: Rc::clone(&new.sha256),
        place,
        created: now,
        replaces,
        listed: true,
        settled: SortedSet::default(),
    }
}

/// The edits that add articles behind all others. One that was removed comes back as it was.
pub(super) fn added(session: &Session, new: &[NewArticle], now: Timestamp) -> Vec<ArticleEdit> {
    let articles = session.articles();
    let behind = articles.in_order().last().map_or(0, |(_, it)| it.place.saturating_add(1));
    let edits = new.iter().zip(behind..).map(|(it, place)| ArticleEdit {
        id: it.id.clone(),
        change: if articles.info(&it.id).is_some() {
            ArticleChange::Listed(true)
        } else {
            ArticleChange::Add(Rc::new(info(it, place, None, now)))
        },
    });
    edits.collect()
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
