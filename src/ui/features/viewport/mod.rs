//! The surface that shows the open article, the text near the viewport, and scrolling.

mod scroll;

pub(crate) use scroll::FAST_PAUSE;
pub(crate) use scroll::LAYOUT_FRAMES;
pub(crate) use scroll::is_fast;
pub(crate) use scroll::layout_changed;
pub(crate) use scroll::paint;
pub(crate) use scroll::restore;
pub(crate) use scroll::restore_position;
pub(crate) use scroll::reveal;
pub(crate) use scroll::scheduled;
pub(crate) use scroll::scroll_to_position;
pub(crate) use scroll::update_near;
pub(crate) use scroll::when_present;

use std::rc::Rc;

use crate::{
    text::Span,
    ui::{Store, feature::Feature, surface::Surface},
};

pub(crate) const FEATURE: Feature = Feature::NONE;

pub(crate) type Slice = Viewport;

/// The surface and what is known of its layout.
#[derive(Default)]
pub(crate) struct Viewport {
    surface: Option<Rc<Surface>>,
    /// The text near the viewport.
    near: Option<Span>,
    /// Counts the changes that may move passages on the page.
    layout: u64,
    scheduled: Rc<scroll::Scheduled>,
}

impl Viewport {
    /// The text near the viewport.
    pub(crate) fn near(&self) -> Option<Span> {
        self.near
    }

    /// Counts the changes that may move passages on the page.
    pub(crate) fn layout(&self) -> u64 {
        self.layout
    }

    /// Clears the text near the viewport, when another article is opened.
    pub(crate) fn forget_near(&mut self) {
        self.near = None;
    }
}

/// The surface that shows the open article's text, while there is one.
pub(crate) fn surface(store: &Store) -> Option<Rc<Surface>> {
    store.read(|state| state.viewport.surface.clone())
}

/// Asks the surface something. Returns `None` while there is no surface.
pub(crate) fn with_surface<T>(store: &Store, ask: impl FnOnce(&Surface) -> Option<T>) -> Option<T> {
    surface(store).and_then(|it| ask(&it))
}

/// Sets or clears the surface. Returns the previous one.
pub(crate) fn set_surface(store: &Store, surface: Option<Surface>) -> Option<Rc<Surface>> {
    let mut state = store.state_mut();
    state.viewport.near = state.viewport.near.filter(|_| surface.is_some());
    std::mem::replace(&mut state.viewport.surface, surface.map(Rc::new))
}
