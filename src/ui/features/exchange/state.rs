//! The import under way, and the options of the export.

use super::report::Report;
use std::rc::Rc;

/// The import under way, and the options of the export.
#[derive(Debug)]
pub(crate) struct Exchange {
    /// What was found in the files that the person chose.
    pub(super) report: Option<Rc<Report>>,
    /// True if exports carry the texts of own articles.
    pub(super) with_texts: bool,
}

impl Default for Exchange {
    fn default() -> Self {
        Self { report: None, with_texts: true }
    }
}
