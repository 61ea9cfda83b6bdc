//! The commands.

use super::state::{EXPORT, IMPORT, READY_MADE};
use crate::ui::{
    commands::{Group, PageCommand},
    features::dialogs,
};

pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: "export-codebook",
        name: "Export the codebook",
        group: Group::Page,
        run: |store| dialogs::open(store, &EXPORT),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "import-codebook",
        name: "Import a codebook",
        group: Group::Page,
        run: |store| dialogs::open(store, &IMPORT),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "ready-made",
        name: "Ready-made codebooks",
        group: Group::Page,
        run: |store| dialogs::open(store, &READY_MADE),
        in_every_view: true,
        ..PageCommand::NEW
    },
];
