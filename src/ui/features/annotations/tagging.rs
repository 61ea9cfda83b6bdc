//! Tagging, retagging and deleting.

use super::draft::tag_draft;
use crate::{
    annotation::{AnnotationId, TagId},
    session::Command,
    ui::{
        Store,
        features::{document, filter, selection},
        parts::words::excerpt,
    },
};

/// Tags the selection or what the text cursor is on; without them, changes the tag of the focused annotation or tags
/// the draft.
pub(super) fn tag_passage(store: &Store, tag: TagId) {
    let (passage, focus, article) = store
        .read(|state| (state.selection.passage(), state.location.focus(), state.location.open().cloned()));
    if let (Some(span), Some(article)) = (passage, article) {
        if tag_draft(store, tag, Some((&article, span))) {
            return;
        }
        filter::show_tag(store, tag);
        selection::clear(store);
        selection::drop_cursor(store);
        let words = store.read(|state| document::opened(state).map(|(it, _)| excerpt(it.slice(span))));
        if let Some(id) = document::execute(store, &Command::Tag { article, span, tag }) {
            let words = words.unwrap_or_default();
            let name = document::tag_name(store, tag);
            store.update(|state| state.announcements.say(format!("Tagged as {name}: {words}")));
            selection::focus(store, Some(id));
        }
    } else if let Some(id) = focus {
        retag(store, id, tag);
    } else {
        // Nothing is selected while the draft is written.
        tag_draft(store, tag, None);
    }
}

/// Changes the tag of an annotation.
pub(super) fn retag(store: &Store, id: AnnotationId, tag: TagId) {
    filter::show_tag(store, tag);
    if document::execute(store, &Command::Retag(id, tag)).is_some() {
        let name = document::tag_name(store, tag);
        store.update(|state| state.announcements.say(format!("Changed to {name}")));
    }
}

/// Deletes an annotation.
pub(super) fn delete(store: &Store, id: AnnotationId) {
    if document::execute(store, &Command::Delete(id)).is_some() {
        store.update(|state| state.announcements.say("Deleted. Undo brings it back."));
    }
}
