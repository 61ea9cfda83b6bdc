//! Executing a command of the session: saving the change and redrawing what it touches.

use super::{
    context::context_changed,
    deliver::deliver,
    notify::{refresh, report_step},
    status::{merge_saved, offer_rescue},
};
use crate::{
    annotation::AnnotationId,
    interchange::write_step,
    session::{Change, Command},
    storage::TabItem,
    ui::{Store, feature, parts::words::excerpt, platform},
};

/// Steps with more edits are not saved, because writing them would block the page.
const MAX_EDITS: usize = 2_000;

/// Executes a command, saves the change, and shows it. Returns the first annotation that it changed.
pub(crate) fn execute(store: &Store, command: &Command) -> Option<AnnotationId> {
    store.paint_text_first();
    let (change, new_step) = {
        let mut state = store.state_mut();
        let state = &mut *state;
        state.notices.forget_step();
        let steps = state.document.session.history().steps();
        let change = state.document.session.execute(command, platform::moment());
        (change, state.document.session.history().steps() > steps)
    };
    if new_step {
        report_step(store);
    }
    let id = change.records.first().map(|it| it.id);
    let has_tags = !change.tags.is_empty();
    settle(store, change);
    if id.is_some() || has_tags {
        platform::ask_to_persist();
    }
    id
}

/// Saves a change to the session and shows it.
pub(crate) fn settle(store: &Store, change: Change) {
    save_history(store);
    let articles_changed = !change.articles.is_empty();
    if !change.is_empty() {
        feature::each(|it| (it.changed)(store, &change));
    }
    let touched = {
        let mut state = store.state_mut();
        let state = &mut *state;
        let mut touched = Vec::new();
        if articles_changed || !change.tags.is_empty() {
            touched = context_changed(state);
        }
        if !change.is_empty() {
            let saved = state.document.saver.save(change.all());
            offer_rescue(state, change.all());
            touched.extend(merge_saved(state, saved, true));
        }
        touched.extend(change.touched);
        touched
    };
    refresh(store, &touched);
    if articles_changed {
        feature::each(|it| (it.articles_changed)(store));
    }
    deliver(store);
}

/// Saves the changed steps of the history, each as one item.
fn save_history(store: &Store) {
    let now = platform::now();
    let mut state = store.state_mut();
    let state = &mut *state;
    for (number, step) in state.document.session.take_history_changes() {
        let item = step
            .filter(|(it, _)| it.transaction.edits.len() + it.transaction.tags.len() <= MAX_EDITS)
            .and_then(|(it, undone)| write_step(&it, undone, state.document.session.context()));
        // If this fails, undo still works until the page is reloaded.
        let _ = state.document.saver.tab_state().set(TabItem::Step(number), item, now);
    }
}

/// The beginning of an annotation's passage; empty if there is no such annotation.
pub(crate) fn quote_of(store: &Store, id: AnnotationId) -> String {
    store.read(|state| {
        state
            .document
            .session
            .find(id)
            .map(|(article, it)| excerpt(article.slice(it.span)))
            .unwrap_or_default()
    })
}

/// Ends the current step of the history, so that the next edit of the same note starts a new one.
pub(crate) fn end_step(store: &Store) {
    store.update(|state| state.document.session.close_step());
}
