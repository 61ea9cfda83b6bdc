//! Searching, and going through what was found.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{
    fold::folding,
    state::{CurrentSearch, Origin},
};
use crate::{
    text::{Article, ArticleId, Query, Search, Span},
    ui::{
        State, Store,
        features::{
            announcements, document,
            location::View,
            navigation,
            progress::{self, Cancelled},
            selection::{self, Selected},
            viewport,
        },
        parts::direction::Direction,
        platform,
        surface::Surface,
    },
};

/// Another view is shown: the search ends.
pub(super) fn view_changed(store: &Store) {
    if store.read(|state| state.search.current.is_some()) {
        store.update(|state| state.search.current = None);
        viewport::paint(store);
    }
}

/// Paints the matches near the viewport.
pub(super) fn paint(state: &State, surface: &Surface) {
    let found = state.search.current.as_ref().and_then(|search| {
        let (place, found) = search.of(surface.article().id())?;
        let near = state.viewport.near()?;
        let current = search.at.filter(|(article, _)| *article == place).and_then(|it| search.span(it));
        Some((found.near(near), current))
    });
    let (spans, current) = found.unwrap_or_default();
    surface.paint_matches(spans, current);
}

/// The field for the words.
pub(super) const SEARCH_FIELD: &str = "search-words";

/// Begins to search, or goes back into the field.
pub(crate) fn open(store: &Store) {
    let position = viewport::with_surface(store, Surface::position);
    let from = viewport::with_surface(store, |it| Some(it.first_byte_in_view())).unwrap_or(0);
    let selected = store.read(|state| {
        let (article, _) = document::opened(state)?;
        let words = article.slice(state.selection.selected()?.span);
        (words.len() < 200 && !words.contains('\n')).then(|| words.to_owned())
    });
    navigation::show_view(store, View::Reader);
    store.update(|state| {
        state.navigation.close_panel();
        if state.search.current.is_none() {
            let origin =
                Origin { article: state.location.open().cloned(), focus: state.location.focus(), position };
            state.search.current = Some(CurrentSearch::new(origin, from, state.search.last.everywhere));
        }
    });
    if let Some(words) = selected {
        search_for(store, &words);
    }
    focus_field(store);
}

fn focus_field(store: &Store) {
    let later = store.clone();
    // The field has its words by the next frame, and is in the page then or when an edit just made has been seen.
    let frame = gloo::render::request_animation_frame(move |_| {
        viewport::when_present(&later, SEARCH_FIELD, |field| {
            let _ = field.focus();
            if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
                field.select();
            }
        });
    });
    *viewport::scheduled(store).waiting.borrow_mut() = Some(frame);
}

/// Searches for these words.
pub(super) fn search_for(store: &Store, words: &str) {
    store.update(|state| {
        if let Some(finding) = &mut state.search.current {
            words.clone_into(&mut finding.words);
        }
    });
    run(store, true);
}

/// Searches the open article, or all of them.
pub(super) fn set_scope(store: &Store, everywhere: bool) {
    store.update(|state| {
        state.search.last.everywhere = everywhere;
        if let Some(finding) = &mut state.search.current {
            finding.everywhere = everywhere;
        }
    });
    run(store, true);
}

/// Searches anew; `reveals` brings the first that is found into view.
fn run(store: &Store, reveals: bool) {
    let query = {
        let words = store.read(|state| state.search.current.as_ref().map(|it| it.words.clone()));
        words.and_then(|it| Query::new(&it, &mut folding(store).borrow_mut()))
    };
    let begun = store.update(|state| {
        state.search.last.begun += 1;
        let turn = state.search.last.begun;
        let articles: Vec<Rc<Article>> = articles_to_search(state);
        let finding = state.search.current.as_mut()?;
        finding.turn = turn;
        finding.query.clone_from(&query);
        finding.found.clear();
        finding.at = None;
        finding.done = query.is_none();
        finding.list();
        query.map(|query| (turn, articles, query))
    });
    viewport::paint(store);
    let Some((turn, articles, query)) = begun else { return };
    let store = store.clone();
    // Called off by the next search only, which is seen at each step.
    platform::run_eagerly(async move { _ = scan(&store, turn, &articles, &query, reveals).await });
}

async fn scan(
    store: &Store,
    turn: u32,
    articles: &[Rc<Article>],
    query: &Query,
    reveals: bool,
) -> Result<(), Cancelled> {
    let mut work = progress::begin_unseen(store);
    let mut shows = false;
    for article in articles {
        let mut search = Search::new(query.clone(), article.text().len());
        loop {
            let mut spans = Vec::new();
            let mut more = true;
            // What is found first is shown before anything else is looked for.
            while more && (shows || spans.is_empty()) && !work.is_due() {
                more = search.step(article, &mut folding(store).borrow_mut(), &mut spans);
            }
            let begins = !shows && !spans.is_empty();
            if !add_matches(store, turn, article, spans, !more, reveals) {
                return Ok(());
            }
            if begins {
                shows = true;
                platform::next_paint().await;
            } else {
                work.rest(search.at(), article.text().len()).await?;
            }
            if !more {
                break;
            }
        }
    }
    store.update(|state| {
        if let Some(finding) = state.search.current.as_mut().filter(|it| it.turn == turn) {
            finding.done = true;
            finding.list();
            let words = finding.tally().words();
            state.announcements.say(words);
        }
    });
    Ok(())
}

