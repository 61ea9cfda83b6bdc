//! The commands and their keys.

use super::{definitions::DEFINITIONS, keys::KEYS, palette::PALETTE};
use crate::ui::{
    commands::{Group, PageCommand},
    features::dialogs,
};

pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: "palette",
        name: "All commands",
        group: Group::Page,
        keys: &["Ctrl+K"],
        run: |store| dialogs::open(store, &PALETTE),
        in_every_view: true,
        in_fields: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "help",
        name: "Keyboard shortcuts",
        group: Group::Page,
        keys: &["?"],
        run: |store| dialogs::open(store, &KEYS),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "definitions",
        name: "Definitions of the tags",
        group: Group::Page,
        keys: &["I"],
        run: |store| dialogs::open(store, &DEFINITIONS),
        in_every_view: true,
        ..PageCommand::NEW
    },
];
