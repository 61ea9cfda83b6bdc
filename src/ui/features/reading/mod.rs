//! The reader: shows the open article, and calls other features on pointer, key and scroll events.

mod actions;
mod commands;
mod ruler;
mod surface;
mod view;

pub(crate) use actions::print;

use yew::html;

use crate::ui::feature::{Feature, Region};
use view::Reader;

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    view: Some((Region::Main, || html! { <Reader /> })),
    ..Feature::NONE
};

pub(crate) type Slice = ();
