//! The commands and their keys.

use super::{
    actions::{needs_redo, needs_undo, redo, undo},
    view::HISTORY,
};
use crate::ui::{
    commands::{Group, PageCommand},
    features::dialogs,
};

pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: "undo",
        name: "Undo",
        group: Group::Edit,
        keys: &["Ctrl+Z"],
        missing: needs_undo,
        run: undo,
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "redo",
        name: "Redo",
        group: Group::Edit,
        keys: &["Ctrl+Shift+Z", "Ctrl+Y"],
        missing: needs_redo,
        run: redo,
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "history",
        name: "Show the history",
        group: Group::Edit,
        keys: &["H"],
        run: |store| dialogs::open(store, &HISTORY),
        in_every_view: true,
        ..PageCommand::NEW
    },
];
