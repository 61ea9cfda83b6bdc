//! Help: the command palette, the list of keys, and the definitions of the tags.

mod commands;
mod definitions;
mod keys;
mod palette;

pub(crate) use definitions::DEFINITIONS;
pub(crate) use keys::KEYS;
pub(crate) use palette::PALETTE;

use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    lazy: &[definitions::DEFINITIONS_HTML, palette::PALETTE_HTML, keys::KEYS_HTML],
    ..Feature::NONE
};

pub(crate) type Slice = ();
