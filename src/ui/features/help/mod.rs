//! Help: the command palette, the list of keys, and the codebook's dialog.

mod codebook;
mod commands;
mod keys;
mod palette;

pub(crate) use codebook::CODEBOOK;
pub(crate) use keys::KEYS;
pub(crate) use palette::PALETTE;

use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    lazy: &[codebook::CODEBOOK_HTML, palette::PALETTE_HTML, keys::KEYS_HTML],
    ..Feature::NONE
};

pub(crate) type Slice = ();
