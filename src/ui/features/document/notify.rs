//! Tells the features what has changed in the document.

use crate::{
    text::{ArticleId, Span},
    ui::{Store, feature},
};

/// Notifies the features that a step was added to the history, or undone.
pub(crate) fn report_step(store: &Store) {
    feature::each(|it| (it.step_made)(store));
}

/// Redraws the annotations on these passages, and what depends on tags if those have changed.
pub(super) fn refresh(store: &Store, touched: &[(ArticleId, Span)]) {
    if !touched.is_empty() {
        store.paint_text_first();
    }
    // Subscribers run even if no passage was touched: other state may have changed.
    store.update(|_| {});
    feature::each(|it| (it.passages_changed)(store, touched));
    if take_new_tags(store) {
        feature::each(|it| (it.tags_changed)(store));
    }
}

/// True if the features do not know the present tags yet.
fn take_new_tags(store: &Store) -> bool {
    let document = &mut store.state_mut().document;
    let now = document.session.codebook().clone();
    std::mem::replace(&mut document.known_tags, now) != *document.session.codebook()
}
