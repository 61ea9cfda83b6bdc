//! The commands and their keys.

use crate::ui::{
    commands::{Group, PageCommand},
    features::{location::View, navigation},
};

pub(super) const COMMANDS: &[PageCommand] = &[PageCommand {
    id: "tags",
    name: "Codebook: make and change tags",
    group: Group::Go,
    keys: &["B"],
    run: |store| navigation::toggle_view(store, View::Codebook),
    in_every_view: true,
    ..PageCommand::NEW
}];
