//! Preparing a printout, opening the browser's dialog, and cleaning up.

use super::state::{PrintJob, Printout};
use crate::{
    annotation::{Endnote, references},
    ui::{
        Store,
        features::{highlights, viewport},
    },
};

/// Prepares a printout of the open article. The browser's dialog opens once the printout is in the page.
pub(super) fn print(store: &Store, printout: Printout) {
    store.update(|state| {
        if state.location.open().is_none() {
            state.announcements.say("Open an article first.");
            return;
        }
        let number = state.printing.job.map_or(0, |it| it.number.wrapping_add(1));
        state.printing.job = Some(PrintJob { printout, number });
    });
}

/// Draws all highlights, puts the numbers of the `notes` behind them, and opens the browser's dialog. Does nothing if
/// the job has ended.
pub(super) fn open_dialog(store: &Store, job: PrintJob, notes: &[Endnote]) {
    if store.read(|state| state.printing.job) != Some(job) {
        return;
    }
    highlights::highlight_all(store, true);
    if let Some(surface) = viewport::surface(store) {
        surface.show_references(&references(notes));
    }
    // If there is no dialog, nothing is printed, and the person sees that.
    let _ = gloo::utils::window().print();
}

/// Ends a job, which was printed or cancelled.
pub(super) fn end(store: &Store, job: PrintJob) {
    store.update(|state| state.printing.job = state.printing.job.filter(|it| *it != job));
}

/// Removes from the text what was added for printing.
pub(super) fn clean_up(store: &Store) {
    if let Some(surface) = viewport::surface(store) {
        surface.hide_references();
    }
    highlights::highlight_all(store, store.read(|state| state.settings.whole));
}
