//! Replacing an article's text by a newer one, and moving the annotations to it.

use std::rc::Rc;

use super::{
    actions::NewText,
    add_text::ADD_TEXT,
    placing::PLACING,
    state::{Candidate, Placement, Unplaced},
};
use crate::{
    annotation::{AnnotationId, AnnotationSet, ArticleRecord, NewArticle},
    session::{ArticleCommand, Command},
    text::{Anchored, Article, ArticleId, Span, Text, anchor},
    ui::{
        State, Store,
        features::{document, history, navigation, progress, selection},
        parts::{notice::Notice, words::excerpt},
        platform,
    },
};

/// The maximum number of listed annotations. Others follow once these are placed.
const LISTED: usize = 50;

/// The kind of the notice that asks the person to select a passage.
const PLACING_NOTICE: &str = "placing";

/// Opens the dialog to add a text.
pub(super) fn ask_for_text(store: &Store) {
    store.update(|state| {
        state.articles.replacing = None;
        state.dialogs.open(&ADD_TEXT);
    });
}

/// Opens the dialog to replace the text of an own article.
pub(super) fn ask_for_newer_text(store: &Store, id: &ArticleId) {
    store.update(|state| {
        state.articles.replacing = Some(id.clone());
        state.dialogs.open(&ADD_TEXT);
    });
}

/// Replaces the text of an own article, and moves every annotation whose passage is found with certainty.
pub(crate) fn replace_text(store: &Store, id: ArticleId, newer: NewText) {
    let Some(mut work) = progress::begin(store, "Placing annotations".to_owned()) else { return };
    let store = store.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let before = store.read(|state| {
            let article = Rc::clone(state.document.session().library().get(&id)?);
            let all = state.document.session().annotations(&id)?.in_order();
            Some((article, all.iter().map(|(id, it)| (*id, it.span)).collect::<Vec<_>>()))
        });
        let Some((old, annotations)) = before else { return };
        let body = Rc::new(Text::new(&newer.text));
        if body.sha256() == old.body().sha256() {
            store.update(|state| state.notices.fail("The article already has this text."));
            return;
        }
        let moment = platform::moment();
        let new = NewArticle {
            id: ArticleRecord::mint(moment.now, moment.entropy),
            title: old.title().into(),
            kind: newer.kind.into(),
            source: newer.source.as_str().into(),
            sha256: Rc::clone(body.sha256()),
        };
        let article =
            Article::with_text(new.id.clone(), old.title(), newer.kind, &newer.source, Rc::clone(&body));
        let mut found = Vec::new();
        for (place, (id, span)) in annotations.iter().enumerate() {
            if let Anchored::Found(to) = anchor(&old, *span, &article) {
                found.push((*id, to));
            }
            if work.yield_if_due(place, annotations.len()).await.is_err() {
                store.update(|state| state.announcements.say("Cancelled. Nothing was changed."));
                return;
            }
        }
        drop(work);
        let places: std::collections::HashMap<_, _> = annotations.into_iter().collect();
        let exact = found.iter().filter(|(id, to)| places.get(id) == Some(to)).count();
        let counts = (exact, found.len() - exact);
        let (to, unplaced_count) = (new.id.clone(), places.len() - found.len());
        store.state_mut().document.session_mut().add_texts([body]);
        document::execute(&store, &Command::Article(ArticleCommand::Replace { id, new, found }));
        navigation::open(&store, &to);
        if unplaced_count > 0 {
            show_unplaced(&store, &to, Some(counts));
        } else {
            store.update(|state| {
                let notice = replaced(counts);
                state.announcements.say(notice.text.clone());
                state.notices.show(notice);
            });
        }
    });
}

/// Shows the annotations of earlier texts of an article that are not placed yet.
fn show_unplaced(store: &Store, article: &ArticleId, found: Option<(usize, usize)>) {
    store.update(|state| {
        let (unplaced, unlisted) = unplaced(state, article);
        let any = !unplaced.is_empty();
        state.articles.outcome =
            Some(Rc::new(Placement { found, unplaced, unlisted, article: Some(article.clone()) }));
        if any {
            state.dialogs.open(&PLACING);
        } else {
            state.dialogs.close(&PLACING);
        }
    });
}

/// Shows the annotations that are not placed yet, given an earlier text of the article.
pub(super) fn show_unplaced_on(store: &Store, earlier: &ArticleId) {
    let latest = store.read(|state| state.document.session().articles().successor(earlier).cloned());
    if let Some(latest) = latest {
        show_unplaced(store, &latest, None);
    }
}

/// Announces a decision, and shows the annotations that are left.
fn show_remaining(store: &Store, announcement: &str) {
    store.update(|state| state.announcements.say(announcement));
    let outcome = store.read(|state| state.articles.outcome.clone());
    if let Some(outcome) = outcome
        && let Some(article) = &outcome.article
    {
        show_unplaced(store, article, outcome.found);
    }
}

