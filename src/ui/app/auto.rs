//! The backup that the page writes by itself to a file that the person chose.

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::{App, backup::NoBackup};
use crate::{
    annotation::Timestamp,
    ui::{
        backup_file::{self, BackupFile, Permission},
        platform,
    },
};

/// How long after a change the file is written, so that several changes are written together; in milliseconds.
const AFTER: u32 = 5_000;

/// How it stands with the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui) enum AutoBackup {
    /// This browser lets no page write to a file.
    Unavailable,
    /// None was chosen.
    Off,
    /// The browser wants the person to allow it anew.
    Waiting { name: String },
    /// It is written after changes; when it last was on this visit.
    On { name: String, written: Option<Timestamp> },
    /// It could not be written, and why. Tried again after the next change.
    Failed { name: String, why: String },
}

impl AutoBackup {
    pub(super) fn new() -> Self {
        if backup_file::is_available() { Self::Off } else { Self::Unavailable }
    }
}

impl App {
    /// Takes up the file that was chosen on an earlier visit.
    pub(super) fn resume_backup_file(&self) {
        if self.read(|state| state.auto == AutoBackup::Unavailable) {
            return;
        }
        let app = self.clone();
        spawn_local(async move {
            let handle = app.durable().store().handle(BackupFile::KEY).await;
            if let Some(file) = handle.ok().flatten().and_then(BackupFile::kept) {
                let permission = file.permission(false).await;
                app.use_file(file, permission);
            }
        });
    }

    /// Has the person choose the file, or allow writing to the one chosen before.
    pub(in crate::ui) fn choose_backup_file(&self) {
        let app = self.clone();
        spawn_local(async move {
            let waiting = app.read(|state| matches!(state.auto, AutoBackup::Waiting { .. }));
            let kept = app.0.backup_file.borrow().clone().filter(|_| waiting);
            let file = match kept {
                Some(file) => file,
                None => match BackupFile::choose("glossator-backup.json").await {
                    Ok(Some(file)) => file,
                    Ok(None) => return,
                    Err(error) => {
                        let why = backup_file::message(&error);
                        app.update(|state| state.fail(format!("No file was chosen for the backup: {why}.")));
                        return;
                    }
                },
            };
            let permission = file.permission(true).await;
            // Where it cannot be kept, the person chooses again on the next visit.
            let _ = app.durable().store().set_handle(BackupFile::KEY, Some(file.handle())).await;
            app.use_file(file, permission);
            app.write_file();
        });
    }

    /// Writes to the file no more, and forgets it. The file itself stays.
    pub(in crate::ui) fn stop_backup_file(&self) {
        *self.0.backup_file.borrow_mut() = None;
        *self.0.backup_timer.borrow_mut() = None;
        self.update(|state| state.auto = AutoBackup::Off);
        let app = self.clone();
        spawn_local(async move {
            let _ = app.durable().store().set_handle(BackupFile::KEY, None).await;
        });
    }

    fn use_file(&self, file: BackupFile, permission: Permission) {
        let name = file.name();
        *self.0.backup_file.borrow_mut() = Some(file);
        self.update(|state| {
            state.auto = match permission {
                Permission::Given => AutoBackup::On { name, written: None },
                Permission::Missing => AutoBackup::Waiting { name },
            };
        });
    }

    /// Something changed: the file is written soon.
    pub(super) fn write_file_soon(&self) {
        let on = self.read(|state| matches!(state.auto, AutoBackup::On { .. } | AutoBackup::Failed { .. }));
        if on && self.0.backup_timer.borrow().is_none() {
            let app = self.clone();
            *self.0.backup_timer.borrow_mut() = Some(Timeout::new(AFTER, move || app.write_file()));
        }
    }

    /// The page is put away: what waits to be written is written at once.
    pub(in crate::ui) fn write_file_now(&self) {
        if self.0.backup_timer.borrow().is_some() {
            self.write_file();
        }
    }

    fn write_file(&self) {
        *self.0.backup_timer.borrow_mut() = None;
        let Some(file) = self.0.backup_file.borrow().clone() else { return };
        let app = self.clone();
        spawn_local(async move {
            let changes = app.read(|state| state.backups.changes);
            let written = match app.write_backup(app.begin_unseen()).await {
                Ok(text) => file.write(&text).await.map_err(|error| backup_file::message(&error)),
                Err(NoBackup::CalledOff) => return,
                Err(error) => Err(error.to_string()),
            };
            let permission = file.permission(false).await;
            if app.0.backup_file.borrow().is_none() {
                return;
            }
            let name = file.name();
            if written.is_ok() {
                app.backed_up(changes);
            }
            app.update(|state| {
                state.auto = match (written, permission) {
                    (Ok(()), _) => AutoBackup::On { name, written: Some(platform::now()) },
                    (Err(_), Permission::Missing) => AutoBackup::Waiting { name },
                    (Err(why), Permission::Given) => AutoBackup::Failed { name, why },
                };
            });
        });
    }
}
