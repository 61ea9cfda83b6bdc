//! Showing and hiding the annotations with a tag.

use crate::{
    annotation::TagId,
    ui::{
        Store,
        features::{highlights, selection},
    },
};

/// Shows the annotations with a tag, if they are hidden.
pub(crate) fn show_tag(store: &Store, tag: TagId) {
    if !store.read(|state| state.highlights.shows(tag)) {
        toggle(store, tag);
    }
}

/// Shows or hides the annotations with a tag.
pub(crate) fn toggle(store: &Store, tag: TagId) {
    store.paint_text_first();
    let hidden_focus = store.update(|state| {
        let verb = if state.highlights.toggle(tag) { "hidden" } else { "shown" };
        let name = state.document.session().codebook().name_of(tag);
        state.announcements.say(format!("{name} {verb}"));
        let focused = state.location.focus().and_then(|it| state.document.session().annotation(it));
        focused.is_some_and(|it| !state.highlights.shows(it.tag))
    });
    if hidden_focus {
        selection::focus(store, None);
    }
    highlights::redraw_all(store);
}
