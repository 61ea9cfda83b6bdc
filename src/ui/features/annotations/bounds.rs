//! Moves the bounds of the focused annotation or of the selection, by keys and by dragging.

use crate::{
    annotation::AnnotationId,
    session::Command,
    text::{Article, Granularity, Span},
    ui::{
        Store,
        features::{
            announcements, document,
            selection::{self, Selected},
            viewport,
        },
        parts::words::excerpt,
    },
};

/// One of the two ends of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    Start,
    End,
}

impl Bound {
    pub(crate) const ALL: [Self; 2] = [Self::Start, Self::End];

    /// The name in the DOM.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
        }
    }
}

/// A bound that is being dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Drag {
    pub(crate) id: AnnotationId,
    pub(crate) bound: Bound,
    /// The span that the annotation will have.
    pub(crate) span: Span,
    /// The position of the pointer at the start and now, in CSS pixels of the window.
    start: (f64, f64),
    pointer: (f64, f64),
    /// From the start to the middle of the text line at the bound, in CSS pixels.
    offset: (f64, f64),
    /// True for a touch, where the finger covers the text below it.
    is_touch: bool,
    /// True if the bound moves by character, whatever selections snap to.
    by_character: bool,
}

impl Drag {
    /// The point in the window that the drag aims at: beside the finger for a touch, and otherwise under the pointer
    /// once it has left the handle.
    fn target(&self) -> (f64, f64) {
        const HANDLE_RADIUS: f64 = 40.0;
        let (x, y) = self.pointer;
        let distance = (x - self.start.0).hypot(y - self.start.1);
        let share = if self.is_touch { 1.0 } else { (1.0 - distance / HANDLE_RADIUS).max(0.0) };
        (x + self.offset.0 * share, y + self.offset.1 * share)
    }
}

/// The announcement when a bound cannot move.
const AT_LIMIT: &str = "It cannot be moved further.";

/// Moves a bound of the selection, or else of the focused annotation, by a piece of the text.
pub(super) fn move_bound(store: &Store, bound: Bound, forward: bool) {
    let (passage, focus) = store.read(|state| (state.selection.passage(), state.location.focus()));
    if let Some(span) = passage {
        match moved_bound(store, span, bound, forward) {
            Some(span) => selection::extend_to(store, Selected { span, backwards: bound == Bound::Start }),
            None => announcements::announce(store, AT_LIMIT),
        }
    } else if let Some(id) = focus {
        move_bound_of(store, id, bound, forward);
    }
}

/// Moves a bound of an annotation by a piece of the text.
pub(super) fn move_bound_of(store: &Store, id: AnnotationId, bound: Bound, forward: bool) {
    let Some(span) = store.read(|state| state.document.session().annotation(id).map(|it| it.span)) else {
        return;
    };
    match moved_bound(store, span, bound, forward) {
        Some(span) => set_bounds(store, id, span, bound),
        None => announcements::announce(store, AT_LIMIT),
    }
}

/// Starts dragging a bound of the focused annotation. `x` and `y` are the pointer in the window.
pub(super) fn begin_drag(store: &Store, bound: Bound, x: f64, y: f64, is_touch: bool) {
    let focused = store.read(|state| {
        Some((state.location.focus()?, state.document.session().annotation(state.location.focus()?)?.span))
    });
    let Some((id, span)) = focused else { return };
    let bound_point = viewport::with_surface(store, |it| {
        let (start, end) = it.end_rects_in_window(span)?;
        Some(match bound {
            Bound::Start => (start.left(), f64::midpoint(start.top(), start.bottom())),
            Bound::End => (end.right(), f64::midpoint(end.top(), end.bottom())),
        })
    });
    let Some(bound_point) = bound_point else { return };
    selection::clear(store);
    selection::drop_cursor(store);
    let offset = (bound_point.0 - x, bound_point.1 - y);
    let drag =
        Drag { id, bound, span, start: (x, y), pointer: (x, y), offset, is_touch, by_character: false };
    store.update(|state| state.annotations.drag = Some(drag));
}

