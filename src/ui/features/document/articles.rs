//! Merging tags and own articles that are read from the durable copy.

use super::{
    context::context_changed,
    notify::refresh,
    status::{add_set_aside, add_unrecognized, report_missing_texts},
};
use crate::{
    storage::FoundArticles,
    ui::{Store, feature},
};

/// Merges tags and own articles that were read from the durable copy.
pub(super) fn merge_loaded(store: &Store, found: FoundArticles) {
    let touched = {
        let mut state = store.state_mut();
        let state = &mut *state;
        add_set_aside(state, found.set_aside);
        add_unrecognized(state, found.unrecognized);
        let newer = state.document.saver.reconcile_tags(state.document.session.tags().records(), found.tags);
        state.document.session.merge_tags(newer);
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
        context_changed(state)
    };
    refresh(store, &touched);
    feature::each(|it| (it.articles_changed)(store));
}
