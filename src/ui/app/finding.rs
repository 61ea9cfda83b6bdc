//! Searching: the words, what was found of them, and the way from one to the next.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{App, Selected, State, work::CalledOff};
use crate::{
    annotation::AnnotationId,
    text::{Article, ArticleId, Context, Folding, Query, Search, Span},
    ui::{
        address::{Standing, View},
        app::Direction,
        platform::{self, Alphabet},
        surface::Surface,
    },
};

/// The field for the words.
pub(in crate::ui) const SEARCH_FIELD: &str = "search-words";

/// Of each article so many places are listed; the rest is counted.
const LISTED: usize = 50;
/// And no more than so many in all.
const LISTED_IN_ALL: usize = 500;
/// How much is shown before and after what was found, in characters.
const CONTEXT: usize = 40;

/// What was found in one article.
#[derive(Debug)]
pub(in crate::ui) struct Found {
    article: Rc<Article>,
    spans: Vec<Span>,
}

/// What is listed of one article.
#[derive(Debug)]
pub(in crate::ui) struct Group {
    pub(in crate::ui) id: ArticleId,
    pub(in crate::ui) title: String,
    pub(in crate::ui) count: usize,
    pub(in crate::ui) lines: Vec<Context>,
}

/// A list that is the same as itself and no other.
#[derive(Clone, Debug, Default)]
pub(in crate::ui) struct Listed(pub(in crate::ui) Rc<Vec<Group>>);

impl PartialEq for Listed {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Where the person was when they began to search.
#[derive(Debug)]
struct Origin {
    article: Option<ArticleId>,
    focus: Option<AnnotationId>,
    standing: Option<Standing>,
}

/// A search, while its words are on the page.
#[derive(Debug)]
pub(in crate::ui) struct Finding {
    pub(in crate::ui) words: String,
    /// Whether all articles are searched, or the open one.
    pub(in crate::ui) everywhere: bool,
    query: Option<Query>,
    found: Vec<Found>,
    listed: Listed,
    /// Whether everything has been searched.
    done: bool,
    /// The article and which of what was found there.
    at: Option<(usize, usize)>,
    /// The byte from which the person was reading.
    from: usize,
    origin: Origin,
    /// Whether it led to another article than that in which it was begun.
    led_away: bool,
    /// Which search this is of all that were begun.
    turn: u32,
}

/// The searches until now.
#[derive(Debug, Default)]
pub(super) struct Searches {
    begun: u32,
    /// Whether the last one was of all articles.
    everywhere: bool,
}

/// What is said of a search.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Tally {
    /// Which one the person is at, from 1.
    pub(in crate::ui) at: Option<usize>,
    pub(in crate::ui) count: usize,
    pub(in crate::ui) articles: usize,
    pub(in crate::ui) done: bool,
    /// Whether there is anything to be found.
    pub(in crate::ui) asks: bool,
}

/// What remembers how characters are folded.
pub(super) struct Alphabets(pub(super) RefCell<Folding<Alphabet>>);

impl Default for Alphabets {
    fn default() -> Self {
        Self(RefCell::new(Folding::new(Alphabet)))
    }
}

impl App {
    /// Begins to search, or goes back into the field.
    pub(in crate::ui) fn search(&self) {
        let standing = self.with_surface(Surface::standing);
        let from = self.with_surface(|it| Some(it.first_in_view())).unwrap_or(0);
        let selected = self.read(|state| {
            let (article, _) = state.opened()?;
            let words = article.slice(state.selection?.span);
            (words.len() < 200 && !words.contains('\n')).then(|| words.to_owned())
        });
        self.show_view(View::Reader);
        self.update(|state| {
            state.sheet = None;
            if state.finding.is_none() {
                let origin = Origin { article: state.open.clone(), focus: state.focus, standing };
                state.finding = Some(Finding::new(origin, from, state.searches.everywhere));
            }
        });
        if let Some(words) = selected {
            self.look_for(&words);
        }
        self.enter_search();
    }

