//! The text cursor, for reading, selecting and tagging with the keyboard.
//!
//! The cursor is on one piece of the text. An arrow key moves it to the next piece; with Shift it extends or shrinks a
//! selection by that piece. A tag key tags what the cursor is on.

use super::{
    focus::focus,
    on_page::{clear, paint_cursor, select},
    state::{Cursor, Motion, Selected},
};
use crate::{
    text::{Granularity, Span, beginning},
    ui::{
        State, Store,
        features::{announcements, document, viewport},
        surface::Surface,
    },
};

/// The maximum length of an announced passage, in characters.
const MAX_SPOKEN: usize = 1_000;

/// Moves the cursor or the moving end of its selection.
pub(super) fn move_cursor(store: &Store, motion: Motion) {
    let Some(from) = store.read(origin) else {
        place_cursor(store);
        return;
    };
    let by = motion.by.unwrap_or(store.read(|state| state.settings.snap));
    if motion.extend {
        match viewport::with_surface(store, |it| extended(it, from, motion.forward, by)) {
            Some(selection) => extend_to(store, selection),
            None => announcements::announce(store, edge_message(motion.forward)),
        }
    } else {
        let by_paragraph = motion.by == Some(Granularity::Paragraph);
        let snap = store.read(|state| state.settings.snap);
        let piece = viewport::with_surface(store, |it| {
            if by_paragraph {
                neighbouring_paragraph(it, from.span, motion.forward, snap)
            } else {
                neighbouring_piece(it, from.span, motion.forward, by)
            }
        });
        match piece {
            Some(piece) => set_cursor(store, piece),
            None => announcements::announce(store, edge_message(motion.forward)),
        }
    }
}

/// Selects a passage, with the cursor at its moving end.
pub(crate) fn extend_to(store: &Store, selection: Selected) {
    let Selected { span, backwards } = selection;
    focus(store, None);
    select(store, selection);
    store.update(|state| {
        state.selection.cursor = Some(Cursor { span, is_selection: true, at_start: backwards });
        state.selection.last_cursor = Some(span);
    });
    show_cursor(store, "Selected: ");
    viewport::reveal(store, if backwards { span.start() } else { span.end() - 1 });
}

/// Makes the other end of the selection the moving one.
pub(super) fn swap_ends(store: &Store) {
    let Some(Selected { span, backwards }) = store.read(|state| state.selection.selected) else { return };
    extend_to(store, Selected { span, backwards: !backwards });
    announcements::announce(store, if backwards { "Moving the end" } else { "Moving the start" });
}

/// Adjusts the cursor to a new granularity.
pub(super) fn snap_cursor(store: &Store) {
    let (cursor, snap) = store.read(|state| (state.selection.cursor, state.settings.snap));
    if let Some(Cursor { span, is_selection: false, .. }) = cursor
        && let Some(piece) = viewport::with_surface(store, |it| it.segments().forward(span.start(), snap))
    {
        set_cursor(store, piece);
    }
}

/// Puts the cursor on its last position, or on the first piece in view.
fn place_cursor(store: &Store) {
    let (snap, last) = store.read(|state| (state.settings.snap, state.selection.last_cursor));
    let piece = viewport::with_surface(store, |surface| {
        last.filter(|it| surface.is_in_view(*it)).or_else(|| {
            let top = surface.first_line_in_view();
            let first = surface.segments().forward(top, snap)?;
            // A piece that starts above the viewport is only partly in view.
            let is_cut_off = first.start() < top;
            let next = || surface.segments().forward(first.end(), snap);
            if is_cut_off { next().or(Some(first)) } else { Some(first) }
        })
    });
    match piece {
        Some(piece) => set_cursor(store, piece),
        None => announcements::announce(store, "This article has no text."),
    }
}

fn set_cursor(store: &Store, span: Span) {
    clear(store);
    focus(store, None);
    store.update(|state| {
        state.selection.cursor = Some(Cursor { span, is_selection: false, at_start: true });
        state.selection.last_cursor = Some(span);
    });
    show_cursor(store, "");
    viewport::reveal(store, span.start());
}

/// Paints the cursor and announces its text.
fn show_cursor(store: &Store, what: &str) {
    paint_cursor(store);
    let words = store.read(|state| {
        let (article, _) = document::opened(state)?;
        Some(format!("{what}{}", beginning(article.slice(state.selection.cursor?.span), MAX_SPOKEN)))
    });
    announcements::announce(store, words.unwrap_or_default());
}

/// The passage that a movement starts from: the selection, the cursor, or the focused annotation.
fn origin(state: &State) -> Option<Selected> {
    let cursor = || {
        state.selection.cursor.map(|it| Selected { span: it.span, backwards: it.at_start && it.is_selection })
    };
    let focus = || {
        let annotation = state.document.session().annotation(state.location.focus()?)?;
        let here = state.location.open() == Some(&annotation.article);
        here.then(|| Selected { span: annotation.span, backwards: false })
    };
    state.selection.selected.or_else(cursor).or_else(focus)
}

/// The piece before or after a passage.
fn neighbouring_piece(surface: &Surface, from: Span, forward: bool, by: Granularity) -> Option<Span> {
    let segments = surface.segments();
    if forward { segments.forward(from.end(), by) } else { segments.back(from.start(), by) }
}

/// The first piece of the next paragraph. Backward: of this paragraph, or of the previous one if already there.
fn neighbouring_paragraph(surface: &Surface, from: Span, forward: bool, by: Granularity) -> Option<Span> {
    let segments = surface.segments();
    let here = segments.back(from.end(), Granularity::Paragraph)?;
    let there = if forward {
        segments.forward(here.end(), Granularity::Paragraph)?
    } else {
        // From the start of a paragraph, this is the previous one.
        segments.back(from.start(), Granularity::Paragraph)?
    };
    segments.forward(there.start(), by)
}

/// The selection, extended or shrunk by a piece at its moving end. One that cannot shrink further keeps its first piece
/// and extends in the other direction.
fn extended(surface: &Surface, from: Selected, forward: bool, by: Granularity) -> Option<Selected> {
    let segments = surface.segments();
    let Selected { span, backwards } = from;
    let moved =
        if backwards { segments.move_start(span, forward, by) } else { segments.move_end(span, forward, by) };
    if let Some(span) = moved {
        return Some(Selected { span, backwards });
    }
    match (backwards, forward) {
        (false, false) => {
            let kept = segments.snap(span, by)?;
            let start = segments.back(kept.start(), by)?.start();
            let span = surface.article().span(start, span.end()).ok()?;
            Some(Selected { span, backwards: true })
        }
        (true, true) => {
            let kept = segments.snap(span, by)?;
            let end = segments.forward(kept.end(), by)?.end();
            let span = surface.article().span(span.start(), end).ok()?;
            Some(Selected { span, backwards: false })
        }
        _ => None,
    }
}

/// The announcement at the end or the beginning of the article.
const fn edge_message(forward: bool) -> &'static str {
    if forward { "The end of the article" } else { "The beginning of the article" }
}
