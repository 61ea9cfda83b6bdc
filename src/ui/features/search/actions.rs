//! Running a search in slices, and moving through its matches.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{
    fold::folding,
    state::{CurrentSearch, MatchIndex, Origin},
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

/// The `id` of the field for the words.
pub(super) const SEARCH_FIELD: &str = "search-words";

/// Ends the search when another view is shown.
pub(super) fn view_changed(store: &Store) {
    if store.read(|state| state.search.current.is_some()) {
        store.update(|state| state.search.current = None);
        viewport::paint(store);
    }
}

/// Paints the matches near the viewport.
pub(super) fn paint(state: &State, surface: &Surface) {
    let found = state.search.current.as_ref().and_then(|search| {
        let (index, found) = search.matches_in(surface.article().id())?;
        let near = state.viewport.near()?;
        let current = search.at.filter(|at| at.article == index).and_then(|it| search.span(it));
        Some((found.near(near), current))
    });
    let (spans, current) = found.unwrap_or_default();
    surface.paint_matches(spans, current);
}

/// Opens the search, or focuses its field. Searches for the selected text if it is short.
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
    // By the next frame, the field has its value. It may be added to the page later, if an edit is painted first.
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

/// Searches for other words.
pub(super) fn search_for(store: &Store, words: &str) {
    store.update(|state| {
        if let Some(search) = &mut state.search.current {
            words.clone_into(&mut search.words);
        }
    });
    run(store, true);
}

/// Searches all articles, or only the open one.
pub(super) fn set_scope(store: &Store, everywhere: bool) {
    store.update(|state| {
        state.search.last.everywhere = everywhere;
        if let Some(search) = &mut state.search.current {
            search.everywhere = everywhere;
        }
    });
    run(store, true);
}

/// Starts the search again. With `reveal`, scrolls to the first match.
fn run(store: &Store, reveal: bool) {
    let query = {
        let words = store.read(|state| state.search.current.as_ref().map(|it| it.words.clone()));
        words.and_then(|it| Query::new(&it, &mut folding(store).borrow_mut()))
    };
    let scan_input = store.update(|state| {
        state.search.last.runs += 1;
        let run = state.search.last.runs;
        let articles: Vec<Rc<Article>> = articles_to_search(state);
        let search = state.search.current.as_mut()?;
        search.run = run;
        search.query.clone_from(&query);
        search.found.clear();
        search.at = None;
        search.done = query.is_none();
        search.update_results();
        query.map(|query| (run, articles, query))
    });
    viewport::paint(store);
    let Some((run, articles, query)) = scan_input else { return };
    let store = store.clone();
    // Only a newer run cancels this one. Each slice checks for that.
    platform::run_eagerly(async move { _ = scan(&store, run, &articles, &query, reveal).await });
}

/// Searches the articles in slices, as run number `run`.
async fn scan(
    store: &Store,
    run: u32,
    articles: &[Rc<Article>],
    query: &Query,
    reveal: bool,
) -> Result<(), Cancelled> {
    let mut work = progress::begin_in_background(store);
    let mut has_matches = false;
    for article in articles {
        let mut scanner = Search::new(query.clone(), article.text().len());
        loop {
            let mut spans = Vec::new();
            let mut more = true;
            // The first matches are shown before the search goes on.
            while more && (has_matches || spans.is_empty()) && !work.is_due() {
                more = scanner.step(article, &mut folding(store).borrow_mut(), &mut spans);
            }
            let is_first = !has_matches && !spans.is_empty();
            if !add_matches(store, run, article, spans, !more, reveal) {
                return Ok(());
            }
            if is_first {
                has_matches = true;
                platform::next_paint().await;
            } else {
                work.yield_if_due(scanner.at(), article.text().len()).await?;
            }
            if !more {
                break;
            }
        }
    }
    store.update(|state| {
        if let Some(search) = state.search.current.as_mut().filter(|it| it.run == run) {
            search.done = true;
            search.update_results();
            let words = search.summary().words();
            state.announcements.say(words);
        }
    });
    Ok(())
}

