//! Tagging, retagging and deleting.

use std::rc::Rc;

use super::{
    draft::give_draft,
    given::{Given, show},
};
use crate::{
    annotation::{AnnotationId, TagId},
    session::{Command, Recipient},
    ui::{
        Store,
        features::{document, selection},
        parts::words::excerpt,
    },
};

/// Tags the selection or what the text cursor is on; without them, changes the tag of the focused annotation or tags
/// the draft.
pub(super) fn tag_passage(store: &Store, tag: TagId) {
    give(store, &Given::Tag(tag));
}

/// The same with a tag that may be new.
pub(crate) fn give(store: &Store, given: &Given) {
    let (passage, focus, article) = store
        .read(|state| (state.selection.passage(), state.location.focus(), state.location.open().cloned()));
    if let (Some(span), Some(article)) = (passage, article) {
        if give_draft(store, given, Some((&article, span))) {
            return;
        }
        show(store, given);
        selection::clear(store);
        selection::drop_cursor(store);
        let words = store.read(|state| document::opened(state).map(|(it, _)| excerpt(it.slice(span))));
        let recipient = Recipient::Passage { article, span, note: Rc::from("") };
        if let Some(id) = document::execute(store, &given.command(recipient)) {
            let (name, words) = (document::tag_of(store, id), words.unwrap_or_default());
            store.update(|state| state.announcements.say(format!("Tagged as {name}: {words}")));
            selection::focus(store, Some(id));
        }
    } else if let Some(id) = focus {
        give_to(store, id, given);
    } else {
        // Nothing is selected while the draft is written.
        give_draft(store, given, None);
    }
}

/// Changes the tag of an annotation.
pub(super) fn retag(store: &Store, id: AnnotationId, tag: TagId) {
    give_to(store, id, &Given::Tag(tag));
}

fn give_to(store: &Store, id: AnnotationId, given: &Given) {
    show(store, given);
    if document::execute(store, &given.command(Recipient::Annotation(id))).is_some() {
        let name = document::tag_of(store, id);
        store.update(|state| state.announcements.say(format!("Changed to {name}")));
    }
}

/// Deletes an annotation.
pub(super) fn delete(store: &Store, id: AnnotationId) {
    if document::execute(store, &Command::Delete(id)).is_some() {
        store.update(|state| state.announcements.say("Deleted. Undo brings it back."));
    }
}
