//! Tagging and editing annotations: their tags, attributes, notes and bounds, drafts of notes, and the cards in the
//! margin.

mod bounds;
mod commands;
mod draft;
mod edits;
mod given;
mod handles;
mod lost_field;
mod margin;
mod run;
mod selection_bar;
mod state;
mod sticky;
mod sticky_view;
mod tagging;

pub(crate) use bounds::continue_drag;
pub(crate) use bounds::end_drag;
pub(crate) use draft::adopt_draft;
pub(crate) use draft::close_draft;
pub(crate) use draft::drop_empty_draft;
pub(crate) use draft::show_draft;
pub(crate) use given::Given;
pub(crate) use handles::Handles;
pub(crate) use lost_field::accept_keys;
pub(crate) use lost_field::ignores_key;
pub(crate) use margin::Margin;
pub(crate) use selection_bar::SelectionBar;
pub(crate) use state::draft_span;
pub(crate) use state::needs_passage;
pub(crate) use sticky::{clear_sticky, release};
pub(crate) use sticky_view::TextTools;
pub(crate) use tagging::give;

use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    passages_changed: lost_field::passages_changed,
    restore: draft::restore,
    cleared: draft::discard_draft,
    ..Feature::NONE
};

pub(crate) type Slice = state::Annotations;
