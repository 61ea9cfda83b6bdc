//! The surface, what is known of its layout, and what is scheduled for it.

use std::{cell::RefCell, rc::Rc};

use gloo::{render::AnimationFrame, timers::callback::Timeout};

use crate::{
    text::Span,
    ui::{Store, surface::Surface},
};

/// The surface and what is known of its layout.
#[derive(Default)]
pub(crate) struct Viewport {
    pub(super) surface: Option<Rc<Surface>>,
    /// The text near the viewport.
    pub(super) near: Option<Span>,
    /// Counts the changes that may move passages on the page.
    pub(super) layout: u64,
    pub(super) scheduled: Rc<Scheduled>,
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

/// Timers and animation frames that are pending.
#[derive(Default)]
pub(crate) struct Scheduled {
    /// Ends fast scrolling. `None` if the person does not scroll fast.
    pub(crate) fast: RefCell<Option<Timeout>>,
    /// The next step of scrolling to a passage.
    pub(crate) scrolling: RefCell<Option<AnimationFrame>>,
    /// The next check for an element that will soon be on the page.
    pub(crate) waiting: RefCell<Option<AnimationFrame>>,
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

/// The pending timers and animation frames.
pub(crate) fn scheduled(store: &Store) -> Rc<Scheduled> {
    store.read(|state| Rc::clone(&state.viewport.scheduled))
}
