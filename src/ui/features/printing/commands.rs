//! The commands.

use super::{actions::print, state::Printout};
use crate::ui::commands::{Group, PageCommand};

pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: "print-notes",
        name: "Print with notes",
        group: Group::Page,
        run: |store| print(store, Printout::TextAndNotes),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "print-text",
        name: "Print the text only",
        group: Group::Page,
        run: |store| print(store, Printout::Text),
        in_every_view: true,
        ..PageCommand::NEW
    },
];
