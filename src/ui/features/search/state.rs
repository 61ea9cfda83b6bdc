//! The current search and its matches.

use std::rc::Rc;

use super::fold::Folded;
use crate::{
    annotation::AnnotationId,
    text::{Article, ArticleId, Context, Query, Span},
    ui::{parts::direction::Direction, surface::TextPosition},
};

/// The search, and what is remembered of those before it.
#[derive(Default)]
pub(crate) struct Searches {
    pub(super) current: Option<CurrentSearch>,
    pub(super) last: LastSearch,
    pub(super) folded: Folded,
}

impl Searches {
    /// True while there is a search on the page.
    pub(crate) fn is_open(&self) -> bool {
        self.current.is_some()
    }
}

/// Of each article so many places are listed; the rest is counted.
const LISTED: usize = 50;

/// And no more than so many in all.
const LISTED_IN_ALL: usize = 500;

/// How much is shown before and after what was found, in characters.
const CONTEXT: usize = 40;

/// What was found in one article.
#[derive(Debug)]
pub(crate) struct Matches {
    pub(super) article: Rc<Article>,
    pub(super) spans: Vec<Span>,
}

/// What is listed of one article.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) id: ArticleId,
    pub(crate) title: String,
    pub(crate) count: usize,
    pub(crate) lines: Vec<Context>,
}

/// A list that is the same as itself and no other.
#[derive(Clone, Debug, Default)]
pub(crate) struct Results(pub(crate) Rc<Vec<Group>>);

impl PartialEq for Results {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Where the person was when they began to search.
#[derive(Debug)]
pub(crate) struct Origin {
    pub(super) article: Option<ArticleId>,
    pub(super) focus: Option<AnnotationId>,
    pub(super) position: Option<TextPosition>,
}

/// A search, while its words are on the page.
#[derive(Debug)]
pub(super) struct CurrentSearch {
    pub(crate) words: String,
    /// Whether all articles are searched, or the open one.
    pub(crate) everywhere: bool,
    pub(super) query: Option<Query>,
    pub(super) found: Vec<Matches>,
    pub(super) listed: Results,
    /// Whether everything has been searched.
    pub(super) done: bool,
    /// The article and which of what was found there.
    pub(super) at: Option<(usize, usize)>,
    /// The byte from which the person was reading.
    pub(super) from: usize,
    pub(super) origin: Origin,
    /// Whether it led to another article than that in which it was begun.
    pub(super) led_away: bool,
    /// Which search this is of all that were begun.
    pub(super) turn: u32,
}

/// The searches until now.
#[derive(Debug, Default)]
pub(crate) struct LastSearch {
    pub(super) begun: u32,
    /// Whether the last one was of all articles.
    pub(super) everywhere: bool,
}

/// What is said of a search.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Summary {
    /// Which one the person is at, from 1.
    pub(crate) at: Option<usize>,
    pub(crate) count: usize,
    pub(crate) articles: usize,
    pub(crate) done: bool,
    /// Whether there is anything to be found.
    pub(crate) asks: bool,
}

impl Matches {
    /// What lies near the viewport.
    pub(super) fn near(&self, window: Span) -> &[Span] {
        let from = self.spans.partition_point(|it| it.end() <= window.start());
        let to = self.spans.partition_point(|it| it.start() < window.end());
        self.spans.get(from..to).unwrap_or_default()
    }
}

impl CurrentSearch {
    pub(super) fn new(origin: Origin, from: usize, everywhere: bool) -> Self {
        Self {
            words: String::new(),
            everywhere,
            query: None,
            found: Vec::new(),
            listed: Results::default(),
            done: true,
            at: None,
            from,
            origin,
            led_away: false,
            turn: 0,
        }
    }

    pub(super) fn take(&mut self, article: &Rc<Article>, spans: Vec<Span>) {
        match self.found.last_mut().filter(|it| Rc::ptr_eq(&it.article, article)) {
            Some(found) => found.spans.extend(spans),
            None => self.found.push(Matches { article: Rc::clone(article), spans }),
        }
    }

    /// Stands at the first from where the person was reading; while more may come, only if there is one.
    pub(super) fn begin(&mut self, article: &ArticleId, whole: bool) {
        let Some((place, found)) = self.of(article) else { return };
        let which = found.spans.partition_point(|it| it.start() < self.from);
        if which < found.spans.len() {
            self.at = Some((place, which));
        } else if whole && !found.spans.is_empty() {
            self.at = Some((place, 0));
        }
    }

    pub(super) fn of(&self, article: &ArticleId) -> Option<(usize, &Matches)> {
        self.found.iter().enumerate().find(|(_, it)| it.article.id() == article)
    }

    pub(super) fn span(&self, (article, which): (usize, usize)) -> Option<Span> {
        self.found.get(article)?.spans.get(which).copied()
    }

    /// The one behind or before the present one, round the ends.
    pub(super) fn beside(&self, direction: Direction) -> Option<(usize, usize)> {
        let with: Vec<usize> = (0..self.found.len()).filter(|it| !self.found[*it].spans.is_empty()).collect();
        let (first, last) = (*with.first()?, *with.last()?);
        let end = |article: usize| (article, self.found[article].spans.len() - 1);
        let Some((article, which)) = self.at else { return Some((first, 0)) };
        Some(match direction {
            Direction::Next if which < end(article).1 => (article, which + 1),
            Direction::Next => (with.into_iter().find(|it| *it > article).unwrap_or(first), 0),
            Direction::Previous if which > 0 => (article, which - 1),
            Direction::Previous => end(with.into_iter().rev().find(|it| *it < article).unwrap_or(last)),
        })
    }

    /// Lists what was found anew.
    pub(super) fn list(&mut self) {
        let mut room = LISTED_IN_ALL;
        let groups = self.found.iter().filter(|it| !it.spans.is_empty()).map(|found| {
            let shown = LISTED.min(room);
            room -= shown.min(found.spans.len());
            Group {
                id: found.article.id().clone(),
                title: found.article.title().to_owned(),
                count: found.spans.len(),
                lines: found
                    .spans
                    .iter()
                    .take(shown)
                    .map(|it| found.article.context(*it, CONTEXT, 2 * CONTEXT))
                    .collect(),
            }
        });
        self.listed = Results(Rc::new(groups.collect()));
    }

    /// What is listed.
    pub(crate) fn listed(&self) -> Results {
        self.listed.clone()
    }

    /// The article and which of what was found there the person is at.
    pub(crate) fn at(&self) -> Option<(ArticleId, usize)> {
        let (article, which) = self.at?;
        Some((self.found.get(article)?.article.id().clone(), which))
    }

    pub(crate) fn tally(&self) -> Summary {
        let counts = || self.found.iter().map(|it| it.spans.len());
        let at = self.at.map(|(article, which)| counts().take(article).sum::<usize>() + which + 1);
        Summary {
            at,
            count: counts().sum(),
            articles: counts().filter(|it| *it > 0).count(),
            done: self.done,
            asks: self.query.is_some(),
        }
    }
}

impl Summary {
    /// Of no search.
    pub(crate) const NONE: Self = Self { at: None, count: 0, articles: 0, done: true, asks: false };

    /// In words.
    pub(crate) fn words(&self) -> String {
        match (self.asks, self.at, self.count) {
            (false, ..) => String::new(),
            (true, _, 0) if !self.done => "Searching …".to_owned(),
            (true, _, 0) => "Nothing found".to_owned(),
            (true, Some(at), count) => format!("{at} of {count}"),
            (true, None, count) => format!("{count} found"),
        }
    }
}