/// Adds matches to the current search. Returns false if a newer run has replaced this one. `is_last`: the article has no more.
fn add_matches(
    store: &Store,
    run: u32,
    article: &Rc<Article>,
    spans: Vec<Span>,
    is_last: bool,
    reveal: bool,
) -> bool {
    let (is_current, to) = store.update(|state| {
        let open = state.location.open().cloned();
        let Some(search) = state.search.current.as_mut().filter(|it| it.run == run) else {
            return (false, None);
        };
        if spans.is_empty() && !is_last {
            return (true, None);
        }
        let before = search.at;
        search.add_matches(article, spans);
        if open.as_ref() == Some(article.id()) && search.at.is_none() {
            search.select_first(article.id(), is_last);
        }
        if is_last || search.listed.0.is_empty() {
            search.update_results();
        }
        (true, search.at.filter(|it| Some(*it) != before).and_then(|it| search.span(it)))
    });
    if is_current {
        viewport::paint(store);
    }
    if let Some(span) = to.filter(|_| reveal) {
        viewport::reveal(store, span.start());
    }
    is_current
}

/// Goes to the next or the previous match, and wraps around. Opens the search if there is none.
pub(super) fn step(store: &Store, direction: Direction) {
    let to = store.read(|state| {
        let search = state.search.current.as_ref()?;
        Some((search.neighbor(direction), search.done))
    });
    match to {
        None => open(store),
        Some((Some(to), _)) => go_to_match(store, to),
        Some((None, true)) => announcements::announce(store, "Nothing found"),
        // The search announces its result when it ends.
        Some((None, false)) => {}
    }
}

/// Goes to the match with this index in an article.
pub(super) fn go_to_result(store: &Store, article: &ArticleId, index: usize) {
    let to = store.read(|state| {
        let found = &state.search.current.as_ref()?.found;
        let article = found.iter().position(|it| it.article.id() == article)?;
        Some(MatchIndex { article, index })
    });
    if let Some(to) = to {
        go_to_match(store, to);
    }
}

fn go_to_match(store: &Store, to: MatchIndex) {
    let target = store.update(|state| {
        let search = state.search.current.as_mut()?;
        let target = (search.found.get(to.article)?.article.id().clone(), search.span(to)?);
        search.at = Some(to);
        let words = search.summary().words();
        let leaves_article = state.location.open() != Some(&target.0);
        let again = leaves_article && std::mem::replace(&mut search.left_article, true);
        state.announcements.say(words);
        Some((target, again))
    });
    let Some(((article, span), again)) = target else { return };
    // The browser's Back goes to where the search was opened, and not through every article on the way.
    if again {
        navigation::replace_next(store);
    }
    navigation::open(store, &article);
    viewport::paint(store);
    viewport::reveal(store, span.start());
}

/// Ends the search. With `back`, goes to where the person was before; otherwise stays at the current match.
pub(crate) fn close(store: &Store, back: bool) {
    let Some(search) = store.update(|state| state.search.current.take()) else { return };
    viewport::paint(store);
    if let Some(reader) = platform::element("reader") {
        let _ = reader.focus();
    }
    if !back {
        return;
    }
    let origin = search.origin;
    if let Some(article) = origin.article {
        if search.left_article {
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

/// Ends the search and selects the current match, so that it can be tagged.
pub(super) fn select_match(store: &Store) {
    let span = store.read(|state| {
        let search = state.search.current.as_ref()?;
        let found = search.found.get(search.at?.article)?;
        (state.location.open() == Some(found.article.id())).then(|| search.span(search.at?))?
    });
    let Some(span) = span else { return };
    close(store, false);
    viewport::with_surface(store, |it| it.select(span, false));
    store.update(|state| state.selection.set_selected(Selected { span, backwards: false }));
}

/// Repeats a search of all articles after articles were added, changed or removed.
pub(crate) fn articles_changed(store: &Store) {
    if store.read(|state| state.search.current.as_ref().is_some_and(|it| it.everywhere)) {
        run(store, false);
    }
}

/// Repeats a search of the open article if another one was opened.
pub(crate) fn article_shown(store: &Store) {
    let is_outdated = store.read(|state| {
        let Some(search) = &state.search.current else { return false };
        let searched = search.found.iter().any(|it| state.location.open() == Some(it.article.id()));
        !search.everywhere && !searched
    });
    if is_outdated {
        run(store, false);
    } else {
        viewport::paint(store);
    }
}

/// The open article first, and then all others if they are searched too.
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
