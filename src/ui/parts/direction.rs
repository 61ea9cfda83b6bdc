//! The direction of a step through a list.

/// The direction of a step through annotations, articles or matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Next,
    Previous,
}
