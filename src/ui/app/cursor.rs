//! The text cursor: the article read, selected and tagged with the keyboard alone.
//!
//! The cursor is on one piece of the text. An arrow moves it to the next piece; with Shift a selection grows from it by
//! that piece, or shrinks. What a tag key takes is what the cursor is on.

use super::{App, Selected, State};
use crate::{
    text::{Granularity, Span, beginning},
    ui::surface::{Paint, Surface},
};

/// Where the keyboard is in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) struct Cursor {
    /// The piece that it is on, or the selection that has grown from it.
    pub(in crate::ui) span: Span,
    /// Whether it is a selection, whose end or start moves.
    pub(in crate::ui) grown: bool,
    /// Whether the caret is at the start.
    pub(in crate::ui) at_start: bool,
}

/// A step of the cursor.
#[derive(Clone, Copy, Debug)]
pub(in crate::ui) struct Motion {
    pub(in crate::ui) forward: bool,
    /// By what; by that which selections snap to where it is not given.
    pub(in crate::ui) by: Option<Granularity>,
    /// Whether a selection grows or shrinks by it.
    pub(in crate::ui) grow: bool,
}

/// As much of a passage as is read aloud.
const SPOKEN: usize = 1_000;

impl App {
    /// Moves the cursor, or the end of its selection.
    pub(in crate::ui) fn move_cursor(&self, motion: Motion) {
        let Some(from) = self.read(State::origin) else {
            self.set_cursor();
            return;
        };
        let by = motion.by.unwrap_or(self.read(|state| state.settings.snap));
        if motion.grow {
            match self.with_surface(|it| grow(it, from, motion.forward, by)) {
                Some(selection) => self.grow_to(selection),
                None => self.say(edge(motion.forward)),
            }
        } else {
            let lines = motion.by == Some(Granularity::Paragraph);
            let snap = self.read(|state| state.settings.snap);
            let piece = self.with_surface(|it| {
                if lines {
                    line(it, from.span, motion.forward, snap)
                } else {
                    step(it, from.span, motion.forward, by)
                }
            });
            match piece {
                Some(piece) => self.set_cursor_on(piece),
                None => self.say(edge(motion.forward)),
            }
        }
    }

    /// Puts the cursor where the person left it, or on the first piece in view.
    fn set_cursor(&self) {
        let (snap, left) = self.read(|state| (state.settings.snap, state.left));
        let piece = self.with_surface(|surface| {
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
            Some(piece) => self.set_cursor_on(piece),
            None => self.say("This article has no text."),
        }
    }

    fn set_cursor_on(&self, span: Span) {
        self.clear_selection();
        self.focus(None);
        self.update(|state| {
            state.cursor = Some(Cursor { span, grown: false, at_start: true });
            state.left = Some(span);
        });
        self.show_cursor("");
        self.reveal(span.start());
    }

    pub(super) fn grow_to(&self, selection: Selected) {
        let Selected { span, backwards } = selection;
        self.focus(None);
        self.place(selection);
        self.update(|state| {
            state.cursor = Some(Cursor { span, grown: true, at_start: backwards });
            state.left = Some(span);
        });
        self.show_cursor("Selected: ");
        self.reveal(if backwards { span.start() } else { span.end() - 1 });
    }

    /// From now on the other end of the selection moves.
    pub(in crate::ui) fn swap_ends(&self) {
        let Some(Selected { span, backwards }) = self.read(|state| state.selection) else { return };
        self.grow_to(Selected { span, backwards: !backwards });
        self.say(if backwards { "The end moves" } else { "The start moves" });
    }

    /// The cursor is on no text any more.
    pub(in crate::ui) fn drop_cursor(&self) {
        if self.read(|state| state.cursor.is_some()) {
            self.update(|state| state.cursor = None);
            self.paint_cursor();
        }
    }

    /// Takes the piece that the cursor is on by what selections now snap to.
    pub(super) fn snap_cursor(&self) {
        let (cursor, snap) = self.read(|state| (state.cursor, state.settings.snap));
        if let Some(Cursor { span, grown: false, .. }) = cursor
            && let Some(piece) = self.with_surface(|it| it.segments().forward(span.start(), snap))
        {
            self.set_cursor_on(piece);
        }
    }

    /// Tags what the cursor is on with the tag that is armed.
    pub(in crate::ui) fn tag_armed(&self) {
        if let Some(tag) = self.read(|state| state.armed) {
            self.tag(tag);
        }
    }

    /// Paints the cursor where it is, and tells assistive technology the words.
    fn show_cursor(&self, what: &str) {
        self.paint_cursor();
        let words = self.read(|state| {
            let (article, _) = state.opened()?;
            Some(format!("{what}{}", beginning(article.slice(state.cursor?.span), SPOKEN)))
        });
        self.say(words.unwrap_or_default());
    }

    /// Paints what the cursor is on.
    pub(super) fn paint_cursor(&self) {
        let span = self.read(|state| state.cursor.filter(|it| !it.grown).map(|it| it.span));
        if let Some(surface) = self.surface().as_ref() {
            surface.paint(Paint::Cursor, span);
        }
    }
}

impl State {
    /// Where a step of the cursor begins: at what is selected, at the cursor, or at the focused annotation.
    fn origin(&self) -> Option<Selected> {
        let cursor = || self.cursor.map(|it| Selected { span: it.span, backwards: it.at_start && it.grown });
        let focus = || {
            let annotation = self.session.annotation(self.focus?)?;
            let here = self.open.as_ref() == Some(&annotation.article);
            here.then(|| Selected { span: annotation.span, backwards: false })
        };
        self.selection.or_else(cursor).or_else(focus)
    }
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
fn grow(surface: &Surface, from: Selected, forward: bool, by: Granularity) -> Option<Selected> {
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