/// Takes in what was found; whether this search goes on.
fn add_matches(
    store: &Store,
    turn: u32,
    article: &Rc<Article>,
    spans: Vec<Span>,
    whole: bool,
    reveals: bool,
) -> bool {
    let (goes_on, to) = store.update(|state| {
        let open = state.location.open().cloned();
        let Some(finding) = state.search.current.as_mut().filter(|it| it.turn == turn) else {
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
        viewport::paint(store);
    }
    if let Some(span) = to.filter(|_| reveals) {
        viewport::reveal(store, span.start());
    }
    goes_on
}

/// Goes to the next or the previous place where the words are, round the end.
pub(super) fn step(store: &Store, direction: Direction) {
    if store.read(|state| state.search.current.is_none()) {
        open(store);
        return;
    }
    let to = store.read(|state| state.search.current.as_ref()?.beside(direction));
    match to {
        Some(to) => go_to_match(store, to),
        None => announcements::announce(store, "Nothing found"),
    }
}

/// Goes to one of what was found in an article.
pub(super) fn go_to_result(store: &Store, article: &ArticleId, which: usize) {
    let to = store.read(|state| {
        let found = &state.search.current.as_ref()?.found;
        found.iter().position(|it| it.article.id() == article).map(|it| (it, which))
    });
    if let Some(to) = to {
        go_to_match(store, to);
    }
}

fn go_to_match(store: &Store, to: (usize, usize)) {
    let place = store.update(|state| {
        let finding = state.search.current.as_mut()?;
        let place = (finding.found.get(to.0)?.article.id().clone(), finding.span(to)?);
        finding.at = Some(to);
        let words = finding.tally().words();
        let leads_away = state.location.open() != Some(&place.0);
        let again = leads_away && std::mem::replace(&mut finding.led_away, true);
        state.announcements.say(words);
        Some((place, again))
    });
    let Some(((article, span), again)) = place else { return };
    // Back leads to where the search was begun, and not through every article on the way.
    if again {
        navigation::replace_next(store);
    }
    navigation::open(store, &article);
    viewport::paint(store);
    viewport::reveal(store, span.start());
}

/// Ends the search. The person stays at what they found or, with `back`, is where they were before.
pub(crate) fn close(store: &Store, back: bool) {
    let Some(finding) = store.update(|state| state.search.current.take()) else { return };
    viewport::paint(store);
    if let Some(reader) = platform::element("reader") {
        let _ = reader.focus();
    }
    if !back {
        return;
    }
    let origin = finding.origin;
    if let Some(article) = origin.article {
        if finding.led_away {
            navigation::replace_next(store);
        }
        navigation::open(store, &article);
    }
    selection::focus(
        store,
        origin.focus.filter(|it| store.read(|state| state.document.session().annotation(*it).is_some())),
    );
    viewport::restore_position(store, origin.position);
}

/// Ends the search and selects what it stands at, to be tagged.
pub(super) fn select_match(store: &Store) {
    let span = store.read(|state| {
        let finding = state.search.current.as_ref()?;
        let found = finding.found.get(finding.at?.0)?;
        (state.location.open() == Some(found.article.id())).then(|| finding.span(finding.at?))?
    });
    let Some(span) = span else { return };
    close(store, false);
    viewport::with_surface(store, |it| it.select(span, false));
    store.update(|state| state.selection.set_selected(Selected { span, backwards: false }));
}

/// The articles are others: a search of all is one of these.
pub(crate) fn articles_changed(store: &Store) {
    if store.read(|state| state.search.current.as_ref().is_some_and(|it| it.everywhere)) {
        run(store, false);
    }
}

/// The text on the page is another's: a search of the open article is one of this.
pub(crate) fn article_shown(store: &Store) {
    let other = store.read(|state| {
        let Some(finding) = &state.search.current else { return false };
        let searched = finding.found.iter().any(|it| state.location.open() == Some(it.article.id()));
        !finding.everywhere && !searched
    });
    if other {
        run(store, false);
    } else {
        viewport::paint(store);
    }
}

fn articles_to_search(state: &State) -> Vec<Rc<Article>> {
    let everywhere = state.search.current.as_ref().is_some_and(|it| it.everywhere);
    let open = document::opened(state).map(|(article, _)| article);
    let others = state
        .document
        .session()
        .library()
        .iter()
        .filter(|it| Some(it.id()) != state.location.open() && everywhere);
    open.into_iter().chain(others).cloned().collect()
}
