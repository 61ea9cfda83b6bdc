//! The selection and the text cursor.

use crate::{
    text::{Granularity, Span},
    ui::{
        State,
        surface::{Paint, Surface},
    },
};

/// What is selected, and how.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    pub(super) selected: Option<Selected>,
    /// True while a pointer is down, so that the selection is still being made.
    pub(super) selecting: bool,
    pub(super) gesture: Gesture,
    /// Where the keyboard is in the text.
    pub(super) cursor: Option<Cursor>,
    /// Where the cursor was last in the open article.
    pub(super) last_cursor: Option<Span>,
}

impl Selection {
    /// The selected passage.
    pub(crate) fn selected(&self) -> Option<Selected> {
        self.selected
    }

    /// True while a pointer is down, so that the selection is still being made.
    pub(crate) fn selecting(&self) -> bool {
        self.selecting
    }

    /// Where the keyboard is in the text.
    pub(crate) fn cursor(&self) -> Option<Cursor> {
        self.cursor
    }

    /// What a tag would be given to: the selection, or what the text cursor is on.
    pub(crate) fn passage(&self) -> Option<Span> {
        self.selected.map(|it| it.span).or(self.cursor.map(|it| it.span))
    }

    /// Takes over a passage that was selected on the page.
    pub(crate) fn set_selected(&mut self, selected: Selected) {
        self.selected = Some(selected);
    }

    /// Forgets where the cursor was: another article is open.
    pub(crate) fn forget_cursor(&mut self) {
        self.last_cursor = None;
    }
}

/// Drawing replaces the nodes of the selection and of the painted cursor; the person goes on selecting.
pub(super) fn restore(state: &State, surface: &Surface, drawn: Option<Span>) {
    let is_drawn = |span: Span| drawn.is_none_or(|it| it.overlaps(span));
    let Selection { selected, selecting, cursor, .. } = state.selection;
    if let Some(selected) = selected.filter(|it| !selecting && is_drawn(it.span)) {
        surface.select(selected.span, selected.backwards);
    }
    let cursor = cursor.filter(|it| !it.grown).map(|it| it.span);
    if cursor.is_none_or(is_drawn) {
        surface.paint(Paint::Cursor, cursor);
    }
}

/// What is missing before a command for the selected passage can be run.
pub(crate) fn needs_selection(state: &State) -> Option<&'static str> {
    state.selection.selected.is_none().then_some("Select a passage first.")
}

/// A passage that the person has selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Selected {
    pub(crate) span: Span,
    /// Whether it was dragged towards the start of the text.
    pub(crate) backwards: bool,
}

/// What the hand is doing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Gesture {
    /// Whether `Alt` is held, which takes characters for once.
    pub(super) exact: bool,
    /// How many clicks came in a row: two take words and three a line, whatever selections snap to.
    pub(super) clicks: i32,
    /// What the page itself has selected, which is not snapped again.
    pub(super) placed: Option<Span>,
    /// Whether the selection was tagged at its release, so that the click which that is picks no annotation.
    pub(super) tagged: bool,
}

/// Where the keyboard is in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// The piece that it is on, or the selection that has grown from it.
    pub(crate) span: Span,
    /// Whether it is a selection, whose end or start moves.
    pub(crate) grown: bool,
    /// Whether the caret is at the start.
    pub(crate) at_start: bool,
}

/// A step of the cursor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Motion {
    pub(crate) forward: bool,
    /// By what; by that which selections snap to where it is not given.
    pub(crate) by: Option<Granularity>,
    /// Whether a selection grows or shrinks by it.
    pub(crate) grow: bool,
}
