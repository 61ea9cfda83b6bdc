//! The commands and their keys.

use super::actions::{open, step};
use crate::ui::{
    commands::{Group, PageCommand},
    parts::direction::Direction,
};

pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: "search",
        name: "Search",
        group: Group::Go,
        keys: &["/"],
        run: open,
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "find-next",
        name: "Next match",
        group: Group::Go,
        keys: &["F3"],
        run: |store| step(store, Direction::Next),
        in_fields: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "find-previous",
        name: "Previous match",
        group: Group::Go,
        keys: &["Shift+F3"],
        run: |store| step(store, Direction::Previous),
        in_fields: true,
        ..PageCommand::NEW
    },
];
