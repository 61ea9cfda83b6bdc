//! The commands and their keys.

use super::{
    bounds::{Bound, move_bound},
    draft::write_note,
    edits::{duplicate, merge, split},
    margin::more::choose_second_tag,
    state::{needs_focus, needs_passage, needs_sticky},
    sticky::{tag_with_sticky, toggle_sticky},
    tagging::{delete, tag_passage},
};
use crate::ui::commands::{ForTag, Group, PageCommand};

pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: "tag",
        group: Group::Tag,
        missing: needs_passage,
        for_tag: Some(ForTag {
            name: |tag| format!("Tag as {tag}, or change to it"),
            keys: |key| Some(key.to_string()),
            run: tag_passage,
        }),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "arm",
        group: Group::Tag,
        for_tag: Some(ForTag {
            name: |tag| format!("Sticky tag: tag each selection as {tag}, until Esc"),
            keys: |key| Some(format!("Shift+{key}")),
            run: toggle_sticky,
        }),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "tag-armed",
        name: "Tag the passage with the sticky tag",
        group: Group::Tag,
        keys: &["Enter"],
        missing: needs_sticky,
        run: tag_with_sticky,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "note",
        name: "Edit the note",
        group: Group::Edit,
        keys: &["N"],
        missing: needs_passage,
        run: write_note,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "merge",
        name: "Merge with the annotation that touches it",
        group: Group::Edit,
        keys: &["M"],
        missing: needs_focus,
        run: merge,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "split",
        name: "Split the annotation at the cursor",
        group: Group::Edit,
        keys: &["X"],
        missing: needs_focus,
        run: split,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "duplicate",
        name: "Duplicate the annotation with another tag",
        group: Group::Edit,
        keys: &["D"],
        missing: needs_focus,
        run: choose_second_tag,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "duplicate",
        group: Group::Edit,
        missing: needs_focus,
        for_tag: Some(ForTag { name: |tag| format!("Duplicate as {tag}"), keys: |_| None, run: duplicate }),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "bound-end-forward",
        name: "Bounds: move the end, forward",
        group: Group::Edit,
        keys: &["]"],
        missing: needs_passage,
        run: |store| move_bound(store, Bound::End, true),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "bound-end-backward",
        name: "Bounds: move the end, backward",
        group: Group::Edit,
        keys: &["["],
        missing: needs_passage,
        run: |store| move_bound(store, Bound::End, false),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "bound-start-backward",
        name: "Bounds: move the start, backward",
        group: Group::Edit,
        keys: &["Shift+["],
        missing: needs_passage,
        run: |store| move_bound(store, Bound::Start, false),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "bound-start-forward",
        name: "Bounds: move the start, forward",
        group: Group::Edit,
        keys: &["Shift+]"],
        missing: needs_passage,
        run: |store| move_bound(store, Bound::Start, true),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "delete",
        name: "Delete the annotation",
        group: Group::Edit,
        keys: &["Delete", "Backspace"],
        missing: needs_focus,
        run: |store| store.read(|state| state.location.focus()).into_iter().for_each(|it| delete(store, it)),
        ..PageCommand::NEW
    },
];
