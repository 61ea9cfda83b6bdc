//! The current search, its matches, and moving between them.

use std::rc::Rc;

use super::fold::Folded;
use crate::{
    annotation::AnnotationId,
    text::{Article, ArticleId, Context, Query, Span},
    ui::{parts::direction::Direction, surface::TextPosition},
};

/// The maximum number of matches listed for one article. Others are only counted.
const LISTED: usize = 50;

/// The maximum number of matches listed in all.
const LISTED_IN_ALL: usize = 500;

/// The characters shown before a match; twice as many are shown after it.
const CONTEXT: usize = 40;

/// The current search, and what later searches need of it.
#[derive(Default)]
pub(crate) struct Searches {
    pub(super) current: Option<CurrentSearch>,
    pub(super) last: LastSearch,
    pub(super) folded: Folded,
}

impl Searches {
    /// True while the search pane is open.
    pub(crate) fn is_open(&self) -> bool {
        self.current.is_some()
    }
}

/// The matches in one article.
#[derive(Debug)]
pub(crate) struct Matches {
    pub(super) article: Rc<Article>,
    pub(super) spans: Vec<Span>,
}

/// The position of a match in [`CurrentSearch::found`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MatchIndex {
    /// The index of the article's [`Matches`].
    pub(super) article: usize,
    /// The index of the match among them.
    pub(super) index: usize,
}

/// The listed matches of one article.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) id: ArticleId,
    pub(crate) title: String,
    pub(crate) count: usize,
    pub(crate) lines: Vec<Context>,
}

/// The listed matches. Two lists are equal only if they are the same allocation, which makes the comparison cheap.
#[derive(Clone, Debug, Default)]
pub(crate) struct Results(pub(crate) Rc<Vec<Group>>);

impl PartialEq for Results {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Where the person was when they opened the search.
#[derive(Debug)]
pub(crate) struct Origin {
    pub(super) article: Option<ArticleId>,
    pub(super) focus: Option<AnnotationId>,
    pub(super) position: Option<TextPosition>,
}

/// The search whose pane is open.
#[derive(Debug)]
pub(super) struct CurrentSearch {
    pub(crate) words: String,
    /// True if all articles are searched, false if only the open one is.
    pub(crate) everywhere: bool,
    pub(super) query: Option<Query>,
    pub(super) found: Vec<Matches>,
    pub(super) listed: Results,
    /// True once everything has been searched.
    pub(super) done: bool,
    /// The current match.
    pub(super) at: Option<MatchIndex>,
    /// The first byte in view when the search was opened.
    pub(super) from: usize,
    pub(super) origin: Origin,
    /// True if the search has moved to another article than the one it was opened in.
    pub(super) left_article: bool,
    /// The number of the run that adds matches. Matches of earlier runs are dropped.
    pub(super) run: u32,
}

/// What remains of earlier searches.
#[derive(Debug, Default)]
pub(crate) struct LastSearch {
    /// The number of runs so far.
    pub(super) runs: u32,
    /// True if the last search was of all articles.
    pub(super) everywhere: bool,
}

/// The numbers of a search, for showing and announcing them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Summary {
    /// The number of the current match, from 1.
    pub(crate) at: Option<usize>,
    pub(crate) count: usize,
    pub(crate) articles: usize,
    pub(crate) done: bool,
    /// True if there is a query.
    pub(crate) has_query: bool,
}

impl Matches {
    /// The matches that overlap `window`.
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
            left_article: false,
            run: 0,
        }
    }

    /// Adds matches of an article, behind those it has.
    pub(super) fn add_matches(&mut self, article: &Rc<Article>, spans: Vec<Span>) {
        match self.found.last_mut().filter(|it| Rc::ptr_eq(&it.article, article)) {
            Some(found) => found.spans.extend(spans),
            None => self.found.push(Matches { article: Rc::clone(article), spans }),
        }
    }

    /// Makes the first match behind the start of the view the current one. If there is none, wraps around to the first match,
    /// but only once the article is searched completely.
    pub(super) fn select_first(&mut self, id: &ArticleId, is_complete: bool) {
        let Some((article, found)) = self.matches_in(id) else { return };
        let index = found.spans.partition_point(|it| it.start() < self.from);
        if index < found.spans.len() {
            self.at = Some(MatchIndex { article, index });
        } else if is_complete && !found.spans.is_empty() {
            self.at = Some(MatchIndex { article, index: 0 });
        }
    }

    /// The matches in an article, with their index in `found`.
    pub(super) fn matches_in(&self, article: &ArticleId) -> Option<(usize, &Matches)> {
        self.found.iter().enumerate().find(|(_, it)| it.article.id() == article)
    }

    /// The passage of a match.
    pub(super) fn span(&self, at: MatchIndex) -> Option<Span> {
        self.found.get(at.article)?.spans.get(at.index).copied()
    }

    /// The match after or before the current one. Wraps around.
    pub(super) fn neighbor(&self, direction: Direction) -> Option<MatchIndex> {
        let nonempty: Vec<usize> =
            (0..self.found.len()).filter(|it| !self.found[*it].spans.is_empty()).collect();
        let (first, last) = (*nonempty.first()?, *nonempty.last()?);
        let start_of = |article: usize| MatchIndex { article, index: 0 };
        let end_of = |article: usize| MatchIndex { article, index: self.found[article].spans.len() - 1 };
        let Some(MatchIndex { article, index }) = self.at else { return Some(start_of(first)) };
        Some(match direction {
            Direction::Next if index < end_of(article).index => MatchIndex { article, index: index + 1 },
            Direction::Next => start_of(nonempty.into_iter().find(|it| *it > article).unwrap_or(first)),
            Direction::Previous if index > 0 => MatchIndex { article, index: index - 1 },
            Direction::Previous => {
                end_of(nonempty.into_iter().rev().find(|it| *it < article).unwrap_or(last))
            }
        })
    }

    /// Updates the listed matches.
    pub(super) fn update_results(&mut self) {
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

    /// The listed matches.
    pub(crate) fn listed(&self) -> Results {
        self.listed.clone()
    }

    /// The article of the current match, and the index of the match in it.
    pub(crate) fn current_match(&self) -> Option<(ArticleId, usize)> {
        let at = self.at?;
        Some((self.found.get(at.article)?.article.id().clone(), at.index))
    }

    /// The numbers of this search.
    pub(crate) fn summary(&self) -> Summary {
        let counts = || self.found.iter().map(|it| it.spans.len());
        let at = self.at.map(|it| counts().take(it.article).sum::<usize>() + it.index + 1);
        Summary {
            at,
            count: counts().sum(),
            articles: counts().filter(|it| *it > 0).count(),
            done: self.done,
            has_query: self.query.is_some(),
        }
    }
}

impl Summary {
    /// The summary while there is no search.
    pub(crate) const NONE: Self = Self { at: None, count: 0, articles: 0, done: true, has_query: false };

    /// The summary in words.
    pub(crate) fn words(&self) -> String {
        match (self.has_query, self.at, self.count) {
            (false, ..) => String::new(),
            (true, _, 0) if !self.done => "Searching …".to_owned(),
            (true, _, 0) => "Nothing found".to_owned(),
            (true, Some(at), count) => format!("{at} of {count}"),
            (true, None, count) => format!("{count} found"),
        }
    }
}
