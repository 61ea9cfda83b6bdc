//! Everything that can happen to an own article.

use std::rc::Rc;

use crate::{
    annotation::{AnnotationId, ArticleInfo, Articles, NewArticle, Timestamp},
    text::{ArticleId, SortedSet},
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

pub(super) fn info(new: &NewArticle, place: u32, replaces: Option<ArticleId>, now: Timestamp) -> ArticleInfo {
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
pub(super) fn added(articles: &Articles, new: &[NewArticle], now: Timestamp) -> Vec<ArticleEdit> {
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
