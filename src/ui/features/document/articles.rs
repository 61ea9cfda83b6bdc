//! Merging own articles that are read from the durable copy, and passing the library on to both copies.

use super::{
    notify::refresh,
    status::{add_set_aside, add_unrecognized, report_missing_texts},
};
use crate::{
    storage::{Due, FoundArticles, retry_unrecognized},
    text::{ArticleId, Span},
    ui::{State, Store, feature},
};

/// Passes the current library to both copies, and retries items whose article was unknown. Returns the passages to redraw.
pub(super) fn library_changed(state: &mut State) -> Vec<(ArticleId, Span)> {
    let context = state.document.session.context().clone();
    state.document.saver.local_copy().set_context(context.clone());
    state.document.delivery.durable.set_context(context.clone());
    if state.document.unrecognized.is_empty() {
        return Vec::new();
    }
    let records = retry_unrecognized(&mut state.document.unrecognized, &context);
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
