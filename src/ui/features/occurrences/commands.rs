//! The commands and their keys.

use super::view::open;
use crate::ui::{
    commands::{Group, PageCommand},
    features::annotations,
};

pub(super) const COMMANDS: &[PageCommand] = &[PageCommand {
    id: "tag-others",
    name: "Tag the same words elsewhere",
    group: Group::Tag,
    keys: &["A"],
    missing: annotations::needs_passage,
    run: open,
    ..PageCommand::NEW
}];
