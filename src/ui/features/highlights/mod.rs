//! The highlights in the text: which annotations have one, and drawing them.

mod draw;

pub(crate) use draw::draw_due;
pub(crate) use draw::draw_due_from;
pub(crate) use draw::highlight_all;
pub(crate) use draw::redraw_all;
pub(crate) use draw::redraw_annotation;

use crate::{annotation::Tag, ui::feature::Feature};

pub(crate) const FEATURE: Feature = Feature { passages_changed: draw::passages_changed, ..Feature::NONE };

pub(crate) type Slice = Highlights;

/// What of the highlights is shown.
#[derive(Debug, Default)]
pub(crate) struct Highlights {
    /// The tags whose annotations are hidden.
    hidden: [bool; Tag::ALL.len()],
    /// True if the rest of the highlights is drawn in the next frame.
    drawing: bool,
}

impl Highlights {
    /// The tags whose annotations are hidden.
    pub(crate) fn hidden(&self) -> [bool; Tag::ALL.len()] {
        self.hidden
    }

    /// True if annotations with this tag are shown.
    pub(crate) fn shows(&self, tag: Tag) -> bool {
        !self.hidden[tag.index()]
    }

    /// Hides the annotations with a tag, or shows them; whether they are hidden now.
    pub(crate) fn toggle(&mut self, tag: Tag) -> bool {
        let hidden = &mut self.hidden[tag.index()];
        *hidden = !*hidden;
        *hidden
    }
}