/// Moves an annotation of an earlier text to this passage of the newer one.
pub(super) fn place_at(store: &Store, annotation: AnnotationId, span: Span) {
    let on = store.read(|state| state.articles.outcome.as_ref().and_then(|it| it.article.clone()));
    if let Some(on) = on {
        document::execute(store, &Command::Article(ArticleCommand::Place { annotation, on, span }));
        show_remaining(store, "Placed");
    }
}

/// Marks an annotation as staying on its earlier text.
pub(super) fn keep_with_earlier(store: &Store, annotation: AnnotationId) {
    document::execute(store, &Command::Article(ArticleCommand::Settle(annotation)));
    show_remaining(store, "Kept with the earlier text");
}

/// Deletes an annotation of an earlier text.
pub(super) fn delete_unplaced(store: &Store, annotation: AnnotationId) {
    document::execute(store, &Command::Delete(annotation));
    show_remaining(store, "Deleted. Undo brings it back.");
}

/// Lets the person select the passage of an annotation in the newer text.
pub(super) fn place_by_hand(store: &Store, annotation: AnnotationId) {
    let article = store.read(|state| state.articles.outcome.as_ref().and_then(|it| it.article.clone()));
    let Some(article) = article else { return };
    navigation::open(store, &article);
    store.update(|state| {
        let Some(it) = state.document.session().annotation(annotation) else { return };
        let quote = state
            .document
            .session()
            .library()
            .get(&it.article)
            .map(|article| excerpt(article.slice(it.span)));
        state.articles.placing = Some(annotation);
        let notice = select_passage(&quote.unwrap_or_default());
        state.announcements.say(notice.text.clone());
        state.notices.show(notice);
    });
}

/// Moves the annotation that is being placed to the selected passage.
fn place_selection(store: &Store) {
    let Some(annotation) = store.read(|state| state.articles.placing) else { return };
    let Some(span) = store.read(|state| state.selection.selected().map(|it| it.span)) else {
        store.update(|state| state.announcements.say("Select a passage first."));
        return;
    };
    stop_placing(store);
    selection::clear(store);
    place_at(store, annotation, span);
    selection::focus(store, Some(annotation));
}

/// Stops placing an annotation by selection. It stays unplaced.
fn stop_placing(store: &Store) {
    store.update(|state| {
        state.articles.placing = None;
        state.notices.dismiss(PLACING_NOTICE);
    });
}

/// How many annotations of an earlier text are not placed yet.
pub(super) fn unplaced_count(state: &State, earlier: &ArticleId) -> usize {
    let settled = state.document.session().articles().info(earlier).map(|it| &it.settled);
    let all = state.document.session().annotations(earlier).map(AnnotationSet::in_order).unwrap_or_default();
    all.iter().filter(|(id, _)| settled.is_none_or(|it| !it.contains(id))).count()
}

/// The listed annotations that are not placed yet, and how many more there are.
fn unplaced(state: &State, article: &ArticleId) -> (Vec<Unplaced>, usize) {
    let Some(new) = state.document.session().library().get(article) else { return (Vec::new(), 0) };
    let mut all = Vec::new();
    for old in state.document.session().library().iter() {
        if state.document.session().articles().successor(old.id()) != Some(article) {
            continue;
        }
        let settled = state
            .document
            .session()
            .articles()
            .info(old.id())
            .map(|it| it.settled.clone())
            .unwrap_or_default();
        let annotations =
            state.document.session().annotations(old.id()).map(AnnotationSet::in_order).unwrap_or_default();
        all.extend(
            annotations.into_iter().filter(|(id, _)| !settled.contains(id)).map(|it| (Rc::clone(old), it)),
        );
    }
    let unlisted = all.len().saturating_sub(LISTED);
    let listed = all.into_iter().take(LISTED).map(|(old, (id, it))| {
        let (ambiguous, spans) = match anchor(&old, it.span, new) {
            Anchored::Found(span) => (true, vec![span]),
            Anchored::Ambiguous(spans) => (true, spans),
            Anchored::Orphan(spans) => (false, spans),
        };
        let place = |span: Span| {
            let quote = new.quote(span);
            Candidate {
                span,
                before: quote.prefix.to_owned(),
                words: excerpt(quote.exact),
                after: quote.suffix.to_owned(),
            }
        };
        Unplaced {
            id,
            tag: it.tag,
            quote: excerpt(old.slice(it.span)),
            note: excerpt(&it.note),
            ambiguous,
            places: spans.into_iter().map(place).collect(),
        }
    });
    (listed.collect(), unlisted)
}

fn replaced((exact, moved): (usize, usize)) -> Notice {
    let text = format!(
        "The text was replaced and every annotation was found: {exact} in the same place, {moved} in another."
    );
    Notice::new("replaced", text).with("undo", "Undo", history::undo).until_next_step()
}

fn select_passage(quote: &str) -> Notice {
    Notice::new(PLACING_NOTICE, format!("Select the passage for “{quote}” in the newer text."))
        .with("place-selection", "Place it here", place_selection)
        .with("stop-placing", "Not now", stop_placing)
        .undismissible()
}
