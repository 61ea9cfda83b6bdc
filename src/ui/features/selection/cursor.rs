//! The text cursor: the article read, selected and tagged with the keyboard alone.
//!
//! The cursor is on one piece of the text. An arrow moves it to the next piece; with Shift a selection grows from it by
//! that piece, or shrinks. What a tag key takes is what the cursor is on.

use super::{
    focus::focus,
    pointer::{clear, select},
    state::{Cursor, Motion, Selected},
};
use crate::{
    text::{Granularity, Span, beginning},
    ui::{
        State, Store,
        features::{announcements, document, viewport},
        surface::{Paint, Surface},
    },
};

/// As much of a passage as is read aloud.
const SPOKEN: usize = 1_000;

/// Moves the cursor, or the end of its selection.
pub(super) fn move_cursor(store: &Store, motion: Motion) {
    let Some(from) = store.read(origin) else {
        place_cursor(store);
        return;
    };
    let by = motion.by.unwrap_or(store.read(|state| state.settings.snap));
    if motion.grow {
        match viewport::with_surface(store, |it| grow(it, from, motion.forward, by)) {
            Some(selection) => extend_to(store, selection),
            None => announcements::announce(store, edge(motion.forward)),
        }
    } else {
        let lines = motion.by == Some(Granularity::Paragraph);
        let snap = store.read(|state| state.settings.snap);
        let piece = viewport::with_surface(store, |it| {
            if lines {
                line(it, from.span, motion.forward, snap)
            } else {
                step(it, from.span, motion.forward, by)
            }
        });
        match piece {
            Some(piece) => set_cursor(store, piece),
            None => announcements::announce(store, edge(motion.forward)),
        }
    }
}

/// Puts the cursor where the person left it, or on the first piece in view.
fn place_cursor(store: &Store) {
    let (snap, left) = store.read(|state| (state.settings.snap, state.selection.last_cursor));
    let piece = viewport::with_surface(store, |surface| {
        left.filter(|it| surface.is_in_view(*it)).or_else(|| {
            let top = surface.first_line_in_view();
            let first = surface.segments().forward(top, snap)?;
            // One that began above is in view only in part.
            let begun = first.start() < top;
            let next = || surface.segments().forward(first.end(), snap);
            if begun { next().or(Some(first)) } else { Some(first) }
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
        state.selection.cursor = Some(Cursor { span, grown: false, at_start: true });
        state.selection.last_cursor = Some(span);
    });
    show_cursor(store, "");
    viewport::reveal(store, span.start());
}

pub(crate) fn extend_to(store: &Store, selection: Selected) {
    let Selected { span, backwards } = selection;
    focus(store, None);
    select(store, selection);
    store.update(|state| {
        state.selection.cursor = Some(Cursor { span, grown: true, at_start: backwards });
        state.selection.last_cursor = Some(span);
    });
    show_cursor(store, "Selected: ");
    viewport::reveal(store, if backwards { span.start() } else { span.end() - 1 });
}

/// From now on the other end of the selection moves.
pub(super) fn swap_ends(store: &Store) {
    let Some(Selected { span, backwards }) = store.read(|state| state.selection.selected) else { return };
    extend_to(store, Selected { span, backwards: !backwards });
    announcements::announce(store, if backwards { "Moving the end" } else { "Moving the start" });
}

/// The cursor is on no text any more.
pub(crate) fn drop_cursor(store: &Store) {
    if store.read(|state| state.selection.cursor.is_some()) {
        store.update(|state| state.selection.cursor = None);
        paint_cursor(store);
    }
}

/// Takes the piece that the cursor is on by what selections now snap to.
pub(super) fn snap_cursor(store: &Store) {
    let (cursor, snap) = store.read(|state| (state.selection.cursor, state.settings.snap));
    if let Some(Cursor { span, grown: false, .. }) = cursor
        && let Some(piece) = viewport::with_surface(store, |it| it.segments().forward(span.start(), snap))
    {
        set_cursor(store, piece);
    }
}

/// Paints the cursor where it is, and tells assistive technology the words.
fn show_cursor(store: &Store, what: &str) {
    paint_cursor(store);
    let words = store.read(|state| {
        let (article, _) = document::opened(state)?;
        Some(format!("{what}{}", beginning(article.slice(state.selection.cursor?.span), SPOKEN)))
    });
    announcements::announce(store, words.unwrap_or_default());
}

/// Paints what the cursor is on.
fn paint_cursor(store: &Store) {
    let span = store.read(|state| state.selection.cursor.filter(|it| !it.grown).map(|it| it.span));
    if let Some(surface) = viewport::surface(store) {
        surface.paint(Paint::Cursor, span);
    }
}

/// Where a step of the cursor begins: at what is selected, at the cursor, or at the focused annotation.
fn origin(state: &State) -> Option<Selected> {
    let cursor =
        || state.selection.cursor.map(|it| Selected { span: it.span, backwards: it.at_start && it.grown });
    let focus = || {
        let annotation = state.document.session().annotation(state.location.focus()?)?;
        let here = state.location.open() == Some(&annotation.article);
        here.then(|| Selected { span: annotation.span, backwards: false })
    };
    state.selection.selected.or_else(cursor).or_else(focus)
}

/// The piece before or behind a passage.
fn step(surface: &Surface, from: Span, forward: bool, by: Granularity) -> Option<Span> {
    let segments = surface.segments();
    if forward { segments.forward(from.end(), by) } else { segments.back(from.start(), by) }
}

/// The first piece of the next paragraph; or of this one, and from there of the one before.
fn line(surface: &Surface, from: Span, forward: bool, by: Granularity) -> Option<Span> {
    let segments = surface.segments();
    let here = segments.back(from.end(), Granularity::Paragraph)?;
    let there = if forward {
        segments.forward(here.end(), Granularity::Paragraph)?
    } else {
        // At the paragraph's own beginning this is the one before.
        segments.back(from.start(), Granularity::Paragraph)?
    };
    segments.forward(there.start(), by)
}

/// The selection that grew or shrank by a piece at the end that moves. One that shrank to nothing grows from its other
/// end, which keeps the piece that it began with.
pub(super) fn grow(surface: &Surface, from: Selected, forward: bool, by: Granularity) -> Option<Selected> {
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

const fn edge(forward: bool) -> &'static str {
    if forward { "The end of the article" } else { "The beginning of the article" }
}
