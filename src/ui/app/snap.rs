//! Selections by pointer and touch: snapped while they are made, taken at the release, tagged at once by a sticky tag.

use super::{App, Selected, Settings};
use crate::{
    annotation::Tag,
    text::{Granularity, Span},
    ui::surface::{Paint, Surface},
};

/// What the hand is doing.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::ui) struct Hand {
    /// Whether `Alt` is held, which takes characters for once.
    exact: bool,
    /// How many clicks came in a row: two take words and three a line, whatever selections snap to.
    clicks: i32,
    /// What the page itself has selected, which is not snapped again.
    placed: Option<Span>,
    /// Whether the selection was tagged at its release, so that the click which that is picks no annotation.
    tagged: bool,
}

impl App {
    /// Has selections snap to something else from now on.
    pub(in crate::ui) fn snap_to(&self, snap: Granularity) {
        self.change(|it| Settings { snap, ..it });
        self.say(format!("Selecting by {}", name(snap).to_lowercase()));
        self.0.state.borrow_mut().hand.placed = None;
        self.selection_changed();
        match self.read(|state| state.selection) {
            Some(selection) => self.place(selection),
            None => self.snap_cursor(),
        }
    }

    /// The next granularity, and behind the last the first.
    pub(in crate::ui) fn snap_to_next(&self) {
        self.snap_to(self.read(|state| state.settings.snap).next());
    }

    /// Arms a tag, so that each selection is tagged as it is made; or lays it down, when it is the one that is armed.
    pub(in crate::ui) fn arm(&self, tag: Tag) {
        let armed = self.read(|state| state.armed != Some(tag)).then_some(tag);
        self.set_armed(armed);
        // What is selected already is the first.
        if armed.is_some() && self.read(|state| state.selection.is_some()) {
            self.tag(tag);
        }
    }

    /// Selections are only selected again.
    pub(in crate::ui) fn disarm(&self) {
        self.set_armed(None);
    }

    fn set_armed(&self, armed: Option<Tag>) {
        let root = gloo::utils::document_element();
        let _ = match armed {
            Some(tag) => root.set_attribute("data-armed", tag.id()),
            None => root.remove_attribute("data-armed"),
        };
        self.update(|state| {
            state.armed = armed;
            state.say(match armed {
                Some(tag) => format!("Each selection becomes {}, until Escape", tag.name()),
                None => "Selections are no longer tagged at once".to_owned(),
            });
        });
    }

    /// Takes over what is selected on the page.
    pub(in crate::ui) fn selection_changed(&self) {
        // A field in a dialog takes the browser's selection; the person's own waits for the dialog to be closed.
        if self.read(|state| state.dialog.is_some()) {
            return;
        }
        let raw = self.with_surface(Surface::selection);
        let selection =
            raw.and_then(|(span, backwards)| Some(Selected { span: self.snapped(span)?, backwards }));
        if self.read(|state| state.selection != selection) {
            self.update(|state| {
                state.selection = selection;
                // The cursor is where its selection is, and gone with another one.
                if selection.is_some_and(|it| state.hand.placed != Some(it.span)) {
                    state.cursor = None;
                }
            });
        }
        let differs = selection.map(|it| it.span).filter(|it| raw.is_some_and(|(raw, _)| raw != *it));
        self.foresee(differs);
    }

    /// What a selection is to be taken as.
    fn snapped(&self, raw: Span) -> Option<Span> {
        let (hand, snap) = self.read(|state| (state.hand, state.settings.snap));
        if hand.placed == Some(raw) {
            return Some(raw);
        }
        let granularity = match snap {
            _ if hand.exact => Granularity::Character,
            Granularity::Sentence | Granularity::Paragraph if hand.clicks > 1 => Granularity::Word,
            snap => snap,
        };
        self.with_surface(|it| it.segments().snap(raw, granularity))
    }

    /// Shows what a selection or a bound is going to be.
    pub(super) fn foresee(&self, span: Option<Span>) {
        if let Some(surface) = self.surface().as_ref() {
            surface.paint(Paint::Snap, span);
        }
    }

    /// A pointer began to select.
    pub(in crate::ui) fn press(&self, exact: bool) {
        self.drop_cursor();
        self.update(|state| {
            state.selecting = true;
            state.hand = Hand { exact, ..Hand::default() };
        });
    }

    /// How many clicks the press was, counting those just before it.
    pub(in crate::ui) fn count_clicks(&self, clicks: i32) {
        self.0.state.borrow_mut().hand.clicks = clicks;
    }

    /// `Alt` went down or up.
    pub(in crate::ui) fn hold_exact(&self, exact: bool) {
        let changed = {
            let hand = &mut self.0.state.borrow_mut().hand;
            std::mem::replace(&mut hand.exact, exact) != exact
        };
        if changed && self.read(|state| state.selecting) {
            self.selection_changed();
        }
    }

    /// The pointer is done: what was shown is selected, and tagged when a tag is armed.
    pub(in crate::ui) fn release(&self) {
        if !self.read(|state| state.selecting) {
            return;
        }
        self.selection_changed();
        let (selection, armed) = self.read(|state| (state.selection, state.armed));
        if let Some(selection) = selection {
            self.place(selection);
        }
        self.update(|state| {
            state.selecting = false;
            state.hand.exact = false;
        });
        if let Some(tag) = armed.filter(|_| selection.is_some()) {
            self.0.state.borrow_mut().hand.tagged = true;
            self.tag(tag);
        }
    }

    /// Whether the click that comes now is the end of a drag, or of a press that selected something.
    pub(in crate::ui) fn is_end_of_drag(&self) -> bool {
        self.read(|state| state.hand.tagged) || self.with_surface(Surface::selection).is_some()
    }

    /// The pointer is wanted for something else, such as scrolling.
    pub(in crate::ui) fn let_go(&self) {
        if self.read(|state| state.selecting) {
            self.update(|state| state.selecting = false);
            self.selection_changed();
        }
    }

    /// Selects a passage on the page, as it is.
    pub(super) fn place(&self, selection: Selected) {
        self.update(|state| {
            state.hand.placed = Some(selection.span);
            state.selection = Some(selection);
        });
        if let Some(surface) = self.surface().as_ref() {
            surface.select(selection.span, selection.backwards);
            surface.paint(Paint::Snap, None);
        }
    }
}

/// What a person calls it.
pub(in crate::ui) const fn name(granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Character => "Character",
        Granularity::Word => "Word",
        Granularity::Sentence => "Sentence",
        Granularity::Paragraph => "Paragraph",
    }
}

/// The name in the page and in what is stored.
pub(in crate::ui) const fn id(granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Character => "character",
        Granularity::Word => "word",
        Granularity::Sentence => "sentence",
        Granularity::Paragraph => "paragraph",
    }
}
