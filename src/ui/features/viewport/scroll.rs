//! Scrolling: to a passage, and to where the person was.

use std::{cell::RefCell, rc::Rc};

use gloo::{render::AnimationFrame, timers::callback::Timeout};
use web_sys::HtmlElement;

use super::{surface, with_surface};
use crate::{
    text::Span,
    ui::{
        Store, feature, platform,
        surface::{Surface, standing::TextPosition},
    },
};

/// What is scheduled for one of the next frames.
#[derive(Default)]
pub(crate) struct Scheduled {
    /// The end of fast scrolling, while it lasts.
    pub(crate) fast: RefCell<Option<Timeout>>,
    /// The next step of scrolling to a passage.
    pub(crate) scrolling: RefCell<Option<AnimationFrame>>,
    /// The next look for an element that is about to be on the page.
    pub(crate) waiting: RefCell<Option<AnimationFrame>>,
}

/// What is scheduled for one of the next frames.
pub(crate) fn scheduled(store: &Store) -> Rc<Scheduled> {
    store.read(|state| Rc::clone(&state.viewport.scheduled))
}

/// Paints what lies over the text, after the text near the viewport changed or was drawn.
pub(crate) fn paint(store: &Store) {
    let state = store.state();
    if let Some(surface) = &state.viewport.surface {
        feature::each(|it| (it.paint)(&state, surface));
    }
}

/// Puts back what depends on the nodes of drawn paragraphs, those in `span` or all of them.
pub(crate) fn restore(store: &Store, span: Option<Span>) {
    let state = store.state();
    if let Some(surface) = &state.viewport.surface {
        feature::each(|it| (it.restore)(&state, surface, span));
    }
}

/// Scrolls to where the person was, or to the beginning.
pub(crate) fn stand_at(store: &Store, standing: Option<TextPosition>) {
    stand(store, standing.unwrap_or(TextPosition { byte: 0, below: f64::INFINITY }), LAYOUT_FRAMES);
}

/// Scrolls to where the person was, once the text is there.
pub(crate) fn stand(store: &Store, standing: TextPosition, frames: u32) {
    let later = store.clone();
    let frame = gloo::render::request_animation_frame(move |_| {
        let drawn = surface(&later).is_some();
        with_surface(&later, |it| it.stand(standing));
        if drawn && frames > 0 {
            stand(&later, standing, frames - 1);
        } else if !drawn && later.read(|state| state.location.open().is_some()) {
            stand(&later, standing, frames);
        } else {
            scheduled(&later).scrolling.take();
        }
    });
    *scheduled(store).scrolling.borrow_mut() = Some(frame);
}

/// A passage far away moves while what is around it is laid out for the first time; after so many frames it stands.
pub(crate) const LAYOUT_FRAMES: u32 = 5;

/// So many milliseconds after it was last scrolled fast, a text does not rush by any more.
pub(crate) const FAST_PAUSE: u32 = 80;

/// Finds out which text is near the viewport now.
pub(crate) fn update_near(store: &Store) {
    let near = with_surface(store, Surface::near);
    if store.read(|state| state.viewport.near != near) {
        store.update(|state| state.viewport.near = near);
        paint(store);
    }
}

/// Passages may have moved on the page.
pub(crate) fn layout_changed(store: &Store) {
    if !is_fast(store) {
        update_near(store);
        store.update(|state| state.viewport.layout += 1);
    }
}

pub(crate) fn is_fast(store: &Store) -> bool {
    scheduled(store).fast.borrow().is_some()
}

/// Does something with an element that is about to be in the page, as the fields of a focused card are, once it is there.
pub(crate) fn when_present(store: &Store, id: &'static str, act: impl FnOnce(&HtmlElement) + 'static) {
    when_present_within(store, LAYOUT_FRAMES, id, act);
}

fn when_present_within(
    store: &Store,
    frames: u32,
    id: &'static str,
    act: impl FnOnce(&HtmlElement) + 'static,
) {
    match platform::element(id) {
        Some(element) => act(&element),
        // Its card is drawn when the passage has come into view.
        None if frames > 0 => {
            let later = store.clone();
            let next = move |_| when_present_within(&later, frames - 1, id, act);
            *scheduled(store).waiting.borrow_mut() = Some(gloo::render::request_animation_frame(next));
        }
        None => {}
    }
}

pub(crate) fn reveal(store: &Store, start: usize) {
    reveal_within(store, start, LAYOUT_FRAMES);
}

fn reveal_within(store: &Store, start: usize, frames: u32) {
    let later = store.clone();
    // The article may just have been opened; its text is on the page by the next frame.
    let frame = gloo::render::request_animation_frame(move |_| {
        let moved = with_surface(&later, |it| Some(it.reveal(start)));
        if frames > 0 && moved != Some(false) {
            reveal_within(&later, start, frames - 1);
        } else {
            scheduled(&later).scrolling.take();
        }
    });
    *scheduled(store).scrolling.borrow_mut() = Some(frame);
}
