//! Everything that can happen to an own article, and everything that a person can do to one.

use std::{collections::BTreeSet, rc::Rc};

use super::{
    Moment, Session,
    edit::{Label, Transaction},
};
use crate::{
    annotation::{AnnotationId, ArticleInfo},
    text::ArticleId,
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

/// An article to be added, whose text the session has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewArticle {
    /// Its new id.
    pub id: ArticleId,
    /// Its title.
    pub title: Rc<str>,
    /// What sort of text it is.
    pub kind: Rc<str>,
    /// The file that it was read from; empty when it was pasted.
    pub source: Rc<str>,
    /// The name of its text.
    pub sha256: Rc<str>,
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
}

impl ArticleCommand {
    /// The transaction that does it.
    pub(super) fn transaction(&self, session: &Session, moment: Moment) -> Option<Transaction> {
        let articles = session.articles();
        let one = |label, id: &ArticleId, change| (label, vec![ArticleEdit { id: id.clone(), change }]);
        let (label, edits) = match self {
            Self::Add(new) => {
                let behind = articles.in_order().last().map_or(0, |(_, it)| it.place.saturating_add(1));
                let edits = new.iter().zip(behind..).map(|(it, place)| ArticleEdit {
                    id: it.id.clone(),
                    change: ArticleChange::Add(Rc::new(it.info(place, None, moment))),
                });
                (Label::AddText, edits.collect())
            }
            Self::Rename(id, title) => {
                let title = title.trim();
                if title.is_empty() {
                    return None;
                }
                one(Label::RenameText, id, ArticleChange::Title(title.into()))
            }
            Self::Move { id, up } => (Label::MoveText, moved(session, id, *up)),
            Self::Remove(id) => one(Label::RemoveText, id, ArticleChange::Listed(false)),
        };
        Some(Transaction { label, articles: edits, edits: Vec::new() })
    }
}

impl NewArticle {
    pub(super) fn info(&self, place: u32, replaces: Option<ArticleId>, moment: Moment) -> ArticleInfo {
        ArticleInfo {
            title: Rc::clone(&self.title),
            kind: Rc::clone(&self.kind),
            source: Rc::clone(&self.source),
            sha256: Rc::clone(&self.sha256),
            place,
            created: moment.now,
            replaces,
            listed: true,
            settled: BTreeSet::new(),
        }
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
