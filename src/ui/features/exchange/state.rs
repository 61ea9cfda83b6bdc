//! The state of imports and exports, and the dialogs about them.

use super::report::Report;
use std::rc::Rc;

use crate::ui::parts::dialog::Dialog;

pub(super) static IMPORT_REPORT: Dialog = Dialog::new("import-report", "Import");
pub(super) static RESTORE: Dialog = Dialog::new("restore", "Restore a backup");

/// The current import, and the options of exports.
#[derive(Debug)]
pub(crate) struct Exchange {
    /// The report on the files of the current import.
    pub(super) report: Option<Rc<Report>>,
    /// True if exports include the texts of own articles.
    pub(super) with_texts: bool,
}

impl Default for Exchange {
    fn default() -> Self {
        Self { report: None, with_texts: true }
    }
}
