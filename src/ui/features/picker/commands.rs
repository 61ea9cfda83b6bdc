//! The commands and their keys.

use yew::html;

use super::{actions::tag_in_vivo, offers::Purpose, view::Picker};
use crate::ui::{
    commands::{Group, MAKE, PICK, PageCommand},
    features::{annotations::needs_passage, dialogs},
    parts::{dialog::Dialog, lazy_html::LazyHtml},
};

static PICKER: Dialog = Dialog { is_light: true, ..Dialog::new(Purpose::Pick.id(), "Give a tag") };
pub(super) const PICKER_HTML: LazyHtml =
    LazyHtml::of(&PICKER, || html! { <Picker purpose={Purpose::Pick} /> });

static MAKER: Dialog = Dialog { is_light: true, ..Dialog::new(Purpose::Make.id(), "New tag") };
pub(super) const MAKER_HTML: LazyHtml = LazyHtml::of(&MAKER, || html! { <Picker purpose={Purpose::Make} /> });

pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: PICK,
        name: "Give any tag, found by letters of its name",
        group: Group::Tag,
        keys: &["G"],
        missing: needs_passage,
        run: |store| dialogs::open(store, &PICKER),
        ..PageCommand::NEW
    },
    PageCommand {
        id: MAKE,
        name: "New tag…",
        group: Group::Tag,
        missing: needs_passage,
        run: |store| dialogs::open(store, &MAKER),
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
