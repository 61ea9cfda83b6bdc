//! The commands and their keys.

use super::actions::leave;
use crate::ui::commands::{Group, LEAVE, PageCommand};

pub(super) const COMMANDS: &[PageCommand] = &[PageCommand {
    id: LEAVE,
    name: "Leave the note, selection, sticky tag, text cursor or annotation",
    group: Group::Edit,
    keys: &["Escape"],
    run: leave,
    in_every_view: true,
    ..PageCommand::NEW
}];
