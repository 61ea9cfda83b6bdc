//! What is being done to annotations.

use super::{bounds::Drag, draft::drafted_here};
use crate::{
    annotation::Tag,
    text::{ArticleId, Span},
    ui::State,
};

/// What is being done to annotations.
#[derive(Debug, Default)]
pub(crate) struct Annotations {
    /// The tag that each selection gets as it is made.
    pub(super) sticky: Option<Tag>,
    /// The bound that the pointer drags.
    pub(super) drag: Option<Drag>,
    /// A note on a passage that has no tag yet.
    pub(super) draft: Option<Draft>,
    /// When a key was last ignored because its field had vanished, in milliseconds; infinite before the first key.
    pub(super) lost_field: Option<f64>,
}

impl Annotations {
    /// The tag that each selection gets as it is made.
    pub(crate) fn sticky(&self) -> Option<Tag> {
        self.sticky
    }

    /// True while the pointer drags a bound.
    pub(crate) fn is_dragging(&self) -> bool {
        self.drag.is_some()
    }

    /// True if there is a note without a tag.
    pub(crate) fn has_draft(&self) -> bool {
        self.draft.is_some()
    }
}

/// What is missing before a command for a passage or an annotation can be run.
pub(crate) fn needs_passage(state: &State) -> Option<&'static str> {
    let has = state.selection.passage().is_some()
        || state.location.focus().is_some()
        || drafted_here(state).is_some();
    (!has).then_some("Select a passage first.")
}

/// What is missing before a command for the focused annotation can be run.
pub(crate) fn needs_focus(state: &State) -> Option<&'static str> {
    state.location.focus().is_none().then_some("Focus an annotation first.")
}

/// What is missing before the sticky tag can be given.
pub(super) fn needs_sticky(state: &State) -> Option<&'static str> {
    let met = state.selection.passage().is_some() && state.annotations.sticky.is_some();
    (!met).then_some("Select a passage and turn on a sticky tag first.")
}

/// A note on a passage that has no tag yet.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    pub(crate) article: ArticleId,
    pub(crate) span: Span,
    pub(crate) note: String,
}
