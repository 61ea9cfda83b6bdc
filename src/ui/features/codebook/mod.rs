//! The view of the codebook: the tree of tags, and the form of the selected one.

mod actions;
mod commands;
mod field;
mod form;
mod key_field;
mod look_fields;
mod moving;
mod removal;
mod state;
mod tree;
mod view;

use yew::html;

use crate::ui::{
    feature::{Feature, Region},
    features::location::View,
};
use view::CodebookView;

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    view: Some((Region::View(View::Codebook), || html! { <CodebookView /> })),
    ..Feature::NONE
};

pub(crate) type Slice = state::TagSelection;
