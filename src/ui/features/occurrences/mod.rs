//! Tagging other occurrences of the same words: the dialog lists them, and the person chooses which to tag.

mod actions;
mod commands;
mod state;
mod view;

use self::state::Occurrences;
use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature =
    Feature { commands: commands::COMMANDS, lazy: &[view::OCCURRENCES_HTML], ..Feature::NONE };

pub(crate) type Slice = OpenOccurrences;

/// The occurrences, while the dialog is open.
#[derive(Debug, Default)]
pub(crate) struct OpenOccurrences {
    current: Option<Occurrences>,
}
