//! The surface that shows the open article, the text near the viewport, and scrolling.

mod scroll;
mod state;

pub(crate) use scroll::FAST_PAUSE;
pub(crate) use scroll::LAYOUT_FRAMES;
pub(crate) use scroll::is_fast;
pub(crate) use scroll::layout_changed;
pub(crate) use scroll::paint;
pub(crate) use scroll::restore;
pub(crate) use scroll::restore_position;
pub(crate) use scroll::reveal;
pub(crate) use scroll::scroll_to_position;
pub(crate) use scroll::update_near;
pub(crate) use scroll::when_present;
pub(crate) use state::scheduled;
pub(crate) use state::set_surface;
pub(crate) use state::surface;
pub(crate) use state::with_surface;

use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature = Feature::NONE;

pub(crate) type Slice = state::Viewport;
