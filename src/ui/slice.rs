//! The slice of a feature: its part of the page's state.

use crate::text::Library;

/// The initial state of a feature.
pub(crate) trait Initial {
    /// With the bundled articles.
    fn initial(library: &Library) -> Self;
}

impl<T: Default> Initial for T {
    fn initial(_: &Library) -> Self {
        Self::default()
    }
}
