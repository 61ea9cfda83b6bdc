//! The commands and their keys.

use yew::html;

use super::{
    actions::{ID, tag_in_vivo},
    view::Picker,
};
use crate::ui::{
    commands::{Group, PICK, PageCommand},
    features::{annotations::needs_passage, dialogs},
    parts::dialog::Dialog,
};

static PICKER: Dialog = Dialog { is_light: true, ..Dialog::new(ID, "Give a tag", || html! { <Picker /> }) };

pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: PICK,
        name: "Any tag…",
        group: Group::Tag,
        keys: &["G"],
        missing: needs_passage,
        run: |store| dialogs::open(store, &PICKER),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "new-tag",
        name: "New tag…",
        group: Group::Tag,
        missing: needs_passage,
        run: |store| dialogs::open(store, &PICKER),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "in-vivo",
        name: "New tag, named by the selected words",
        group: Group::Tag,
        keys: &["V"],
        missing: needs_passage,
        run: tag_in_vivo,
        ..PageCommand::NEW
    },
];
