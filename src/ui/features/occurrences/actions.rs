//! Tagging the same words wherever else they stand: which they are, where they were found, and which are chosen.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::{
    state::{Occurrence, Occurrences, Options},
    view::OCCURRENCES,
};
use crate::{
    annotation::Tag,
    session::Command,
    text::{Article, Query, Search, Span},
    ui::{
        State, Store,
        features::{
            annotations, announcements, document, filter,
            progress::{self, Cancelled},
            search, selection,
        },
        parts::words::count,
    },
};

/// No more places than this are listed and tagged at once.
const MOST: usize = 2_000;

/// How much is shown before and after the words, in characters.
const CONTEXT: usize = 48;

/// Opens the window for tagging the selected words, or those of the focused annotation, wherever else they stand.
pub(super) fn open(store: &Store) {
    let begun = store.read(|state| {
        let (article, set) = document::opened(state)?;
        let focused = state.location.focus().and_then(|it| set.get(it));
        let passage = state.selection.passage();
        let span = passage.or(focused.map(|it| it.span)).or(annotations::draft_span(state))?;
        let tag = if passage.is_some() { state.annotations.sticky() } else { focused.map(|it| it.tag) };
        let whole_words = is_whole(article, span);
        let how = Options { match_case: false, whole_words, everywhere: false };
        let words = Rc::from(article.slice(span));
        let tag = tag.unwrap_or(Tag::ALL[0]);
        Some(Occurrences { words, how, tag, found: Vec::new(), done: false, more: false, turn: 0 })
    });
    if let Some(begun) = begun {
        store.update(|state| {
            state.occurrences.current = Some(begun);
            state.dialogs.open(&OCCURRENCES);
        });
        run(store);
    }
}

/// Looks for the words in another way.
pub(super) fn set_options(store: &Store, how: Options) {
    store.update(|state| {
        if let Some(all) = &mut state.occurrences.current {
            all.how = how;
        }
    });
    run(store);
}

/// Chooses the tag that they are to get.
pub(super) fn set_tag(store: &Store, tag: Tag) {
    store.update(|state| {
        if let Some(all) = &mut state.occurrences.current {
            all.tag = tag;
        }
    });
}

/// Chooses a place or all of them, or no longer.
pub(super) fn choose(store: &Store, place: Option<usize>, chosen: bool) {
    store.update(|state| {
        let Some(all) = &mut state.occurrences.current else { return };
        for (at, it) in all.found.iter_mut().enumerate() {
            if place.is_none_or(|place| place == at) {
                it.said = Some(chosen);
            }
        }
    });
}

/// Tags what is chosen, in one step.
pub(super) fn tag_chosen(store: &Store) {
    let chosen = store.update(|state| {
        let all = state.occurrences.current.take()?;
        state.dialogs.close_any();
        let chosen = all.found.iter().filter(|it| it.is_chosen(all.tag));
        Some((chosen.map(|it| (it.article.clone(), it.span)).collect::<Vec<_>>(), all.tag))
    });
    let Some((passages, tag)) = chosen else { return };
    let passages_said = count(passages.len(), "passage", "passages");
    filter::show_tag(store, tag);
    selection::clear(store);
    if document::execute(store, &Command::TagAll(passages, tag)).is_some() {
        announcements::announce(
            store,
            format!("Tagged {passages_said} as {}. Undo reverts all of them.", tag.name()),
        );
    }
}

fn run(store: &Store) {
    let begun = store.update(|state| {
        let articles: Vec<Rc<Article>> = state.document.session().library().iter().cloned().collect();
        let open = state.location.open().cloned();
        let all = state.occurrences.current.as_mut()?;
        all.turn += 1;
        (all.found, all.done, all.more) = (Vec::new(), false, false);
        let here = |it: &Rc<Article>| all.how.everywhere || Some(it.id()) == open.as_ref();
        let articles: Vec<_> = articles.into_iter().filter(here).collect();
        Some((Rc::clone(&all.words), all.how, all.turn, articles))
    });
    let Some((words, how, turn, articles)) = begun else { return };
    let query = Query::new(&words, &mut search::folding(store).borrow_mut());
    let store = store.clone();
    spawn_local(async move {
        if let Some(query) = query {
            let _ = scan(&store, &articles, &query, &words, how, turn).await;
        }
        store.update(|state| {
            if let Some(all) = state.occurrences.current.as_mut().filter(|it| it.turn == turn) {
                all.done = true;
            }
        });
    });
}

async fn scan(
    store: &Store,
    articles: &[Rc<Article>],
    query: &Query,
    words: &str,
    how: Options,
    turn: u32,
) -> Result<(), Cancelled> {
    let mut work = progress::begin_unseen(store);
    for article in articles {
        let mut search = Search::new(query.clone(), article.text().len());
        loop {
            let mut spans = Vec::new();
            let more = search.step(article, &mut search::folding(store).borrow_mut(), &mut spans);
            // The search takes one accent for another; here the words are to be the same.
            spans.retain(|it| is_same(article.slice(*it), words, how.match_case));
            spans.retain(|it| !how.whole_words || is_whole(article, *it));
            if !spans.is_empty() {
                store.update(|state| add_found(state, article, &spans, turn));
            }
            let current = store.read(|state| {
                state.occurrences.current.as_ref().is_some_and(|it| it.turn == turn && !it.more)
            });
            if !current {
                return Err(Cancelled);
            }
            if !more {
                break;
            }
            work.rest(0, 1).await?;
        }
    }
    Ok(())
}

fn add_found(state: &mut State, article: &Article, spans: &[Span], turn: u32) {
    let found: Vec<Occurrence> = spans.iter().map(|it| occurrence(state, article, *it)).collect();
    if let Some(all) = state.occurrences.current.as_mut().filter(|it| it.turn == turn) {
        all.found.extend(found);
        all.more = all.found.len() > MOST;
        all.found.truncate(MOST);
    }
}

fn occurrence(state: &State, article: &Article, span: Span) -> Occurrence {
    let mut tagged = [false; Tag::ALL.len()];
    let here =
        state.document.session().annotations(article.id()).map(|it| it.overlapping(span)).unwrap_or_default();
    for (_, it) in here {
        tagged[it.tag.index()] |= it.span.hull(span) == it.span;
    }
    Occurrence {
        article: article.id().clone(),
        span,
        context: article.context(span, CONTEXT, CONTEXT),
        tagged,
        said: None,
    }
}

/// Whether the words are the same but for white space and, unless it matters, for case.
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

/// Whether no letter or digit goes on where the words end.
fn is_whole(article: &Article, span: Span) -> bool {
    let text = article.text();
    let goes_on = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
    let (before, after) = (text[..span.start()].chars().next_back(), text[span.end()..].chars().next());
    let words = article.slice(span);
    !(goes_on(before) && goes_on(words.chars().next())
        || goes_on(after) && goes_on(words.chars().next_back()))
}
