//! Offering a codebook, and taking it over.

use web_sys::File;

use super::{
    state::{IMPORT, Source},
    words::done,
};
use crate::{
    session::{Command, ImportPlan, TagCommand},
    ui::{
        Store,
        features::{document, history, notices},
        parts::notice::Notice,
    },
};

/// Shows what taking over the codebook of a file would do.
pub(crate) fn offer(store: &Store, file: File) {
    show(store, Source::File(file));
}

/// Shows what taking over a codebook would do.
pub(super) fn show(store: &Store, source: Source) {
    store.update(|state| {
        state.codebook_files.source = Some(source);
        state.dialogs.open(&IMPORT);
    });
}

/// Takes over a codebook as planned, as one step.
pub(super) fn take_over(store: &Store, plan: &ImportPlan) {
    document::end_step(store);
    document::execute(store, &Command::Codebook(TagCommand::Import(plan.edits.clone())));
    document::end_step(store);
    let notice =
        Notice::new("codebook-imported", done(plan)).with("undo", "Undo", history::undo).until_next_step();
    store.update(|state| notices::announce(state, notice));
}
