//! The commands and their keys.

use super::actions::toggle;
use crate::ui::commands::{ForTag, Group, PageCommand};

pub(super) const COMMANDS: &[PageCommand] = &[PageCommand {
    id: "filter",
    group: Group::Page,
    in_every_view: true,
    for_tag: Some(ForTag {
        name: |tag| format!("Show or hide {}s", tag.to_lowercase()),
        keys: |_| None,
        run: toggle,
    }),
    ..PageCommand::NEW
}];
