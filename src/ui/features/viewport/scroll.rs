//! Scrolling to passages and saved positions, and what follows when text moves on the page.

use web_sys::HtmlElement;

use super::state::{scheduled, surface, with_surface};
use crate::{
    text::Span,
    ui::{
        Store, feature, platform,
        surface::{Surface, TextPosition},
    },
};

/// How many frames to correct a scroll position: the text around a distant passage is laid out only when it comes near,
/// which moves the passage.
pub(crate) const LAYOUT_FRAMES: u32 = 5;

/// How long after the last fast scroll event fast scrolling ends, in milliseconds.
pub(crate) const FAST_PAUSE: u32 = 80;

/// Calls the `paint` hooks, after the text near the viewport changed or was drawn.
pub(crate) fn paint(store: &Store) {
    let state = store.state();
    if let Some(surface) = &state.viewport.surface {
        feature::each(|it| (it.paint)(&state, surface));
    }
}

/// Calls the `restore` hooks, after paragraphs were drawn: those in `span`, or all.
pub(crate) fn restore(store: &Store, span: Option<Span>) {
    let state = store.state();
    if let Some(surface) = &state.viewport.surface {
        feature::each(|it| (it.restore)(&state, surface, span));
    }
}

/// Scrolls to the byte `start` of the open article, if it is not in view.
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

/// Scrolls to a saved position, or to the beginning of the text.
pub(crate) fn restore_position(store: &Store, position: Option<TextPosition>) {
    scroll_to_position(
        store,
        position.unwrap_or(TextPosition { byte: 0, below: f64::INFINITY }),
        LAYOUT_FRAMES,
    );
}

/// Scrolls to a saved position once the text is on the page, and again for the given number of frames.
pub(crate) fn scroll_to_position(store: &Store, position: TextPosition, frames: u32) {
    let later = store.clone();
    let frame = gloo::render::request_animation_frame(move |_| {
        let has_text = surface(&later).is_some();
        with_surface(&later, |it| it.scroll_to_position(position));
        if has_text && frames > 0 {
            scroll_to_position(&later, position, frames - 1);
        } else if !has_text && later.read(|state| state.location.open().is_some()) {
            scroll_to_position(&later, position, frames);
        } else {
            scheduled(&later).scrolling.take();
        }
    });
    *scheduled(store).scrolling.borrow_mut() = Some(frame);
}

/// Updates the text near the viewport.
pub(crate) fn update_near(store: &Store) {
    let near = with_surface(store, Surface::near);
    if store.read(|state| state.viewport.near != near) {
        store.update(|state| state.viewport.near = near);
        paint(store);
    }
}

/// Call this when passages may have moved on the page.
pub(crate) fn layout_changed(store: &Store) {
    if !is_fast(store) {
        update_near(store);
        store.update(|state| state.viewport.layout += 1);
    }
}

/// True while the person scrolls too fast to read.
pub(crate) fn is_fast(store: &Store) -> bool {
    scheduled(store).fast.borrow().is_some()
}

/// Calls `act` on an element as soon as it is on the page, such as a field of a card that is about to be drawn.
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
        // A card is drawn only once its passage is in view.
        None if frames > 0 => {
            let later = store.clone();
            let next = move |_| when_present_within(&later, frames - 1, id, act);
            *scheduled(store).waiting.borrow_mut() = Some(gloo::render::request_animation_frame(next));
        }
        None => {}
    }
}
