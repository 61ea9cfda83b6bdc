//! Which codebook is being taken over, and the dialogs of this feature.

use web_sys::File;

use crate::ui::{Store, parts::dialog::Dialog};

pub(super) static EXPORT: Dialog = Dialog::new("codebook-export", "Export the codebook");
pub(super) static IMPORT: Dialog =
    Dialog { on_close: forget, ..Dialog::new("codebook-import", "Import a codebook") };
pub(super) static READY_MADE: Dialog = Dialog::new("ready-made", "Ready-made codebooks");

/// Which codebook is being taken over.
#[derive(Debug, Default)]
pub(crate) struct CodebookFiles {
    pub(super) source: Option<Source>,
}

/// Where a codebook comes from.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Source {
    /// A file that a person chose or dropped.
    File(File),
    /// The one with this index among those that come with the page.
    ReadyMade(usize),
}

fn forget(store: &Store) {
    store.update(|state| state.codebook_files.source = None);
}
