//! The filter by tag, which shows and hides annotations.

mod actions;
mod commands;
mod pills;
mod tree;
mod view;

pub(crate) use actions::show_tag;
pub(crate) use pills::Filters;

use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature =
    Feature { commands: commands::COMMANDS, lazy: &[commands::FILTER_HTML], ..Feature::NONE };

pub(crate) type Slice = ();
