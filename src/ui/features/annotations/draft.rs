//! A note on a passage that has no tag yet.

use super::state::Draft;
use crate::{
    annotation::Tag,
    interchange::{Reason, parse_draft, write_draft},
    session::Command,
    storage::TabItem,
    text::{ArticleId, Span},
    ui::{
        State, Store,
        features::{announcements, document, filter, location::Place, navigation, selection, viewport},
        platform,
        surface::{Paint, Surface},
    },
};

/// Paints the draft's passage again after its paragraphs were drawn.
pub(super) fn restore(state: &State, surface: &Surface, drawn: Option<Span>) {
    let passage = drafted_here(state);
    if drawn.is_none_or(|drawn| passage.is_some_and(|it| it.overlaps(drawn))) {
        surface.paint(Paint::Draft, passage);
    }
}

/// The `id` of the field that it is written in.
pub(super) const DRAFT_FIELD: &str = "draft-note";

/// The frames until the text that has just been put into the page is painted.
const FRAMES_TO_PAINT: u32 = 2;

/// Puts the cursor into a note: a new one on the selected passage, or that of the focused annotation.
pub(super) fn write_note(store: &Store) {
    let (passage, article, draft) = store.read(|state| {
        (state.selection.passage(), state.location.open().cloned(), state.annotations.draft.clone())
    });
    let (Some(span), Some(article)) = (passage, article) else {
        write_focused_note(store);
        return;
    };
    match draft {
        Some(it) if it.span != span && !it.note.is_empty() => {
            announcements::announce(
                store,
                "There is already a note without a tag. Tag it or discard it first.",
            );
        }
        Some(it) if it.article == article && it.span == span => {}
        _ => save_draft(store, Some(Draft { article, span, note: String::new() })),
    }
    navigation::show_cards(store);
    selection::focus(store, None);
    viewport::when_present(store, DRAFT_FIELD, |field| {
        let _ = field.focus();
    });
}

/// Takes over what is written.
pub(super) fn edit_draft(store: &Store, note: String) {
    let draft = store.read(|state| state.annotations.draft.clone());
    save_draft(store, draft.map(|it| Draft { note, ..it }));
}

/// Makes an annotation of the draft; whether there was one on this passage, or on any where none is given.
pub(super) fn tag_draft(store: &Store, tag: Tag, passage: Option<(&ArticleId, Span)>) -> bool {
    let draft = store.read(|state| state.annotations.draft.clone());
    let Some(it) = draft.filter(|it| passage.is_none_or(|here| here == (&it.article, it.span))) else {
        return false;
    };
    filter::show_tag(store, tag);
    selection::clear(store);
    let Draft { article, span, note } = it;
    if let Some(id) =
        document::execute(store, &Command::TagWithNote { article, span, tag, note: note.into() })
    {
        save_draft(store, None);
        selection::focus(store, Some(id));
        let words = document::quote_of(store, id);
        announcements::announce(store, format!("Tagged as {} with its note: {words}", tag.name()));
    }
    true
}

/// Throws the draft away.
pub(crate) fn discard_draft(store: &Store) {
    save_draft(store, None);
    announcements::announce(store, "Note discarded");
    platform::focus_first("#reader");
}

/// Throws the draft away if nothing is written.
pub(crate) fn drop_empty_draft(store: &Store) -> bool {
    let empty = store.read(|state| state.annotations.draft.as_ref().is_some_and(|it| it.note.is_empty()));
    if empty {
        save_draft(store, None);
    }
    empty
}

/// Takes up a draft as it is kept, and shows its passage, unless the person is at something else already.
pub(crate) fn adopt_draft(store: &Store, kept: &str) {
    match store.read(|state| parse_draft(kept, state.document.session().library())) {
        Ok((article, span, note)) => {
            let shown = viewport::surface(store).is_none() || is_free_for(store, &article);
            if shown {
                navigation::open(store, &article);
            }
            store.update(|state| state.annotations.draft = Some(Draft { article, span, note }));
            if shown {
                show_draft(store);
            } else {
                paint_draft(store);
            }
        }
        // Its text comes with the durable copy.
        Err(Reason::Article { .. }) => {}
        Err(reason) => store.update(|state| {
            let now = platform::now();
            let _ = state.document.saver().tab_state().set(TabItem::Draft, None, now);
            state.notices.fail(format!(
                "A note without a tag could not be restored: {reason}. Its stored content: {kept}"
            ));
        }),
    }
}

/// Has the page show no draft any more.
pub(crate) fn close_draft(store: &Store) {
    store.update(|state| state.annotations.draft = None);
    paint_draft(store);
}

/// Brings the draft's passage into view and selects it, where it is on the page.
pub(crate) fn show_draft(store: &Store) {
    let passage = store.read(drafted_here);
    if let Some(span) = passage {
        paint_draft(store);
        viewport::reveal(store, span.start());
        select_draft(store, FRAMES_TO_PAINT);
    }
}

/// Later, since `WebKit` never draws a part of the text that was selected before it was drawn for the first time.
fn select_draft(store: &Store, frames: u32) {
    let later = store.clone();
    let frame = gloo::render::request_animation_frame(move |_| {
        if frames > 0 {
            select_draft(&later, frames - 1);
        } else if let Some(span) = later.read(drafted_here) {
            viewport::with_surface(&later, |it| it.select(span, false));
            // Not every browser tells of it so early.
            selection::changed(&later);
        }
    });
    *viewport::scheduled(store).waiting.borrow_mut() = Some(frame);
}

fn save_draft(store: &Store, draft: Option<Draft>) {
    let item = store.read(|state| {
        let it = draft.as_ref()?;
        Some(write_draft(state.document.session().library().get(&it.article)?, it.span, &it.note))
    });
    store.update(|state| {
        if let Err(failure) = state.document.saver().tab_state().set(TabItem::Draft, item, platform::now()) {
            state.notices.fail(format!("The note without a tag will not survive a reload: {failure}."));
        }
        state.annotations.draft = draft;
    });
    document::deliver(store);
    paint_draft(store);
}

/// Paints the draft's passage: while one writes, nothing is selected.
fn paint_draft(store: &Store) {
    let passage = store.read(drafted_here);
    if let Some(surface) = viewport::surface(store) {
        surface.paint(Paint::Draft, passage);
    }
}

/// The passage of the draft, when its article is open.
pub(crate) fn drafted_here(state: &State) -> Option<Span> {
    let draft = state.annotations.draft.as_ref()?;
    (state.location.open() == Some(&draft.article)).then_some(draft.span)
}

/// The `id` of the field for the focused annotation's note.
pub(super) const NOTE_FIELD: &str = "note";

/// Puts the cursor into the focused annotation's note.
fn write_focused_note(store: &Store) {
    let Some(id) = store.read(|state| state.location.focus()) else { return };
    navigation::show_cards(store);
    navigation::go_to(store, id);
    viewport::when_present(store, NOTE_FIELD, |field| {
        let _ = field.focus();
    });
}

/// Whether a note in this article that comes late may be shown: the person is not at something else.
fn is_free_for(store: &Store, article: &ArticleId) -> bool {
    let at_rest =
        store.read(|state| state.selection.selected().is_none() && state.location.focus().is_none());
    let place = Place::current();
    at_rest && (place == Place::Start || place.article() == Some(article))
}
