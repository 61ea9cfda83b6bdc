//! The person's settings: theme, text size, what selections snap to, and where highlights are drawn.

mod actions;
mod commands;
mod state;
mod view;

pub(crate) use actions::change;
pub(crate) use actions::set;
pub(crate) use state::Settings;
pub(crate) use state::StripesShown;
pub(crate) use view::ViewMenu;

use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature =
    Feature { commands: commands::COMMANDS, start: actions::load, ..Feature::NONE };

pub(crate) type Slice = state::Settings;
