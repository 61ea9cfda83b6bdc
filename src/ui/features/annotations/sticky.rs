//! The sticky tag, which each selection gets as it is made.

use super::tagging::tag_passage;
use crate::{
    annotation::Tag,
    ui::{Store, features::selection},
};

/// Arms a tag, so that each selection is tagged as it is made; or lays it down, when it is the one that is armed.
pub(super) fn toggle_sticky(store: &Store, tag: Tag) {
    let armed = store.read(|state| state.annotations.sticky != Some(tag)).then_some(tag);
    set_sticky(store, armed);
    // What is selected already is the first.
    if armed.is_some() && store.read(|state| state.selection.selected().is_some()) {
        tag_passage(store, tag);
    }
}

/// Selections are only selected again.
pub(crate) fn clear_sticky(store: &Store) {
    set_sticky(store, None);
}

fn set_sticky(store: &Store, armed: Option<Tag>) {
    let root = gloo::utils::document_element();
    let _ = match armed {
        Some(tag) => root.set_attribute("data-armed", tag.id()),
        None => root.remove_attribute("data-armed"),
    };
    store.update(|state| {
        state.annotations.sticky = armed;
        state.announcements.say(match armed {
            Some(tag) => format!("Each selection is tagged as {}, until Escape", tag.name()),
            None => "Sticky tag turned off".to_owned(),
        });
    });
}

/// Tags what the cursor is on with the tag that is armed.
pub(super) fn tag_with_sticky(store: &Store) {
    if let Some(tag) = store.read(|state| state.annotations.sticky) {
        tag_passage(store, tag);
    }
}

/// The pointer is done: what it selected gets the sticky tag.
pub(crate) fn release(store: &Store) {
    let sticky = store.read(|state| state.annotations.sticky);
    if let (true, Some(tag)) = (selection::release(store), sticky) {
        selection::mark_tagged(store);
        tag_passage(store, tag);
    }
}
