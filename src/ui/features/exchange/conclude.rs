//! What follows when files were read: adding what they contain, or asking first.

use std::rc::Rc;

use super::{
    apply::apply,
    preview::preview_of,
    report::Report,
    state::{IMPORT_REPORT, RESTORE},
};
use crate::ui::{Store, features::articles, parts::dialog::Dialog};

/// Adds what was read, or asks first.
pub(super) fn conclude(store: &Store, mut report: Report) {
    if let Some(id) = report.replaces {
        match (report.texts.pop(), report.problems.first()) {
            (Some(text), _) => articles::replace_text(store, id, text),
            (None, Some((file, why))) => store.update(|state| state.notices.fail(format!("{file}: {why}."))),
            (None, None) => cancelled(store),
        }
    } else if report.backup.is_some() {
        preview(store, report);
    } else if report.problems.is_empty() {
        apply(store, &report, false);
    } else {
        ask(store, &IMPORT_REPORT, report);
    }
}

/// Shows what restoring would change.
fn preview(store: &Store, mut report: Report) {
    let preview = store.read(|state| preview_of(state, &report.records));
    report.preview = preview;
    ask(store, &RESTORE, report);
}

/// Opens a dialog about the files that were read.
pub(super) fn ask(store: &Store, dialog: &'static Dialog, report: Report) {
    store.update(|state| {
        state.notices.forget_step();
        state.exchange.report = Some(Rc::new(report));
        state.dialogs.open(dialog);
    });
}

/// Announces that the import was cancelled.
pub(super) fn cancelled(store: &Store) {
    store.update(|state| state.announcements.say("Cancelled. Nothing was changed."));
}
