//! The sticky tag, which each selection gets as it is made.

use super::tagging::tag_passage;
use crate::{
    annotation::{TagId, UNKNOWN_TAG},
    ui::{
        Store,
        features::{document, selection},
    },
};

/// Arms a tag, or disarms it if it is armed.
pub(super) fn toggle_sticky(store: &Store, tag: TagId) {
    let armed = store.read(|state| state.annotations.sticky != Some(tag)).then_some(tag);
    set_sticky(store, armed);
    // An existing selection is tagged too.
    if armed.is_some() && store.read(|state| state.selection.selected().is_some()) {
        tag_passage(store, tag);
    }
}

/// Disarms the sticky tag.
pub(crate) fn clear_sticky(store: &Store) {
    set_sticky(store, None);
}

/// Gives the sticky tag to the selection or to what the text cursor is on.
pub(super) fn tag_with_sticky(store: &Store) {
    if let Some(tag) = store.read(|state| state.annotations.sticky) {
        tag_passage(store, tag);
    }
}

/// Ends a selection by pointer, and gives it the sticky tag.
pub(crate) fn release(store: &Store) {
    let sticky = store.read(|state| state.annotations.sticky);
    if let (true, Some(tag)) = (selection::release(store), sticky) {
        selection::mark_tagged(store);
        tag_passage(store, tag);
    }
}

fn set_sticky(store: &Store, armed: Option<TagId>) {
    let hue = |tag| store.read(|state| document::codebook(state).tag(tag).map_or(UNKNOWN_TAG.0, |it| it.hue));
    let root = gloo::utils::document_element();
    // On the root, since selections are drawn on elements of every hue.
    let _ = match armed {
        Some(tag) => root.set_attribute("data-armed", hue(tag).id()),
        None => root.remove_attribute("data-armed"),
    };
    store.update(|state| {
        state.annotations.sticky = armed;
        let name = |tag| state.document.session().codebook().name_of(tag);
        let words = match armed {
            Some(tag) => format!("Each selection is tagged as {}, until Escape", name(tag)),
            None => "Sticky tag turned off".to_owned(),
        };
        state.announcements.say(words);
    });
}
