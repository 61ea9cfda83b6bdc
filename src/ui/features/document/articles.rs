//! Merging own articles that are read from the durable copy or received from other tabs.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::{
    delivery::{deliver, delivery},
    edit::refresh,
    status::{add_set_aside, add_unrecognized, report_missing_texts},
};
use crate::{
    annotation::ArticleRecord,
    storage::{Due, FoundArticles, retry_unrecognized},
    text::{ArticleId, Span, Text},
    ui::{State, Store, feature},
};

/// Passes the current library to both copies, and retries items whose article was unknown. Returns the passages to redraw.
pub(super) fn library_changed(state: &mut State) -> Vec<(ArticleId, Span)> {
    let library = state.document.session.library().clone();
    state.document.saver.local_copy().set_library(library.clone());
    state.document.delivery.durable.set_library(library.clone());
    if state.document.unrecognized.is_empty() {
        return Vec::new();
    }
    let records = retry_unrecognized(&mut state.document.unrecognized, &library);
    let change = state.document.session.merge(records).change;
    // Before that, `reconcile` schedules them once the durable copy has been read.
    if state.document.saver.is_loaded() {
        state.document.saver.schedule(change.records, Due { local: true, durable: true });
    }
    change.touched
}

/// Merges own articles that were read from the durable copy.
pub(super) fn merge_loaded(store: &Store, found: FoundArticles) {
    let touched = {
        let mut state = store.state_mut();
        let state = &mut *state;
        add_set_aside(state, found.set_aside);
        add_unrecognized(state, found.unrecognized);
        state.document.session.add_texts(found.texts);
        let newer = state
            .document
            .saver
            .reconcile_articles(state.document.session.articles().records(), found.records);
        state.document.session.merge_articles(newer);
        if let Some(failure) = found.failure {
            state.document.saver.durable_failed(failure);
        }
        report_missing_texts(state);
        library_changed(state)
    };
    refresh(store, &touched);
    feature::each(|it| (it.articles_changed)(store));
}

/// Merges an own article that another tab sent. If its text is not loaded, it is fetched first. `durable`: the record is
/// in the durable copy already.
pub(super) fn receive_article(store: &Store, state: &mut State, record: ArticleRecord, durable: bool) {
    let needed = record.sha256().filter(|it| state.document.session.articles().text(it).is_none()).cloned();
    let local_text = needed.as_ref().and_then(|it| state.document.saver.local_copy().text(it));
    let store = store.clone();
    spawn_local(async move {
        let text = match (needed, local_text) {
            (Some(sha256), None) => delivery(&store).durable().text(&sha256).await.ok().flatten(),
            (_, local) => local,
        };
        merge_received(&store, record, text, durable);
    });
}

fn merge_received(store: &Store, record: ArticleRecord, text: Option<Rc<Text>>, durable: bool) {
    let touched = {
        let mut state = store.state_mut();
        let state = &mut *state;
        state.document.session.add_texts(text);
        let changed = state.document.session.merge_articles([record]);
        if !durable {
            // The tab that wrote it may be closed before it reaches the durable copy.
            state.document.saver.schedule(changed, Due { local: false, durable: true });
        }
        library_changed(state)
    };
    refresh(store, &touched);
    feature::each(|it| (it.articles_changed)(store));
    deliver(store);
}
