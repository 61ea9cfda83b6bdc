//! The save status in the header, backups, the storage dialog, and deleting everything. Saving itself belongs to `document`.

mod auto_backup;
mod backup;
mod commands;
mod set_aside;
mod status;
mod storage;
mod view;

pub(crate) use auto_backup::write_pending;
pub(crate) use status::SaveStatus;

use std::{cell::RefCell, rc::Rc};

use gloo::timers::callback::Timeout;

use crate::ui::{Store, feature::Feature, platform::backup_file::BackupFile};
use auto_backup::AutoBackup;
use backup::Backups;

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    notice: status::notice,
    start: auto_backup::resume_file,
    changed: |store, _| auto_backup::write_soon(store),
    step_made: backup::count_change,
    ..Feature::NONE
};

pub(crate) type Slice = Safety;

/// When backups were made, and the automatic backup.
pub(crate) struct Safety {
    backups: Backups,
    /// The state of the automatic backup.
    auto: AutoBackup,
    runtime: Rc<Runtime>,
}

impl Default for Safety {
    fn default() -> Self {
        Self { backups: Backups::load(), auto: AutoBackup::new(), runtime: Rc::default() }
    }
}

/// Handles of the automatic backup. They are not saved, and no view depends on them.
#[derive(Default)]
struct Runtime {
    /// The file to write.
    file: RefCell<Option<BackupFile>>,
    /// The timer for the next write.
    timer: RefCell<Option<Timeout>>,
}

fn runtime(store: &Store) -> Rc<Runtime> {
    store.read(|state| Rc::clone(&state.safety.runtime))
}
