//! The commands and their keys.

use super::{
    actions::{move_article, remove, set_renaming, with_own},
    add_text::{ask_for_newer_text, ask_for_text},
    done::toggle_done,
    state::needs_own,
};
use crate::ui::commands::{Group, PageCommand};

pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: "add-text",
        name: "Add a text",
        group: Group::Page,
        keys: &["P"],
        run: ask_for_text,
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "mark-done",
        name: "Mark the open article as done, or not",
        group: Group::Page,
        run: toggle_done,
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "rename-article",
        name: "Rename the open article",
        group: Group::Page,
        keys: &["F2"],
        missing: needs_own,
        run: |store| with_own(store, |store, it| set_renaming(store, Some(it))),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "move-article-up",
        name: "Move the open article up",
        group: Group::Page,
        missing: needs_own,
        run: |store| with_own(store, |store, it| move_article(store, it, true)),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "move-article-down",
        name: "Move the open article down",
        group: Group::Page,
        missing: needs_own,
        run: |store| with_own(store, |store, it| move_article(store, it, false)),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "replace-text",
        name: "Replace the open article’s text",
        group: Group::Page,
        missing: needs_own,
        run: |store| with_own(store, ask_for_newer_text),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "remove-article",
        name: "Remove the open article",
        group: Group::Page,
        missing: needs_own,
        run: |store| with_own(store, remove),
        in_every_view: true,
        ..PageCommand::NEW
    },
];
