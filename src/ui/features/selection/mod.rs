//! The selected passage, the text cursor and the focus of annotations; and the granularity that selections snap to.

mod caret;
mod commands;
mod cursor;
mod focus;
mod on_page;
mod pointer;
mod snapping;
mod state;

pub(crate) use caret::Caret;
pub(crate) use cursor::extend_to;
pub(crate) use focus::focus;
pub(crate) use on_page::clear;
pub(crate) use on_page::drop_cursor;
pub(crate) use on_page::preview;
pub(crate) use pointer::cancel;
pub(crate) use pointer::changed;
pub(crate) use pointer::count_clicks;
pub(crate) use pointer::is_end_of_drag;
pub(crate) use pointer::set_by_character;
pub(crate) use pointer::{mark_tagged, press, release};
pub(crate) use snapping::SnapSwitch;
pub(crate) use state::Selected;

use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature =
    Feature { commands: commands::COMMANDS, restore: state::restore, ..Feature::NONE };

pub(crate) type Slice = state::Selection;
