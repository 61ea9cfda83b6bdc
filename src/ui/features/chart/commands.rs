//! The commands and their keys.

use crate::ui::{
    commands::{Group, PageCommand},
    features::{location::View, navigation},
};

pub(super) const COMMANDS: &[PageCommand] = &[PageCommand {
    id: "chart",
    name: "Chart of tags by article",
    group: Group::Go,
    keys: &["C"],
    run: |store| navigation::toggle_view(store, View::Chart),
    in_every_view: true,
    ..PageCommand::NEW
}];
