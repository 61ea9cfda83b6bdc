//! Passing the articles and tags of the session on to both copies.

use crate::{
    storage::{Due, retry_unrecognized},
    text::{ArticleId, Span},
    ui::State,
};

/// Passes the current articles and tags to both copies, and retries items whose article or tag was unknown. Returns the
/// passages to redraw.
pub(super) fn context_changed(state: &mut State) -> Vec<(ArticleId, Span)> {
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
