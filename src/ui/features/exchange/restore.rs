//! Restoring a backup.

use wasm_bindgen_futures::spawn_local;

use super::apply::apply;
use crate::{
    interchange::DRAFT_KEY,
    ui::{
        Store,
        features::{
            articles, document,
            settings::{self, Settings},
            tabs,
        },
    },
};

/// Restores the backup that the person was asked about.
pub(super) fn restore(store: &Store) {
    let Some(report) = store.read(|state| state.exchange.report.clone()) else { return };
    if let Some(backup) = &report.backup {
        adopt_others(store, backup.others.clone());
        articles::restore_done(store, &backup.done);
        let view = backup.view.as_deref().and_then(Settings::parse);
        if let (Some(view), None) = (view, Settings::saved()) {
            settings::set(store, view);
        }
    }
    apply(store, &report, true);
}

/// Saves drafts, and the unchanged items that were set aside or not recognized.
fn adopt_others(store: &Store, items: Vec<(String, String)>) {
    if items.is_empty() {
        return;
    }
    let (drafts, items): (Vec<_>, Vec<_>) =
        items.into_iter().partition(|(key, _)| key.starts_with(DRAFT_KEY));
    let drafts: Vec<String> = drafts.into_iter().map(|(_, draft)| draft).collect();
    let store = store.clone();
    spawn_local(async move {
        let kept = document::delivery(&store).durable().adopt(&items).await;
        let left = document::delivery(&store).durable().save_drafts(&drafts).await;
        store.update(|state| match kept.and_then(|kept| left.map(|()| kept)) {
            Ok(asides) => document::add_set_aside(state, asides),
            Err(failure) => state.notices.fail(format!(
                "Notes without a tag, or items that the backup has set aside, could not be stored here: {failure}. \
                 They are still in the file."
            )),
        });
        tabs::adopt_orphaned_draft(&store);
    });
}
