//! Searching for the same words, choosing among the occurrences, and tagging those that are chosen.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::state::{Occurrence, Options};
use crate::{
    annotation::TagId,
    session::Command,
    text::{Article, Query, Search, Span},
    ui::{
        State, Store,
        features::{
            announcements, document, filter,
            progress::{self, Cancelled},
            search, selection,
        },
        parts::words::count,
    },
};

/// The maximum number of occurrences that are listed and tagged at once.
const LIMIT: usize = 2_000;

/// The characters shown before and after the words.
const CONTEXT: usize = 48;

/// Changes how the words are searched for, and searches again.
pub(super) fn set_options(store: &Store, options: Options) {
    store.update(|state| {
        if let Some(all) = &mut state.occurrences.current {
            all.options = options;
        }
    });
    run(store);
}

/// Changes the tag to give.
pub(super) fn set_tag(store: &Store, tag: TagId) {
    store.update(|state| {
        if let Some(all) = &mut state.occurrences.current {
            all.tag = tag;
        }
    });
}

/// Chooses to tag one occurrence, or all, or not to.
pub(super) fn choose(store: &Store, index: Option<usize>, chosen: bool) {
    store.update(|state| {
        let Some(all) = &mut state.occurrences.current else { return };
        for (at, it) in all.found.iter_mut().enumerate() {
            if index.is_none_or(|index| index == at) {
                it.decision = Some(chosen);
            }
        }
    });
}

/// Tags the chosen occurrences in one step of the history.
pub(super) fn tag_chosen(store: &Store) {
    let chosen = store.update(|state| {
        let all = state.occurrences.current.take()?;
        state.dialogs.close_any();
        let chosen = all.found.iter().filter(|it| it.is_chosen(all.tag));
        Some((chosen.map(|it| (it.article.clone(), it.span)).collect::<Vec<_>>(), all.tag))
    });
    let Some((passages, tag)) = chosen else { return };
    let passages_count = count(passages.len(), "passage", "passages");
    filter::show_tag(store, tag);
    selection::clear(store);
    if document::execute(store, &Command::TagAll(passages, tag)).is_some() {
        let name = document::tag_name(store, tag);
        announcements::announce(
            store,
            format!("Tagged {passages_count} as {name}. Undo reverts all of them."),
        );
    }
}

/// Starts the search again.
pub(super) fn run(store: &Store) {
    let started = store.update(|state| {
        let articles: Vec<Rc<Article>> = state.document.session().library().iter().cloned().collect();
        let open = state.location.open().cloned();
        let all = state.occurrences.current.as_mut()?;
        all.run += 1;
        (all.found, all.done, all.is_truncated) = (Vec::new(), false, false);
        let is_searched = |it: &Rc<Article>| all.options.everywhere || Some(it.id()) == open.as_ref();
        let articles: Vec<_> = articles.into_iter().filter(is_searched).collect();
        Some((Rc::clone(&all.words), all.options, all.run, articles))
    });
    let Some((words, options, run, articles)) = started else { return };
    let query = Query::new(&words, &mut search::folding(store).borrow_mut());
    let store = store.clone();
    spawn_local(async move {
        if let Some(query) = query {
            let _ = scan(&store, &articles, &query, &words, options, run).await;
        }
        store.update(|state| {
            if let Some(all) = state.occurrences.current.as_mut().filter(|it| it.run == run) {
                all.done = true;
            }
        });
    });
}

/// Searches the articles in slices, as run number `run`.
async fn scan(
    store: &Store,
    articles: &[Rc<Article>],
    query: &Query,
    words: &str,
    options: Options,
    run: u32,
) -> Result<(), Cancelled> {
    let mut work = progress::begin_in_background(store);
    for article in articles {
        let mut search = Search::new(query.clone(), article.text().len());
        loop {
            let mut spans = Vec::new();
            let more = search.step(article, &mut search::folding(store).borrow_mut(), &mut spans);
            // The search ignores accents, but here the words must be the same.
            spans.retain(|it| is_same(article.slice(*it), words, options.match_case));
            spans.retain(|it| !options.whole_words || is_whole(article, *it));
            if !spans.is_empty() {
                store.update(|state| add_found(state, article, &spans, run));
            }
            let current = store.read(|state| {
                state.occurrences.current.as_ref().is_some_and(|it| it.run == run && !it.is_truncated)
            });
            if !current {
                return Err(Cancelled);
            }
            if !more {
                break;
            }
            work.yield_if_due(0, 1).await?;
        }
    }
    Ok(())
}

fn add_found(state: &mut State, article: &Article, spans: &[Span], run: u32) {
    let found: Vec<Occurrence> = spans.iter().map(|it| occurrence(state, article, *it)).collect();
    if let Some(all) = state.occurrences.current.as_mut().filter(|it| it.run == run) {
        all.found.extend(found);
        all.is_truncated = all.found.len() > LIMIT;
        all.found.truncate(LIMIT);
    }
}

fn occurrence(state: &State, article: &Article, span: Span) -> Occurrence {
    let here =
        state.document.session().annotations(article.id()).map(|it| it.overlapping(span)).unwrap_or_default();
    let around = here.iter().filter(|(_, it)| it.span.hull(span) == it.span);
    Occurrence {
        article: article.id().clone(),
        span,
        context: article.context(span, CONTEXT, CONTEXT),
        tagged: around.map(|(_, it)| it.tag).collect(),
        decision: None,
    }
}

/// True if the words are the same except for white space and, unless `match_case`, for case.
fn is_same(one: &str, other: &str, match_case: bool) -> bool {
    let same = |a: &str, b: &str| a == b || (!match_case && a.to_lowercase() == b.to_lowercase());
    let (mut one, mut other) = (one.split_whitespace(), other.split_whitespace());
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if same(a, b) => {}
            _ => return false,
        }
    }
}

/// True if the passage neither starts nor ends inside a word.
pub(super) fn is_whole(article: &Article, span: Span) -> bool {
    let text = article.text();
    let is_word = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
    let (before, after) = (text[..span.start()].chars().next_back(), text[span.end()..].chars().next());
    let words = article.slice(span);
    !(is_word(before) && is_word(words.chars().next())
        || is_word(after) && is_word(words.chars().next_back()))
}
