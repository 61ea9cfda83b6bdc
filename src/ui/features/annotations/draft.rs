//! The draft: a note on a passage that has no tag yet.

use super::{
    given::{Given, show},
    state::{Draft, draft_span},
};
use crate::{
    interchange::{Reason, parse_draft, write_draft},
    session::Recipient,
    storage::TabItem,
    text::{ArticleId, Span},
    ui::{
        State, Store,
        features::{announcements, document, location::Place, navigation, selection, viewport},
        platform,
        surface::{Paint, Surface},
    },
};

/// The `id` of the field of the draft.
pub(super) const DRAFT_FIELD: &str = "draft-note";

/// The `id` of the field for the focused annotation's note.
pub(super) const NOTE_FIELD: &str = "note";

/// How many frames it takes until new text on the page is painted.
const FRAMES_TO_PAINT: u32 = 2;

/// Opens a draft on the selected passage or, without one, the note of the focused annotation, and focuses its field.
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

/// Saves the text of the draft.
pub(super) fn edit_draft(store: &Store, note: String) {
    let draft = store.read(|state| state.annotations.draft.clone());
    save_draft(store, draft.map(|it| Draft { note, ..it }));
}

/// Turns the draft into an annotation. With a `passage`, only if the draft is on it. Returns false if there was no such
/// draft.
pub(super) fn give_draft(store: &Store, given: &Given, passage: Option<(&ArticleId, Span)>) -> bool {
    let draft = store.read(|state| state.annotations.draft.clone());
    let Some(it) = draft.filter(|it| passage.is_none_or(|here| here == (&it.article, it.span))) else {
        return false;
    };
    show(store, given);
    selection::clear(store);
    let Draft { article, span, note } = it;
    let recipient = Recipient::Passage { article, span, note: note.into() };
    if let Some(id) = document::execute(store, &given.command(recipient)) {
        save_draft(store, None);
        selection::focus(store, Some(id));
        let words = document::quote_of(store, id);
        let name = document::tag_of(store, id);
        announcements::announce(store, format!("Tagged as {name} with its note: {words}"));
    }
    true
}

/// Discards the draft.
pub(crate) fn discard_draft(store: &Store) {
    save_draft(store, None);
    announcements::announce(store, "Note discarded");
    platform::focus_first("#reader");
}

/// Discards the draft if it is empty. Returns true if it was.
pub(crate) fn drop_empty_draft(store: &Store) -> bool {
    let empty = store.read(|state| state.annotations.draft.as_ref().is_some_and(|it| it.note.is_empty()));
    if empty {
        save_draft(store, None);
    }
    empty
}

/// Restores a saved draft, and shows its passage unless the person is already doing something else.
pub(crate) fn adopt_draft(store: &Store, saved: &str) {
    match store.read(|state| parse_draft(saved, state.document.session().library())) {
        Ok((article, span, note)) => {
            let is_shown = viewport::surface(store).is_none() || is_idle_in(store, &article);
            if is_shown {
                navigation::open(store, &article);
            }
            store.update(|state| state.annotations.draft = Some(Draft { article, span, note }));
            if is_shown {
                show_draft(store);
            } else {
                paint_draft(store);
            }
        }
        // The article comes later, with the durable copy.
        Err(Reason::Article { .. }) => {}
        Err(reason) => store.update(|state| {
            let now = platform::now();
            let _ = state.document.saver().tab_state().set(TabItem::Draft, None, now);
            state.notices.fail(format!(
                "A note without a tag could not be restored: {reason}. Its stored content: {saved}"
            ));
        }),
    }
}

/// Stops showing the draft, without changing what is saved.
pub(crate) fn close_draft(store: &Store) {
    store.update(|state| state.annotations.draft = None);
    paint_draft(store);
}

/// Scrolls the draft's passage into view and selects it, if its article is open.
pub(crate) fn show_draft(store: &Store) {
    let passage = store.read(draft_span);
    if let Some(span) = passage {
        paint_draft(store);
        viewport::reveal(store, span.start());
        select_draft(store, FRAMES_TO_PAINT);
    }
}

/// Paints the draft's passage again after its paragraphs were drawn.
pub(super) fn restore(state: &State, surface: &Surface, drawn: Option<Span>) {
    let passage = draft_span(state);
    if drawn.is_none_or(|drawn| passage.is_some_and(|it| it.overlaps(drawn))) {
        surface.paint(Paint::Draft, passage);
    }
}

/// Focuses the note field of the focused annotation.
fn write_focused_note(store: &Store) {
    let Some(id) = store.read(|state| state.location.focus()) else { return };
    navigation::show_cards(store);
    navigation::go_to_annotation(store, id);
    viewport::when_present(store, NOTE_FIELD, |field| {
        let _ = field.focus();
    });
}

/// Selects the draft's passage after some frames: `WebKit` never draws text that was selected before its first paint.
fn select_draft(store: &Store, frames: u32) {
    let later = store.clone();
    let frame = gloo::render::request_animation_frame(move |_| {
        if frames > 0 {
            select_draft(&later, frames - 1);
        } else if let Some(span) = later.read(draft_span) {
            viewport::with_surface(&later, |it| it.select(span, false));
            // Not every browser fires `selectionchange` this early.
            selection::changed(&later);
        }
    });
    *viewport::scheduled(store).waiting.borrow_mut() = Some(frame);
}

/// Saves the draft in the local copy and schedules saving it in the durable copy.
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

/// Paints the draft's passage, which is not selected while the person writes.
fn paint_draft(store: &Store) {
    let passage = store.read(draft_span);
    if let Some(surface) = viewport::surface(store) {
        surface.paint(Paint::Draft, passage);
    }
}

/// True if the person has not selected or focused anything, and is not in another article.
fn is_idle_in(store: &Store, article: &ArticleId) -> bool {
    let is_idle =
        store.read(|state| state.selection.selected().is_none() && state.location.focus().is_none());
    let place = Place::current();
    is_idle && (place == Place::Start || place.article() == Some(article))
}
