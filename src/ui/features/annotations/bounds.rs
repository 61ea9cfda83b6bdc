//! The bounds of the focused annotation, or of what is selected, moved by keys and by dragging.

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

    /// The name in the page.
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
    /// What the annotation is going to have.
    pub(crate) span: Span,
    /// Where the pointer took hold of it, and where it is now.
    from: (f64, f64),
    at: (f64, f64),
    /// From there to the middle of the line at the bound, in CSS pixels.
    offset: (f64, f64),
    /// Whether a finger does it, which covers what it points at.
    finger: bool,
    /// Whether it goes by characters whatever selections snap to.
    exact: bool,
}

impl Drag {
    /// The place in the text that is meant by the pointer at a place: beside a finger, and under an arrow once it has
    /// left the handle.
    fn aim(&self) -> (f64, f64) {
        const LEFT: f64 = 40.0;
        let (x, y) = self.at;
        let way = (x - self.from.0).hypot(y - self.from.1);
        let share = if self.finger { 1.0 } else { (1.0 - way / LEFT).max(0.0) };
        (x + self.offset.0 * share, y + self.offset.1 * share)
    }
}

const NO_FURTHER: &str = "It cannot be moved further.";

/// Moves a bound of what is selected, or else of the focused annotation, by what selections snap to.
pub(super) fn move_bound(store: &Store, bound: Bound, forward: bool) {
    let (passage, focus) = store.read(|state| (state.selection.passage(), state.location.focus()));
    if let Some(span) = passage {
        match moved_bound(store, span, bound, forward) {
            Some(span) => selection::extend_to(store, Selected { span, backwards: bound == Bound::Start }),
            None => announcements::announce(store, NO_FURTHER),
        }
    } else if let Some(id) = focus {
        move_bound_of(store, id, bound, forward);
    }
}

/// Moves a bound of an annotation by what selections snap to.
pub(super) fn move_bound_of(store: &Store, id: AnnotationId, bound: Bound, forward: bool) {
    let Some(span) = store.read(|state| state.document.session().annotation(id).map(|it| it.span)) else {
        return;
    };
    match moved_bound(store, span, bound, forward) {
        Some(span) => set_bounds(store, id, span, bound),
        None => announcements::announce(store, NO_FURTHER),
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
        let words =
            store.read(|state| document::opened(state).map(|(it, _)| excerpt_of_ends(it, span, bound)));
        announcements::announce(store, words.unwrap_or_default());
    }
}

/// A bound of the focused annotation is taken hold of at a place in the window.
pub(super) fn begin_drag(store: &Store, bound: Bound, x: f64, y: f64, finger: bool) {
    let focused = store.read(|state| {
        Some((state.location.focus()?, state.document.session().annotation(state.location.focus()?)?.span))
    });
    let Some((id, span)) = focused else { return };
    let line = viewport::with_surface(store, |it| {
        let (start, end) = it.lines(span)?;
        Some(match bound {
            Bound::Start => (start.left(), f64::midpoint(start.top(), start.bottom())),
            Bound::End => (end.right(), f64::midpoint(end.top(), end.bottom())),
        })
    });
    let Some(line) = line else { return };
    selection::clear(store);
    selection::drop_cursor(store);
    let offset = (line.0 - x, line.1 - y);
    let drag = Drag { id, bound, span, from: (x, y), at: (x, y), offset, finger, exact: false };
    store.update(|state| state.annotations.drag = Some(drag));
}

/// The pointer that holds a bound is at a place in the window.
pub(super) fn drag_to(store: &Store, x: f64, y: f64, exact: bool) {
    if let Some(drag) = &mut store.state_mut().annotations.drag {
        (drag.at, drag.exact) = ((x, y), exact);
    }
    continue_drag(store);
}

/// The text or the pointer that holds a bound has moved. At the edge of what is seen the text is scrolled, which leads
/// here again, so that it goes on while the pointer rests there.
pub(crate) fn continue_drag(store: &Store) {
    let Some(drag) = store.read(|state| state.annotations.drag) else { return };
    let snap = if drag.exact { Granularity::Character } else { store.read(|state| state.settings.snap) };
    let span = viewport::with_surface(store, |surface| {
        let (x, y) = drag.aim();
        let at = surface.byte_near(x, surface.within(y))?;
        let segments = surface.segments();
        // The end that stays is as it was: only the one that moves snaps.
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
    viewport::with_surface(store, |it| it.scroll_at_edge(drag.at.1));
}

/// The pointer lets the bound go where it is, or where it was.
pub(crate) fn end_drag(store: &Store, take: bool) {
    let Some(Drag { id, bound, span, .. }) = store.read(|state| state.annotations.drag) else { return };
    store.update(|state| state.annotations.drag = None);
    selection::preview(store, None);
    if take {
        store.update(|state| state.document.session_mut().close_step());
        set_bounds(store, id, span, bound);
        store.update(|state| state.document.session_mut().close_step());
    } else {
        announcements::announce(store, "The bound was not moved.");
    }
}

/// The words at the bound that moved.
fn excerpt_of_ends(article: &Article, span: Span, bound: Bound) -> String {
    const WORDS: usize = 6;
    let words = article.slice(span);
    match bound {
        Bound::Start => format!("Begins: {}", excerpt(words)),
        Bound::End => {
            let from = words.char_indices().rev().filter(|(_, it)| it.is_whitespace()).nth(WORDS - 1);
            format!("Ends: {}", excerpt(words[from.map_or(0, |(at, _)| at)..].trim_start()))
        }
    }
}
