//! The filter by tag, which shows and hides annotations.

mod actions;
mod commands;

pub(crate) use actions::show_tag;
pub(crate) use actions::toggle;

use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature = Feature { commands: commands::COMMANDS, ..Feature::NONE };

pub(crate) type Slice = ();
