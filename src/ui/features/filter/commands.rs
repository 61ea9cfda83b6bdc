//! The commands and their keys.

use super::actions::toggle;
use crate::{
    annotation::Tag,
    ui::commands::{Group, PageCommand},
};

pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: "filter-proposal",
        name: "Show or hide proposals",
        group: Group::Page,
        run: |store| toggle(store, Tag::Proposal),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "filter-argument",
        name: "Show or hide arguments",
        group: Group::Page,
        run: |store| toggle(store, Tag::Argument),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "filter-prediction",
        name: "Show or hide predictions",
        group: Group::Page,
        run: |store| toggle(store, Tag::Prediction),
        in_every_view: true,
        ..PageCommand::NEW
    },
];
