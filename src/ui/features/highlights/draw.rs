//! Drawing highlights: those that changed at once, the rest in slices of a few milliseconds.

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

/// Draws the highlights on these passages anew.
pub(super) fn passages_changed(store: &Store, touched: &[(ArticleId, Span)]) {
    if touched.len() > MANY {
        redraw_all(store);
        return;
    }
    if let Some(surface) = viewport::surface(store) {
        let state = store.state();
        let marks = marks(&state, &surface);
        for (_, span) in touched.iter().filter(|(article, _)| article == surface.article().id()) {
            drawn(surface.draw(*span, &marks));
        }
    }
    viewport::restore(store, None);
    viewport::paint(store);
}

/// Draws the passage of an annotation anew.
pub(crate) fn redraw_annotation(store: &Store, id: AnnotationId) {
    if let Some(surface) = viewport::surface(store) {
        let state = store.state();
        if let Some(it) = state.document.session().annotation(id)
            && it.article == *surface.article().id()
        {
            drawn(surface.draw(it.span, &marks(&state, &surface)));
        }
    }
    viewport::paint(store);
}

/// Draws the highlights that are due, from a paragraph on.
pub(crate) fn draw_due_from(store: &Store, first: usize) {
    /// In milliseconds.
    const SLICE: f64 = 8.0;
    let end = platform::milliseconds() + SLICE;
    let mut all = true;
    if let Some(surface) = viewport::surface(store) {
        let state = store.state();
        let done = surface.draw_due(first, || platform::milliseconds() < end, &marks(&state, &surface));
        drop(state);
        match done {
            Ok(done) => {
                all = done.all;
                if let Some(touched) = done.touched {
                    viewport::restore(store, Some(touched));
                }
            }
            Err(error) => drawn(Err(error)),
        }
    }
    viewport::paint(store);
    if !all && !std::mem::replace(&mut store.state_mut().highlights.drawing, true) {
        store.after_paint(|store| {
            store.state_mut().highlights.drawing = false;
            draw_due(store);
        });
    }
}

/// With more changed passages than this, all of what is near the viewport is drawn anew at once.
const MANY: usize = 64;

pub(crate) fn redraw_all(store: &Store) {
    if let Some(surface) = viewport::surface(store) {
        surface.redraw();
    }
    draw_due(store);
}

/// Draws what is due of the highlights, what is in view first; if that takes longer than a frame has time for, the rest in
/// the frames that follow.
pub(crate) fn draw_due(store: &Store) {
    let first = viewport::with_surface(store, Surface::first_paragraph_in_view);
    draw_due_from(store, first.unwrap_or_default());
}

/// What the text on the page is to be highlighted with. Another article may have been opened and not be there yet.
fn marks<'a>(state: &'a State, surface: &Surface) -> Marks<'a> {
    let set = state.document.session().annotations(surface.article().id());
    Marks { set, hidden: state.highlights.hidden, focus: state.location.focus() }
}

/// Has all highlights in the page, or only those near the viewport.
pub(crate) fn highlight_all(store: &Store, whole: bool) {
    if let Some(surface) = viewport::surface(store) {
        drawn(surface.make_all(whole, &marks(&store.state(), &surface)));
    }
}

/// A drawing that the browser refused is said on its console; the next one draws the same paragraphs whole.
fn drawn(result: Result<(), JsValue>) {
    if let Err(error) = result {
        web_sys::console::error_1(&error);
    }
}
