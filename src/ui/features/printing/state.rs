//! The printout that is being prepared, and the notes that belong in it.

use std::rc::Rc;

use crate::{
    annotation::{Endnote, Tag, endnotes},
    ui::{State, features::document},
};

/// The printout that is being prepared.
#[derive(Debug, Default)]
pub(crate) struct Printing {
    pub(super) job: Option<PrintJob>,
}

/// What of the open article is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Printout {
    /// The text with its highlights.
    Text,
    /// The same, then a numbered note for each annotation, and the definitions of their tags.
    TextAndNotes,
}

impl Printout {
    /// The name in the page.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::TextAndNotes => "notes",
        }
    }
}

/// A printout that is being prepared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PrintJob {
    pub(super) printout: Printout,
    /// Differs from the number of the previous job, which may still be unfinished.
    pub(super) number: u32,
}

/// The notes on the open article whose tags are shown.
pub(super) fn shown_notes(state: &State) -> Vec<Endnote> {
    let opened = document::opened(state);
    opened.map(|(_, set)| endnotes(set, |tag| state.highlights.shows(tag))).unwrap_or_default()
}

/// The tags of annotations on the open article that the filter hides.
pub(super) fn hidden_tags(state: &State) -> Vec<Rc<Tag>> {
    let Some((_, set)) = document::opened(state) else { return Vec::new() };
    let hides = |tag: &&Rc<Tag>| !state.highlights.shows(tag.id) && set.count(tag.id) > 0;
    document::codebook(state).tags().iter().filter(hides).cloned().collect()
}
