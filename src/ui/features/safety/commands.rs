//! The commands and their keys.

use super::{backup::back_up, view::STORAGE};
use crate::ui::{
    commands::{Group, PageCommand},
    features::dialogs,
};

pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: "storage",
        name: "Storage and backup",
        group: Group::Page,
        run: |store| dialogs::open(store, &STORAGE),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "back-up",
        name: "Save a backup",
        group: Group::Page,
        run: back_up,
        in_every_view: true,
        ..PageCommand::NEW
    },
];
