//! Focuses annotations.

use super::on_page::drop_cursor;
use crate::{
    annotation::AnnotationId,
    ui::{
        Store,
        features::{highlights, viewport},
    },
};

/// Focuses an annotation, or none.
pub(crate) fn focus(store: &Store, id: Option<AnnotationId>) {
    let before = store.read(|state| state.location.focus());
    if before == id {
        return;
    }
    if id.is_some() {
        store.paint_text_first();
    }
    let mut painted = true;
    if let Some(surface) = viewport::surface(store) {
        for (annotation, focused) in [(before, false), (id, true)] {
            painted = annotation.is_none_or(|it| surface.set_focused(it, focused));
        }
    }
    if id.is_some() {
        drop_cursor(store);
    }
    store.update(|state| {
        state.document.session_mut().close_step();
        state.location.set_focus(id);
    });
    // Where very many annotations overlap, this one may have no highlight yet.
    if let Some(id) = id.filter(|_| !painted) {
        highlights::redraw_annotation(store, id);
    }
}
