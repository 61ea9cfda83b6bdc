//! The commands of all features.

use super::page_command::{Group, PageCommand};
use crate::ui::feature;

/// All commands, by group.
pub(crate) fn all() -> impl Iterator<Item = &'static PageCommand> {
    let commands = || feature::all().flat_map(|it| it.commands);
    Group::ALL.into_iter().flat_map(move |group| commands().filter(move |it| it.group == group))
}
