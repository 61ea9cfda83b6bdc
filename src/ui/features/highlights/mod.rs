//! The highlights of annotations in the text. The surface draws them; this feature decides when and which.

mod draw;

pub(crate) use draw::draw_due;
pub(crate) use draw::draw_due_from;
pub(crate) use draw::highlight_all;
pub(crate) use draw::redraw_all;
pub(crate) use draw::redraw_annotation;

use crate::{
    annotation::{AnnotationSet, Entry, TagId},
    text::Span,
    ui::feature::Feature,
};

pub(crate) const FEATURE: Feature =
    Feature { passages_changed: draw::passages_changed, tags_changed: draw::redraw_all, ..Feature::NONE };

pub(crate) type Slice = Highlights;

/// Which highlights are shown.
#[derive(Debug, Default)]
pub(crate) struct Highlights {
    /// The tags whose annotations are hidden, sorted.
    hidden: Vec<TagId>,
    /// True if the remaining highlights will be drawn after the next paint.
    draw_scheduled: bool,
}

impl Highlights {
    /// True if annotations with some tag are hidden.
    pub(crate) fn hides_any(&self) -> bool {
        !self.hidden.is_empty()
    }

    /// True if annotations with this tag are shown.
    pub(crate) fn shows(&self, tag: TagId) -> bool {
        self.hidden.binary_search(&tag).is_err()
    }

    /// The annotations of a set that overlap a passage and are shown, in text order.
    pub(crate) fn shown_in(&self, set: &AnnotationSet, window: Span) -> Vec<Entry> {
        let mut entries = set.overlapping(window);
        entries.retain(|(_, it)| self.shows(it.tag));
        entries
    }

    /// Shows or hides the annotations with a tag.
    pub(crate) fn set(&mut self, tag: TagId, shown: bool) {
        match (self.hidden.binary_search(&tag), shown) {
            (Ok(at), true) => _ = self.hidden.remove(at),
            (Err(at), false) => self.hidden.insert(at, tag),
            _ => {}
        }
    }
}
