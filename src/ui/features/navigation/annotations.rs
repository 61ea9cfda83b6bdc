//! Navigation between annotations.

use super::{articles::open, panels::show_panel, state::Panel};
use crate::{
    annotation::{AnnotationId, cycle},
    ui::{
        Store,
        features::{document, selection, viewport},
        parts::{direction::Direction, words::excerpt},
        platform,
    },
};

/// Focuses an annotation and scrolls it into view, in the reader.
pub(crate) fn go_to_annotation(store: &Store, id: AnnotationId) {
    let place = store.read(|state| {
        state
            .document
            .session()
            .find(id)
            .map(|(article, it)| (article.id().clone(), it.span, it.tag, excerpt(article.slice(it.span))))
    });
    let Some((article, span, tag, words)) = place else { return };
    open(store, &article);
    selection::focus(store, Some(id));
    viewport::reveal(store, span.start());
    let name = document::tag_name(store, tag);
    store.update(|state| state.announcements.say(format!("{name}: {words}")));
}

/// Goes to the next or the previous annotation that the filter shows.
pub(super) fn step(store: &Store, direction: Direction) {
    let view = viewport::with_surface(store, |it| Some(it.first_byte_in_view()));
    let to = store.read(|state| {
        let (_, set) = document::opened(state)?;
        let is_shown = |tag| state.highlights.shows(tag);
        match (state.location.focus(), direction) {
            (Some(id), Direction::Next) => set.next(id, is_shown),
            (Some(id), Direction::Previous) => set.previous(id, is_shown),
            (None, _) => set.first_from(view.unwrap_or(0), is_shown).or_else(|| set.first_from(0, is_shown)),
        }
    });
    match to {
        Some(id) => go_to_annotation(store, id),
        None => store.update(|state| state.announcements.say("No more annotations here")),
    }
}

/// Focuses an annotation that was clicked: the next one if several overlap there. `ids` are the annotation ids in the
/// DOM.
pub(crate) fn focus_clicked(store: &Store, ids: &[String]) {
    let ids: Vec<AnnotationId> = ids.iter().filter_map(|it| it.parse().ok()).collect();
    let next = cycle(&ids, store.read(|state| state.location.focus()));
    selection::focus(store, next);
    // A narrow page has no margin, so the card is shown in a panel.
    if next.is_some() && platform::is_narrow() {
        show_panel(store, Some(Panel::Annotations));
    }
}

/// Focuses the next of the annotations that overlap the focused one.
pub(super) fn cycle_overlapping(store: &Store) {
    let next = store.read(|state| {
        let (_, set) = document::opened(state)?;
        let id = state.location.focus()?;
        let overlapping = set.overlapping(set.get(id)?.span);
        let overlapping: Vec<AnnotationId> =
            overlapping.iter().filter(|(_, it)| state.highlights.shows(it.tag)).map(|(id, _)| *id).collect();
        cycle(&overlapping, Some(id)).filter(|it| *it != id)
    });
    match next {
        Some(id) => go_to_annotation(store, id),
        None => store.update(|state| state.announcements.say("No other annotation overlaps here")),
    }
}
