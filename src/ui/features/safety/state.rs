//! When backups were made, and the state of the automatic backup.

use std::{cell::RefCell, rc::Rc};

use gloo::timers::callback::Timeout;

use super::backup::Backups;
use crate::{
    annotation::Timestamp,
    ui::{
        Store,
        platform::backup_file::{BackupFile, is_available},
    },
};

/// When backups were made, and the automatic backup.
pub(crate) struct Safety {
    pub(super) backups: Backups,
    /// The state of the automatic backup.
    pub(super) auto: AutoBackup,
    runtime: Rc<Runtime>,
}

impl Default for Safety {
    fn default() -> Self {
        Self { backups: Backups::load(), auto: AutoBackup::new(), runtime: Rc::default() }
    }
}

/// The state of the automatic backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum AutoBackup {
    /// This browser does not let pages write to files.
    Unavailable,
    /// No file was chosen.
    Off,
    /// The person must allow writing again.
    Waiting { name: String },
    /// The file is written after changes. `written` is the last time on this visit.
    On { name: String, written: Option<Timestamp> },
    /// Writing failed, and why. It is tried again after the next change.
    Failed { name: String, why: String },
}

impl AutoBackup {
    fn new() -> Self {
        if is_available() { Self::Off } else { Self::Unavailable }
    }
}

/// Handles of the automatic backup. They are not saved, and no view depends on them.
#[derive(Default)]
pub(super) struct Runtime {
    /// The file to write.
    pub(super) file: RefCell<Option<BackupFile>>,
    /// The timer for the next write.
    pub(super) timer: RefCell<Option<Timeout>>,
}

/// The handles of the automatic backup.
pub(super) fn runtime(store: &Store) -> Rc<Runtime> {
    store.read(|state| Rc::clone(&state.safety.runtime))
}
