//! The highlights of annotations in the text. The surface draws them; this feature decides when and which.

mod draw;

pub(crate) use draw::draw_due;
pub(crate) use draw::draw_due_from;
pub(crate) use draw::highlight_all;
pub(crate) use draw::redraw_all;
pub(crate) use draw::redraw_annotation;

use crate::{annotation::Tag, ui::feature::Feature};

pub(crate) const FEATURE: Feature = Feature { passages_changed: draw::passages_changed, ..Feature::NONE };

pub(crate) type Slice = Highlights;

/// Which highlights are shown.
#[derive(Debug, Default)]
pub(crate) struct Highlights {
    /// The tags whose annotations are hidden.
    hidden: [bool; Tag::ALL.len()],
    /// True if the remaining highlights will be drawn after the next paint.
    draw_scheduled: bool,
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

    /// Hides or shows the annotations with a tag. Returns true if they are hidden now.
    pub(crate) fn toggle(&mut self, tag: Tag) -> bool {
        let hidden = &mut self.hidden[tag.index()];
        *hidden = !*hidden;
        *hidden
    }
}
