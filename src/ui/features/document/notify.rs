//! Tells the features what has changed in the document.

use crate::{
    text::{ArticleId, Span},
    ui::{Store, feature},
};

/// Notifies the features that a step was added to the history, or undone.
pub(crate) fn report_step(store: &Store) {
    feature::each(|it| (it.step_made)(store));
}

/// Redraws the annotations on these passages.
pub(super) fn refresh(store: &Store, touched: &[(ArticleId, Span)]) {
    if !touched.is_empty() {
        store.paint_text_first();
    }
    // Subscribers run even if no passage was touched: other state may have changed.
    store.update(|_| {});
    feature::each(|it| (it.passages_changed)(store, touched));
}
