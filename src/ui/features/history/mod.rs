//! Undo, redo, and the list of steps. The history itself belongs to the session.

mod actions;
mod buttons;
mod commands;
mod view;

pub(crate) use actions::adopt_steps;
pub(crate) use actions::undo;
pub(crate) use buttons::UndoRedo;
pub(crate) use view::HISTORY;

use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature =
    Feature { commands: commands::COMMANDS, lazy: &[view::HISTORY_HTML], ..Feature::NONE };

pub(crate) type Slice = ();
