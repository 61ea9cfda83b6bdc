//! Giving any tag by some letters of its name, and making a tag as it is given.

mod actions;
mod commands;
mod in_vivo;
mod offers;
mod place;
mod view;

use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    lazy: &[commands::PICKER_HTML, commands::MAKER_HTML],
    ..Feature::NONE
};

pub(crate) type Slice = ();
