//! The history of what was done: undo, redo, and the list of steps.

mod actions;
mod buttons;
mod commands;
mod view;

pub(crate) use actions::travel;

pub(crate) use actions::adopt_steps;
pub(crate) use buttons::UndoRedo;
pub(crate) use view::HISTORY;

use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature = Feature { commands: commands::COMMANDS, ..Feature::NONE };

pub(crate) type Slice = ();
