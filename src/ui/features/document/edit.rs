//! Edits: a command of the person is done, saved, and shown.

use super::{
    articles::library_changed,
    delivery::deliver,
    status::{add_saved, offer_rescue},
};
use crate::{
    annotation::AnnotationId,
    interchange::write_step,
    session::{Change, Command},
    storage::Leaf,
    text::{ArticleId, Span},
    ui::{Store, feature, parts::words::excerpt, platform},
};

/// Does what a person wants done, saves it, and shows it. Returns the first annotation that it changed.
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
    settle(store, change);
    if id.is_some() {
        platform::ask_to_persist();
    }
    id
}

/// Tells the features that a person did something that can be undone, or undid it.
pub(crate) fn report_step(store: &Store) {
    feature::each(|it| (it.step_made)(store));
}

/// Saves a change and shows it.
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
        if articles_changed {
            touched = library_changed(state);
        }
        if !change.is_empty() {
            let saved = state.document.keeper.keep(change.all());
            offer_rescue(state, change.all());
            touched.extend(add_saved(state, saved, true));
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

/// Shows what became of the annotations on these passages.
pub(super) fn refresh(store: &Store, touched: &[(ArticleId, Span)]) {
    if !touched.is_empty() {
        store.paint_text_first();
    }
    // Even where no passage is touched, what a listener reads may have changed.
    store.update(|_| {});
    feature::each(|it| (it.passages_changed)(store, touched));
}

/// A step of more edits than this is not kept: writing it would hold up the page.
const MAX_EDITS: usize = 2_000;

/// Keeps what changed in the history: an item for each step.
fn save_history(store: &Store) {
    let now = platform::now();
    let mut state = store.state_mut();
    let state = &mut *state;
    for (number, step) in state.document.session.take_history_news() {
        let item = step
            .filter(|(it, _)| it.transaction.edits.len() <= MAX_EDITS)
            .and_then(|(it, undone)| write_step(&it, undone, state.document.session.library()));
        // Where it cannot be kept, it is not: everything is undone all the same until the page is loaded again.
        let _ = state.document.keeper.notebook().keep(Leaf::Step(number), item, now);
    }
}

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

/// The note is written: what comes next is a step of its own.
pub(crate) fn end_step(store: &Store) {
    store.update(|state| state.document.session.close_step());
}
