//! Puts the open article's text on the page, and removes it.

use crate::ui::Store;
use crate::ui::features::annotations;
use crate::ui::features::highlights;
use crate::ui::features::search;
use crate::ui::features::viewport;
use crate::ui::surface::Surface;

/// Shows the open article's text through `surface`.
pub(super) fn show(store: &Store, surface: Surface) {
    store.paint_text_first();
    surface.redraw();
    viewport::set_surface(store, Some(surface));
    highlights::draw_due_from(store, 0);
    highlights::highlight_all(store, store.read(|state| state.settings.whole));
    // The browser reports later, after the layout, which chunks are near the viewport.
    search::article_shown(store);
    annotations::show_draft(store);
}

/// Removes the surface, when the text leaves the page.
pub(super) fn hide(store: &Store) {
    if let Some(surface) = viewport::set_surface(store, None) {
        surface.to_top();
    }
}