    fn enter_search(&self) {
        let app = self.clone();
        // The field has its words by the next frame, and is in the page then or when an edit just made has been seen.
        let frame = gloo::render::request_animation_frame(move |_| {
            app.when_there(SEARCH_FIELD, |field| {
                let _ = field.focus();
                if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
                    field.select();
                }
            });
        });
        *self.0.note_frame.borrow_mut() = Some(frame);
    }

    /// Searches for these words.
    pub(in crate::ui) fn look_for(&self, words: &str) {
        self.update(|state| {
            if let Some(finding) = &mut state.finding {
                words.clone_into(&mut finding.words);
            }
        });
        self.look(true);
    }

    /// Searches the open article, or all of them.
    pub(in crate::ui) fn look_everywhere(&self, everywhere: bool) {
        self.update(|state| {
            state.searches.everywhere = everywhere;
            if let Some(finding) = &mut state.finding {
                finding.everywhere = everywhere;
            }
        });
        self.look(true);
    }

    /// Searches anew; `reveals` brings the first that is found into view.
    fn look(&self, reveals: bool) {
        let query = {
            let words = self.read(|state| state.finding.as_ref().map(|it| it.words.clone()));
            words.and_then(|it| Query::new(&it, &mut self.0.alphabets.0.borrow_mut()))
        };
        let begun = self.update(|state| {
            state.searches.begun += 1;
            let turn = state.searches.begun;
            let articles: Vec<Rc<Article>> = state.to_be_searched();
            let finding = state.finding.as_mut()?;
            finding.turn = turn;
            finding.query.clone_from(&query);
            finding.found.clear();
            finding.at = None;
            finding.done = query.is_none();
            finding.list();
            query.map(|query| (turn, articles, query))
        });
        self.paint_matches();
        let Some((turn, articles, query)) = begun else { return };
        let app = self.clone();
        // Called off by the next search only, which is seen at each step.
        platform::begin(async move { _ = app.go_through(turn, &articles, &query, reveals).await });
    }

    async fn go_through(
        &self,
        turn: u32,
        articles: &[Rc<Article>],
        query: &Query,
        reveals: bool,
    ) -> Result<(), CalledOff> {
        let mut work = self.begin_unseen();
        let mut shows = false;
        for article in articles {
            let mut search = Search::new(query.clone(), article.text().len());
            loop {
                let mut spans = Vec::new();
                let mut more = true;
                // What is found first is shown before anything else is looked for.
                while more && (shows || spans.is_empty()) && !work.is_due() {
                    more = search.step(article, &mut self.0.alphabets.0.borrow_mut(), &mut spans);
                }
                let begins = !shows && !spans.is_empty();
                if !self.take_matches(turn, article, spans, !more, reveals) {
                    return Ok(());
                }
                if begins {
                    shows = true;
                    platform::drawn().await;
                } else {
                    work.rest(search.at(), article.text().len()).await?;
                }
                if !more {
                    break;
                }
            }
        }
        self.update(|state| {
            if let Some(finding) = state.finding.as_mut().filter(|it| it.turn == turn) {
                finding.done = true;
                finding.list();
                let words = finding.tally().words();
                state.say(words);
            }
        });
        Ok(())
    }

    /// Takes in what was found; whether this search goes on.
    fn take_matches(
        &self,
        turn: u32,
        article: &Rc<Article>,
        spans: Vec<Span>,
        whole: bool,
        reveals: bool,
    ) -> bool {
        let (goes_on, to) = self.update(|state| {
            let open = state.open.clone();
            let Some(finding) = state.finding.as_mut().filter(|it| it.turn == turn) else {
                return (false, None);
            };
            if spans.is_empty() && !whole {
                return (true, None);
            }
            let before = finding.at;
            finding.take(article, spans);
            if open.as_ref() == Some(article.id()) && finding.at.is_none() {
                finding.begin(article.id(), whole);
            }
            if whole || finding.listed.0.is_empty() {
                finding.list();
            }
            (true, finding.at.filter(|it| Some(*it) != before).and_then(|it| finding.span(it)))
        });
        if goes_on {
            self.paint_matches();
        }
        if let Some(span) = to.filter(|_| reveals) {
            self.reveal(span.start());
        }
        goes_on
    }

    /// Goes to the next or the previous place where the words are, round the end.
    pub(in crate::ui) fn find(&self, direction: Direction) {
        if self.read(|state| state.finding.is_none()) {
            self.search();
            return;
        }
        let to = self.read(|state| state.finding.as_ref()?.beside(direction));
        match to {
            Some(to) => self.go_to_match(to),
            None => self.say("Nothing found"),
        }
    }

    /// Goes to one of what was found in an article.
    pub(in crate::ui) fn go_to_found(&self, article: &ArticleId, which: usize) {
        let to = self.read(|state| {
            let found = &state.finding.as_ref()?.found;
            found.iter().position(|it| it.article.id() == article).map(|it| (it, which))
        });
        if let Some(to) = to {
            self.go_to_match(to);
        }
    }

    fn go_to_match(&self, to: (usize, usize)) {
        let place = self.update(|state| {
            let finding = state.finding.as_mut()?;
            let place = (finding.found.get(to.0)?.article.id().clone(), finding.span(to)?);
            finding.at = Some(to);
            let words = finding.tally().words();
            let leads_away = state.open.as_ref() != Some(&place.0);
            let again = leads_away && std::mem::replace(&mut finding.led_away, true);
            state.say(words);
            Some((place, again))
        });
        let Some(((article, span), again)) = place else { return };
        // Back leads to where the search was begun, and not through every article on the way.
        if again {
            self.go_quietly();
        }
        self.open(&article);
        self.paint_matches();
        self.reveal(span.start());
    }

    /// Ends the search. The person stays at what they found or, with `back`, is where they were before.
    pub(in crate::ui) fn end_search(&self, back: bool) {
        let Some(finding) = self.update(|state| state.finding.take()) else { return };
        self.paint_matches();
        if let Some(reader) = platform::element("reader") {
            let _ = reader.focus();
        }
        if !back {
            return;
        }
        let origin = finding.origin;
        if let Some(article) = origin.article {
            if finding.led_away {
                self.go_quietly();
            }
            self.open(&article);
        }
        self.focus(origin.focus.filter(|it| self.read(|state| state.session.annotation(*it).is_some())));
        self.stand_at(origin.standing);
    }

    /// Ends the search and selects what it stands at, to be tagged.
    pub(in crate::ui) fn select_match(&self) {
        let span = self.read(|state| {
            let finding = state.finding.as_ref()?;
            let found = finding.found.get(finding.at?.0)?;
            (state.open.as_ref() == Some(found.article.id())).then(|| finding.span(finding.at?))?
        });
        let Some(span) = span else { return };
        self.end_search(false);
        self.with_surface(|it| it.select(span, false));
        self.update(|state| state.selection = Some(Selected { span, backwards: false }));
    }

    /// The articles are others: a search of all is one of these.
    pub(super) fn search_all_again(&self) {
        if self.read(|state| state.finding.as_ref().is_some_and(|it| it.everywhere)) {
            self.look(false);
        }
    }

    /// The text on the page is another's: a search of the open article is one of this.
    pub(super) fn search_opened(&self) {
        let other = self.read(|state| {
            let Some(finding) = &state.finding else { return false };
            let searched = finding.found.iter().any(|it| state.open.as_ref() == Some(it.article.id()));
            !finding.everywhere && !searched
        });
        if other {
            self.look(false);
        } else {
            self.paint_matches();
        }
    }

    /// Paints what was found near the viewport.
    pub(super) fn paint_matches(&self) {
        let state = self.0.state.borrow();
        let Some(surface) = &*self.surface() else { return };
        let found = state.finding.as_ref().and_then(|finding| {
            let (place, found) = finding.of(surface.article().id())?;
            let near = state.near?;
            let current = finding.at.filter(|(article, _)| *article == place).and_then(|it| finding.span(it));
            Some((found.near(near), current))
        });
        let (spans, current) = found.unwrap_or_default();
        surface.paint_matches(spans, current);
    }
}

