//! Edits of the focused annotation: attributes, merging, splitting and duplicating.

use crate::{
    annotation::{AnnotationId, Attribute, TagId},
    session::Command,
    text::Granularity,
    ui::{
        Store,
        features::{announcements, document, filter, selection, viewport},
    },
};

/// Sets an attribute to a chosen value, not a typed one. An empty value removes it.
pub(super) fn set_attribute(store: &Store, id: AnnotationId, attribute: &Attribute, value: &str) {
    // Each choice is a step of its own.
    document::end_step(store);
    if document::execute(store, &Command::Attribute(id, attribute.id, value.into())).is_some() {
        let value = attribute.value(value).map_or("not set".to_owned(), |it| attribute.shown(&it));
        announcements::announce(store, format!("{}: {value}", attribute.name));
    }
    document::end_step(store);
}

/// Merges the focused annotation with the one of the same tag that touches it.
pub(super) fn merge(store: &Store) {
    let found = store.read(|state| {
        let id = state.location.focus()?;
        Some((id, state.document.session().neighbour(id)))
    });
    match found {
        Some((id, Some(other))) if document::execute(store, &Command::Merge(id, other)).is_some() => {
            let words = document::quote_of(store, id);
            announcements::announce(store, format!("Merged: {words}"));
        }
        Some(_) => announcements::announce(store, "No annotation with the same tag touches this one."),
        None => {}
    }
}

/// Splits the focused annotation at the selection, the text cursor or the last click.
pub(super) fn split(store: &Store) {
    let Some(id) = store.read(|state| state.location.focus()) else { return };
    let chosen = store.read(|state| {
        let cursor = state.selection.cursor().map(|it| it.span);
        let selection = state.selection.selected().map(|it| it.span);
        Some(selection.or(cursor)?.start())
    });
    let (span, snap) =
        store.read(|state| (state.document.session().annotation(id).map(|it| it.span), state.settings.snap));
    // A click counts for the nearest boundary between pieces.
    let clicked = || {
        viewport::with_surface(store, |surface| {
            let (at, segments) = (surface.caret()?, surface.segments());
            let bound = |by| segments.nearest_bound(at, span?, by);
            bound(snap).or_else(|| bound(Granularity::Word)).or(Some(at))
        })
    };
    let at = chosen.or_else(clicked);
    let command = at.map(|at| Command::Split(id, at));
    let done = command.is_some_and(|it| document::execute(store, &it).is_some());
    if done {
        // A selection that is left would be tagged by the next tag key.
        selection::clear(store);
        let words = document::quote_of(store, id);
        announcements::announce(store, format!("Split in two after: {words}"));
    } else {
        announcements::announce(store, "First click inside the annotation, where you want to split it.");
    }
}

/// Adds an annotation with another tag on the passage of the focused one, and focuses it.
pub(super) fn duplicate(store: &Store, tag: TagId) {
    let Some(id) = store.read(|state| state.location.focus()) else { return };
    filter::show_tag(store, tag);
    let name = document::tag_name(store, tag);
    match document::execute(store, &Command::Duplicate(id, tag)) {
        Some(new) => {
            selection::focus(store, Some(new));
            let words = document::quote_of(store, new);
            announcements::announce(store, format!("Duplicated as {name}: {words}"));
        }
        None => announcements::announce(store, format!("It is already tagged as {name}.")),
    }
}
