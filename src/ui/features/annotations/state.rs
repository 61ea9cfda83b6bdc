//! The state of the ongoing edits of annotations. The annotations themselves belong to the session.

use super::bounds::Drag;
use crate::{
    annotation::TagId,
    text::{ArticleId, Span},
    ui::State,
};

/// The slice of annotation editing.
#[derive(Debug, Default)]
pub(crate) struct Annotations {
    /// The tag that each selection gets as it is made.
    pub(super) sticky: Option<TagId>,
    /// The bound that is being dragged.
    pub(super) drag: Option<Drag>,
    /// The note without a tag.
    pub(super) draft: Option<Draft>,
    /// When a key was last ignored because its field had vanished, in milliseconds; infinite before the first key.
    pub(super) lost_field: Option<f64>,
}

impl Annotations {
    /// The tag that each selection gets as it is made.
    pub(crate) fn sticky(&self) -> Option<TagId> {
        self.sticky
    }

    /// True while a bound is being dragged.
    pub(crate) fn is_dragging(&self) -> bool {
        self.drag.is_some()
    }

    /// True if there is a draft.
    pub(crate) fn has_draft(&self) -> bool {
        self.draft.is_some()
    }
}

/// A note on a passage that has no tag yet.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    pub(crate) article: ArticleId,
    pub(crate) span: Span,
    pub(crate) note: String,
}

/// The passage of the draft, if its article is open.
pub(crate) fn draft_span(state: &State) -> Option<Span> {
    let draft = state.annotations.draft.as_ref()?;
    (state.location.open() == Some(&draft.article)).then_some(draft.span)
}

/// Why no command for a passage or an annotation can be run, or `None` if one can.
pub(crate) fn needs_passage(state: &State) -> Option<&'static str> {
    let has = state.selection.passage().is_some()
        || state.location.focus().is_some()
        || draft_span(state).is_some();
    (!has).then_some("Select a passage first.")
}

/// Why no command for the focused annotation can be run, or `None` if one can.
pub(crate) fn needs_focus(state: &State) -> Option<&'static str> {
    state.location.focus().is_none().then_some("Focus an annotation first.")
}

/// Why the sticky tag cannot be given, or `None` if it can.
pub(super) fn needs_sticky(state: &State) -> Option<&'static str> {
    let met = state.selection.passage().is_some() && state.annotations.sticky.is_some();
    (!met).then_some("Select a passage and turn on a sticky tag first.")
}
