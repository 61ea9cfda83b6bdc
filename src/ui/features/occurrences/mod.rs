//! Tagging the same words wherever else they stand.

mod actions;
mod commands;
mod state;
mod view;

use self::state::Occurrences;
use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature = Feature { commands: commands::COMMANDS, ..Feature::NONE };

pub(crate) type Slice = OpenOccurrences;

/// The words and their places, while their dialog is open.
#[derive(Debug, Default)]
pub(crate) struct OpenOccurrences {
    current: Option<Occurrences>,
}
