//! Edits of own articles.

use std::rc::Rc;

use crate::{
    annotation::{AnnotationId, ArticleInfo, Articles, NewArticle, Timestamp},
    text::{ArticleId, SortedSet},
};

/// One change of an own article. As every edit, it changes only what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArticleChange {
    /// Sets all metadata. The article need not exist.
    Add(Rc<ArticleInfo>),
    /// Sets the title.
    Title(Rc<str>),
    /// Sets the position among own articles.
    Place(u32),
    /// Lists the article, or removes it with its annotations, which come back with it.
    Listed(bool),
    /// Sets whether an annotation stays on this text for good although there is a newer one.
    Settled(AnnotationId, bool),
}

impl ArticleChange {
    /// The article after the change and the inverse change, or `None` if nothing changes.
    pub(super) fn apply_to(&self, before: Option<&Rc<ArticleInfo>>) -> Option<(Rc<ArticleInfo>, Self)> {
        let Some(before) = before else {
            // Undoing an addition hides the article and keeps its text, so that it can be added again.
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

    /// The changes, in any order, that turn `is` back into `was`.
    pub(super) fn restoring(was: Option<&Rc<ArticleInfo>>, is: Option<&Rc<ArticleInfo>>) -> Vec<Self> {
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

/// A change of an own article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleEdit {
    /// The article.
    pub id: ArticleId,
    /// The change.
    pub change: ArticleChange,
}

pub(super) fn new_info(
    new: &NewArticle,
    place: u32,
    replaces: Option<ArticleId>,
    now: Timestamp,
) -> ArticleInfo {
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

/// The edits that add articles after all others. An article that was removed comes back as it was.
pub(super) fn additions(articles: &Articles, new: &[NewArticle], now: Timestamp) -> Vec<ArticleEdit> {
    let behind = articles.in_order().last().map_or(0, |(_, it)| it.place.saturating_add(1));
    let edits = new.iter().zip(behind..).map(|(it, place)| ArticleEdit {
        id: it.id.clone(),
        change: if articles.info(&it.id).is_some() {
            ArticleChange::Listed(true)
        } else {
            ArticleChange::Add(Rc::new(new_info(it, place, None, now)))
        },
    });
    edits.collect()
}
