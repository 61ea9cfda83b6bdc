//! The commands and their keys.

use super::{
    cursor::{move_cursor, swap_ends},
    snapping::snap_to_next,
    state::{Motion, needs_selection},
};
use crate::{
    text::Granularity,
    ui::commands::{Group, PageCommand},
};

pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: "snap",
        name: "Select by: switch between character, word, sentence and paragraph",
        group: Group::Text,
        keys: &["S"],
        run: snap_to_next,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "cursor-right",
        name: "Text cursor: next unit",
        group: Group::Text,
        keys: &["ArrowRight"],
        run: |store| move_cursor(store, Motion { forward: true, by: None, extend: false }),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "cursor-left",
        name: "Text cursor: previous unit",
        group: Group::Text,
        keys: &["ArrowLeft"],
        run: |store| move_cursor(store, Motion { forward: false, by: None, extend: false }),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "cursor-word-right",
        name: "Text cursor: next word",
        group: Group::Text,
        keys: &["Ctrl+ArrowRight"],
        run: |store| move_cursor(store, Motion { forward: true, by: Some(Granularity::Word), extend: false }),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "cursor-word-left",
        name: "Text cursor: previous word",
        group: Group::Text,
        keys: &["Ctrl+ArrowLeft"],
        run: |store| {
            move_cursor(store, Motion { forward: false, by: Some(Granularity::Word), extend: false });
        },
        ..PageCommand::NEW
    },
    PageCommand {
        id: "cursor-down",
        name: "Text cursor: next paragraph",
        group: Group::Text,
        keys: &["ArrowDown"],
        run: |store| {
            move_cursor(store, Motion { forward: true, by: Some(Granularity::Paragraph), extend: false });
        },
        ..PageCommand::NEW
    },
    PageCommand {
        id: "cursor-up",
        name: "Text cursor: previous paragraph",
        group: Group::Text,
        keys: &["ArrowUp"],
        run: |store| {
            move_cursor(store, Motion { forward: false, by: Some(Granularity::Paragraph), extend: false });
        },
        ..PageCommand::NEW
    },
    PageCommand {
        id: "select-right",
        name: "Selection: forward by a unit",
        group: Group::Text,
        keys: &["Shift+ArrowRight"],
        run: |store| move_cursor(store, Motion { forward: true, by: None, extend: true }),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "select-left",
        name: "Selection: backward by a unit",
        group: Group::Text,
        keys: &["Shift+ArrowLeft"],
        run: |store| move_cursor(store, Motion { forward: false, by: None, extend: true }),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "select-word-right",
        name: "Selection: forward by a word",
        group: Group::Text,
        keys: &["Ctrl+Shift+ArrowRight"],
        run: |store| move_cursor(store, Motion { forward: true, by: Some(Granularity::Word), extend: true }),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "select-word-left",
        name: "Selection: backward by a word",
        group: Group::Text,
        keys: &["Ctrl+Shift+ArrowLeft"],
        run: |store| move_cursor(store, Motion { forward: false, by: Some(Granularity::Word), extend: true }),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "select-down",
        name: "Selection: forward by a paragraph",
        group: Group::Text,
        keys: &["Shift+ArrowDown"],
        run: |store| {
            move_cursor(store, Motion { forward: true, by: Some(Granularity::Paragraph), extend: true });
        },
        ..PageCommand::NEW
    },
    PageCommand {
        id: "select-up",
        name: "Selection: backward by a paragraph",
        group: Group::Text,
        keys: &["Shift+ArrowUp"],
        run: |store| {
            move_cursor(store, Motion { forward: false, by: Some(Granularity::Paragraph), extend: true });
        },
        ..PageCommand::NEW
    },
    PageCommand {
        id: "other-end",
        name: "Selection: switch to the other end",
        group: Group::Text,
        keys: &["E"],
        missing: needs_selection,
        run: swap_ends,
        ..PageCommand::NEW
    },
];
