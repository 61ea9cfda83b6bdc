//! The save status in the header, backups, the storage dialog, and deleting everything. Saving itself belongs to `document`.

mod auto_backup;
mod backup;
mod commands;
mod set_aside;
mod state;
mod status;
mod storage;
mod view;

pub(crate) use auto_backup::write_pending;
pub(crate) use status::SaveStatus;

use crate::ui::feature::Feature;

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    notice: status::notice,
    start: auto_backup::resume_file,
    changed: |store, _| auto_backup::write_soon(store),
    step_made: backup::count_change,
    lazy: &[view::STORAGE_HTML],
    ..Feature::NONE
};

pub(crate) type Slice = state::Safety;
