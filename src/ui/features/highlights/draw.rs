//! Draws highlights: changed ones at once, the others in slices of a few milliseconds.

use wasm_bindgen::JsValue;

use crate::{
    annotation::AnnotationId,
    text::{ArticleId, Span},
    ui::{
        State, Store,
        features::viewport,
        platform,
        surface::{Marks, Surface},
    },
};

/// If more passages changed, everything near the viewport is redrawn instead.
const MAX_CHANGED_PASSAGES: usize = 64;

/// Redraws the highlights on these passages.
pub(super) fn passages_changed(store: &Store, touched: &[(ArticleId, Span)]) {
    if touched.len() > MAX_CHANGED_PASSAGES {
        redraw_all(store);
        return;
    }
    if let Some(surface) = viewport::surface(store) {
        let state = store.state();
        let marks = marks(&state, &surface);
        for (_, span) in touched.iter().filter(|(article, _)| article == surface.article().id()) {
            log_error(surface.draw(*span, &marks));
        }
    }
    viewport::restore(store, None);
    viewport::paint(store);
}

/// Redraws the passage of an annotation.
pub(crate) fn redraw_annotation(store: &Store, id: AnnotationId) {
    if let Some(surface) = viewport::surface(store) {
        let state = store.state();
        if let Some(it) = state.document.session().annotation(id)
            && it.article == *surface.article().id()
        {
            log_error(surface.draw(it.span, &marks(&state, &surface)));
        }
    }
    viewport::paint(store);
}

/// Redraws all highlights that are on the page.
pub(crate) fn redraw_all(store: &Store) {
    if let Some(surface) = viewport::surface(store) {
        surface.redraw();
    }
    draw_due(store);
}

/// Draws highlights that are due, those in view first; continues in later frames if there are too many for one.
pub(crate) fn draw_due(store: &Store) {
    let first = viewport::with_surface(store, Surface::first_paragraph_in_view);
    draw_due_from(store, first.unwrap_or_default());
}

/// Draws highlights that are due, starting at a paragraph, until the time slice is used up; schedules the rest.
pub(crate) fn draw_due_from(store: &Store, first: usize) {
    /// In milliseconds.
    const SLICE: f64 = 8.0;
    let end = platform::milliseconds() + SLICE;
    let mut is_complete = true;
    if let Some(surface) = viewport::surface(store) {
        let state = store.state();
        let done = surface.draw_due(first, || platform::milliseconds() < end, &marks(&state, &surface));
        drop(state);
        match done {
            Ok(done) => {
                is_complete = done.is_complete;
                if let Some(drawn) = done.drawn {
                    viewport::restore(store, Some(drawn));
                }
            }
            Err(error) => log_error(Err(error)),
        }
    }
    viewport::paint(store);
    if !is_complete && !std::mem::replace(&mut store.state_mut().highlights.draw_scheduled, true) {
        store.after_paint(|store| {
            store.state_mut().highlights.draw_scheduled = false;
            draw_due(store);
        });
    }
}

/// Keeps the highlights of the whole article on the page, or only those near the viewport.
pub(crate) fn highlight_all(store: &Store, whole: bool) {
    if let Some(surface) = viewport::surface(store) {
        log_error(surface.highlight_all(whole, &marks(&store.state(), &surface)));
    }
}

/// The marks to draw. They are of the surface's article, which may lag behind the open one.
fn marks<'a>(state: &'a State, surface: &Surface) -> Marks<'a> {
    let session = state.document.session();
    let (set, codebook) = (session.annotations(surface.article().id()), session.codebook());
    Marks { set, codebook, hidden: &state.highlights.hidden, focus: state.location.focus() }
}

/// Logs an error of the browser while drawing. The next drawing repairs the paragraphs.
fn log_error(result: Result<(), JsValue>) {
    if let Err(error) = result {
        web_sys::console::error_1(&error);
    }
}