impl State {
    fn to_be_searched(&self) -> Vec<Rc<Article>> {
        let everywhere = self.finding.as_ref().is_some_and(|it| it.everywhere);
        let open = self.opened().map(|(article, _)| article);
        let others =
            self.session.library().iter().filter(|it| Some(it.id()) != self.open.as_ref() && everywhere);
        open.into_iter().chain(others).cloned().collect()
    }
}

impl Found {
    /// What lies near the viewport.
    fn near(&self, window: Span) -> &[Span] {
        let from = self.spans.partition_point(|it| it.end() <= window.start());
        let to = self.spans.partition_point(|it| it.start() < window.end());
        self.spans.get(from..to).unwrap_or_default()
    }
}

impl Finding {
    fn new(origin: Origin, from: usize, everywhere: bool) -> Self {
        Self {
            words: String::new(),
            everywhere,
            query: None,
            found: Vec::new(),
            listed: Listed::default(),
            done: true,
            at: None,
            from,
            origin,
            led_away: false,
            turn: 0,
        }
    }

    fn take(&mut self, article: &Rc<Article>, spans: Vec<Span>) {
        match self.found.last_mut().filter(|it| Rc::ptr_eq(&it.article, article)) {
            Some(found) => found.spans.extend(spans),
            None => self.found.push(Found { article: Rc::clone(article), spans }),
        }
    }