/// Follows the pointer that drags a bound.
pub(super) fn drag_to(store: &Store, x: f64, y: f64, by_character: bool) {
    if let Some(drag) = &mut store.state_mut().annotations.drag {
        (drag.pointer, drag.by_character) = ((x, y), by_character);
    }
    continue_drag(store);
}

/// Updates a drag after the pointer or the text moved. Near an edge of the viewport this scrolls the text, which calls
/// this again, so that scrolling continues while the pointer rests there.
pub(crate) fn continue_drag(store: &Store) {
    let Some(drag) = store.read(|state| state.annotations.drag) else { return };
    let snap =
        if drag.by_character { Granularity::Character } else { store.read(|state| state.settings.snap) };
    let span = viewport::with_surface(store, |surface| {
        let (x, y) = drag.target();
        let at = surface.byte_near(x, surface.clamp_to_viewport(y))?;
        let segments = surface.segments();
        // Only the dragged bound snaps.
        let (start, end) = match drag.bound {
            Bound::Start => {
                let last = segments.back(drag.span.end(), Granularity::Character)?.start();
                (segments.forward(at.min(last), snap)?.start().min(last), drag.span.end())
            }
            Bound::End => {
                let first = segments.forward(drag.span.start(), Granularity::Character)?.end();
                (drag.span.start(), segments.back(at.max(first), snap)?.end().max(first))
            }
        };
        surface.article().span(start, end).ok()
    });
    if let Some(span) = span.filter(|it| *it != drag.span) {
        store.update(|state| state.annotations.drag = Some(Drag { span, ..drag }));
        selection::preview(store, Some(span));
    }
    viewport::with_surface(store, |it| it.scroll_at_edge(drag.pointer.1));
}

/// Ends a drag. With `commit` the annotation gets the new bounds, and otherwise keeps its own.
pub(crate) fn end_drag(store: &Store, commit: bool) {
    let Some(Drag { id, bound, span, .. }) = store.read(|state| state.annotations.drag) else { return };
    store.update(|state| state.annotations.drag = None);
    selection::preview(store, None);
    if commit {
        store.update(|state| state.document.session_mut().close_step());
        set_bounds(store, id, span, bound);
        store.update(|state| state.document.session_mut().close_step());
    } else {
        announcements::announce(store, "The bound was not moved.");
    }
}

fn moved_bound(store: &Store, span: Span, bound: Bound, forward: bool) -> Option<Span> {
    let snap = store.read(|state| state.settings.snap);
    viewport::with_surface(store, |it| match bound {
        Bound::Start => it.segments().move_start(span, forward, snap),
        Bound::End => it.segments().move_end(span, forward, snap),
    })
}

fn set_bounds(store: &Store, id: AnnotationId, span: Span, bound: Bound) {
    if document::execute(store, &Command::Bounds(id, span)).is_some() {
        viewport::reveal(
            store,
            match bound {
                Bound::Start => span.start(),
                Bound::End => span.end() - 1,
            },
        );
        let words = store.read(|state| document::opened(state).map(|(it, _)| bound_excerpt(it, span, bound)));
        announcements::announce(store, words.unwrap_or_default());
    }
}

/// The announcement of a moved bound: the words at it.
fn bound_excerpt(article: &Article, span: Span, bound: Bound) -> String {
    const MAX_WORDS: usize = 6;
    let words = article.slice(span);
    match bound {
        Bound::Start => format!("Begins: {}", excerpt(words)),
        Bound::End => {
            let from = words.char_indices().rev().filter(|(_, it)| it.is_whitespace()).nth(MAX_WORDS - 1);
            format!("Ends: {}", excerpt(words[from.map_or(0, |(at, _)| at)..].trim_start()))
        }
    }
}
