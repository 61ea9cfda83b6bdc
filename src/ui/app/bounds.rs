//! The bounds of the focused annotation, or of what is selected, moved by keys and by dragging.

use super::{App, Selected, actions::excerpt};
use crate::{
    annotation::AnnotationId,
    session::Command,
    text::{Article, Granularity, Span},
};

/// One of the two ends of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Bound {
    Start,
    End,
}

impl Bound {
    pub(in crate::ui) const ALL: [Self; 2] = [Self::Start, Self::End];

    /// The name in the page.
    pub(in crate::ui) const fn id(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
        }
    }
}

/// A bound that is being dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ui) struct Drag {
    pub(in crate::ui) id: AnnotationId,
    pub(in crate::ui) bound: Bound,
    /// What the annotation is going to have.
    pub(in crate::ui) span: Span,
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

impl App {
    /// Moves a bound of what is selected, or else of the focused annotation, by what selections snap to.
    pub(in crate::ui) fn move_bound(&self, bound: Bound, forward: bool) {
        let (passage, focus) = self.read(|state| (state.passage(), state.focus));
        if let Some(span) = passage {
            match self.moved_bound(span, bound, forward) {
                Some(span) => self.grow_to(Selected { span, backwards: bound == Bound::Start }),
                None => self.say(NO_FURTHER),
            }
        } else if let Some(id) = focus {
            self.move_bound_of(id, bound, forward);
        }
    }

    /// Moves a bound of an annotation by what selections snap to.
    pub(in crate::ui) fn move_bound_of(&self, id: AnnotationId, bound: Bound, forward: bool) {
        let Some(span) = self.read(|state| state.session.annotation(id).map(|it| it.span)) else { return };
        match self.moved_bound(span, bound, forward) {
            Some(span) => self.set_bounds(id, span, bound),
            None => self.say(NO_FURTHER),
        }
    }

    fn moved_bound(&self, span: Span, bound: Bound, forward: bool) -> Option<Span> {
        let snap = self.read(|state| state.settings.snap);
        self.with_surface(|it| match bound {
            Bound::Start => it.segments().move_start(span, forward, snap),
            Bound::End => it.segments().move_end(span, forward, snap),
        })
    }

    fn set_bounds(&self, id: AnnotationId, span: Span, bound: Bound) {
        if self.execute(&Command::Bounds(id, span)).is_some() {
            self.reveal(match bound {
                Bound::Start => span.start(),
                Bound::End => span.end() - 1,
            });
            let words = self.read(|state| state.opened().map(|(it, _)| excerpt_of_ends(it, span, bound)));
            self.say(words.unwrap_or_default());
        }
    }

    /// A bound of the focused annotation is taken hold of at a place in the window.
    pub(in crate::ui) fn begin_drag(&self, bound: Bound, x: f64, y: f64, finger: bool) {
        let focused = self.read(|state| Some((state.focus?, state.session.annotation(state.focus?)?.span)));
        let Some((id, span)) = focused else { return };
        let line = self.with_surface(|it| {
            let (start, end) = it.lines(span)?;
            Some(match bound {
                Bound::Start => (start.left(), f64::midpoint(start.top(), start.bottom())),
                Bound::End => (end.right(), f64::midpoint(end.top(), end.bottom())),
            })
        });
        let Some(line) = line else { return };
        self.clear_selection();
        self.drop_cursor();
        let offset = (line.0 - x, line.1 - y);
        let drag = Drag { id, bound, span, from: (x, y), at: (x, y), offset, finger, exact: false };
        self.update(|state| state.drag = Some(drag));
    }

    /// The pointer that holds a bound is at a place in the window.
    pub(in crate::ui) fn drag(&self, x: f64, y: f64, exact: bool) {
        if let Some(drag) = &mut self.0.state.borrow_mut().drag {
            (drag.at, drag.exact) = ((x, y), exact);
        }
        self.drag_on();
    }

    /// The text or the pointer that holds a bound has moved. At the edge of what is seen the text is scrolled, which leads
    /// here again, so that it goes on while the pointer rests there.
    pub(super) fn drag_on(&self) {
        let Some(drag) = self.read(|state| state.drag) else { return };
        let snap = if drag.exact { Granularity::Character } else { self.read(|state| state.settings.snap) };
        let span = self.with_surface(|surface| {
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
            self.update(|state| state.drag = Some(Drag { span, ..drag }));
            self.foresee(Some(span));
        }
        self.with_surface(|it| it.scroll_at_edge(drag.at.1));
    }

    /// The pointer lets the bound go where it is, or where it was.
    pub(in crate::ui) fn end_drag(&self, take: bool) {
        let Some(Drag { id, bound, span, .. }) = self.read(|state| state.drag) else { return };
        self.update(|state| state.drag = None);
        self.foresee(None);
        if take {
            self.update(|state| state.session.close_step());
            self.set_bounds(id, span, bound);
            self.update(|state| state.session.close_step());
        } else {
            self.say("The bound stays where it was.");
        }
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