    /// Stands at the first from where the person was reading; while more may come, only if there is one.
    fn begin(&mut self, article: &ArticleId, whole: bool) {
        let Some((place, found)) = self.of(article) else { return };
        let which = found.spans.partition_point(|it| it.start() < self.from);
        if which < found.spans.len() {
            self.at = Some((place, which));
        } else if whole && !found.spans.is_empty() {
            self.at = Some((place, 0));
        }
    }

    fn of(&self, article: &ArticleId) -> Option<(usize, &Found)> {
        self.found.iter().enumerate().find(|(_, it)| it.article.id() == article)
    }

    fn span(&self, (article, which): (usize, usize)) -> Option<Span> {
        self.found.get(article)?.spans.get(which).copied()
    }

    /// The one behind or before the present one, round the ends.
    fn beside(&self, direction: Direction) -> Option<(usize, usize)> {
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
    fn list(&mut self) {
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
        self.listed = Listed(Rc::new(groups.collect()));
    }

    /// What is listed.
    pub(in crate::ui) fn listed(&self) -> Listed {
        self.listed.clone()
    }

    /// The article and which of what was found there the person is at.
    pub(in crate::ui) fn at(&self) -> Option<(ArticleId, usize)> {
        let (article, which) = self.at?;
        Some((self.found.get(article)?.article.id().clone(), which))
    }

    pub(in crate::ui) fn tally(&self) -> Tally {
        let counts = || self.found.iter().map(|it| it.spans.len());
        let at = self.at.map(|(article, which)| counts().take(article).sum::<usize>() + which + 1);
        Tally {
            at,
            count: counts().sum(),
            articles: counts().filter(|it| *it > 0).count(),
            done: self.done,
            asks: self.query.is_some(),
        }
    }
}

impl Tally {
    /// Of no search.
    pub(in crate::ui) const NONE: Self = Self { at: None, count: 0, articles: 0, done: true, asks: false };

    /// In words.
    pub(in crate::ui) fn words(&self) -> String {
        match (self.asks, self.at, self.count) {
            (false, ..) => String::new(),
            (true, _, 0) if !self.done => "Searching …".to_owned(),
            (true, _, 0) => "Nothing found".to_owned(),
            (true, Some(at), count) => format!("{at} of {count}"),
            (true, None, count) => format!("{count} found"),
        }
    }
}
