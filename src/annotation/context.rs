//! What annotations refer to.

use super::codebook::Codebook;
use crate::text::Library;

/// What annotations refer to, and what is needed to read and write them: articles and tags.
///
/// Cheap to clone, as its parts are.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The articles.
    pub library: Library,
    /// The tags.
    pub codebook: Codebook,
}

impl From<Library> for Context {
    /// With the default codebook.
    fn from(library: Library) -> Self {
        Self { library, codebook: Codebook::default() }
    }
}
