//! The commands and their keys.

use crate::ui::{
    commands::{Group, PageCommand},
    features::{location::View, navigation},
};

pub(super) const COMMANDS: &[PageCommand] = &[PageCommand {
    id: "table",
    name: "Table of all annotations",
    group: Group::Go,
    keys: &["T"],
    run: |store| navigation::toggle_view(store, View::Table),
    in_every_view: true,
    ..PageCommand::NEW
}];
