//! The commands of all features.

use super::{page_command::Group, runnable::Runnable};
use crate::{annotation::Codebook, ui::feature};

/// All commands, by group.
pub(crate) fn all(codebook: &Codebook) -> impl Iterator<Item = Runnable> {
    let commands = || feature::all().flat_map(|it| it.commands);
    let by_group = move |group| commands().filter(move |it| it.group == group);
    Group::ALL.into_iter().flat_map(by_group).flat_map(|it| Runnable::all_of(it, codebook))
}
