//! The selection and the text cursor.

use crate::{
    text::{Granularity, Span},
    ui::{
        State,
        surface::{Paint, Surface},
    },
};

/// The slice of the selection.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    pub(super) selected: Option<Selected>,
    /// True while the selection is being made with a pointer.
    pub(super) selecting: bool,
    pub(super) gesture: Gesture,
    /// The text cursor.
    pub(super) cursor: Option<Cursor>,
    /// The last position of the cursor in the open article.
    pub(super) last_cursor: Option<Span>,
}

impl Selection {
    /// The selected passage.
    pub(crate) fn selected(&self) -> Option<Selected> {
        self.selected
    }

    /// True while the selection is being made with a pointer.
    pub(crate) fn selecting(&self) -> bool {
        self.selecting
    }

    /// The text cursor.
    pub(crate) fn cursor(&self) -> Option<Cursor> {
        self.cursor
    }

    /// The passage that a tag would be given to: the selection, or what the text cursor is on.
    pub(crate) fn passage(&self) -> Option<Span> {
        self.selected.map(|it| it.span).or(self.cursor.map(|it| it.span))
    }

    /// Sets the selected passage.
    pub(crate) fn set_selected(&mut self, selected: Selected) {
        self.selected = Some(selected);
    }

    /// Forgets the last position of the cursor, when another article is opened.
    pub(crate) fn forget_cursor(&mut self) {
        self.last_cursor = None;
    }
}

/// A passage that the person has selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Selected {
    pub(crate) span: Span,
    /// True if it was made towards the start of the text.
    pub(crate) backwards: bool,
}

/// The current pointer gesture.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Gesture {
    /// True while `Alt` is held, which selects by character.
    pub(super) by_character: bool,
    /// The number of clicks in a row: two select a word and three a line, at every granularity.
    pub(super) clicks: i32,
    /// The span that the page selected itself, which is not snapped again.
    pub(super) set_by_page: Option<Span>,
    /// True if the selection was tagged on release. The click that follows must not focus an annotation.
    pub(super) tagged: bool,
}

/// The text cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// The piece that it is on, or its selection.
    pub(crate) span: Span,
    /// True if it is the moving end of a selection.
    pub(crate) is_selection: bool,
    /// True if the bar is at the start of the span.
    pub(crate) at_start: bool,
}

/// A movement of the text cursor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Motion {
    pub(crate) forward: bool,
    /// The granularity; if not given, the one that selections snap to.
    pub(crate) by: Option<Granularity>,
    /// True if it extends or shrinks a selection.
    pub(crate) extend: bool,
}

/// Restores the selection and the painted cursor after drawing replaced their nodes.
pub(super) fn restore(state: &State, surface: &Surface, drawn: Option<Span>) {
    let is_drawn = |span: Span| drawn.is_none_or(|it| it.overlaps(span));
    let Selection { selected, selecting, cursor, .. } = state.selection;
    // While a dialog is open, the browser's selection is that of its field, which would get no more letters.
    let is_free = !selecting && state.dialogs.current().is_none();
    if let Some(selected) = selected.filter(|it| is_free && is_drawn(it.span)) {
        surface.select(selected.span, selected.backwards);
    }
    let cursor = cursor.filter(|it| !it.is_selection).map(|it| it.span);
    if cursor.is_none_or(is_drawn) {
        surface.paint(Paint::Cursor, cursor);
    }
}

/// Why no command for the selected passage can be run, or `None` if one can.
pub(crate) fn needs_selection(state: &State) -> Option<&'static str> {
    state.selection.selected.is_none().then_some("Select a passage first.")
}
