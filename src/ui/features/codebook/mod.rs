//! The view of the codebook: the tree of tags, and the form of the selected one.

mod actions;
mod asking;
mod attribute_actions;
mod attribute_row;
mod attributes;
mod bounds;
mod commands;
mod dragging;
mod ending;
mod field;
mod form;
mod key_field;
mod kinds;
mod look_fields;
mod moving;
mod parent_field;
mod removal;
mod row;
mod rows;
mod state;
mod text_kind;
mod tree;
mod tree_keys;
mod values;
mod view;

pub(crate) use key_field::refusal as key_refusal;
pub(crate) use state::TOOLS;

use yew::html;

use crate::ui::{feature::Feature, features::location::View, parts::lazy_html::LazyHtml};
use view::CodebookPage;

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    changed: asking::ask,
    lazy: &[LazyHtml::new(View::Codebook.id(), || html! { <CodebookPage /> }), removal::REMOVAL_HTML],
    ..Feature::NONE
};

pub(crate) type Slice = state::CodebookView;
