//! The automatic backup: a file that the person chose once, and that the page writes after changes.

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::{
    backup::{BackupError, record_backup, write_backup},
    state::{AutoBackup, runtime},
};
use crate::ui::{
    Store,
    features::{document, progress},
    platform::{
        self,
        backup_file::{BackupFile, Permission, message},
    },
};

/// The delay between a change and the write, in milliseconds. Changes meanwhile are written together.
const WRITE_DELAY: u32 = 5_000;

/// Resumes writing to the file that was chosen on an earlier visit.
pub(super) fn resume_file(store: &Store) {
    if store.read(|state| state.safety.auto == AutoBackup::Unavailable) {
        return;
    }
    let store = store.clone();
    spawn_local(async move {
        let handle = document::delivery(&store).durable().store().handle(BackupFile::KEY).await;
        if let Some(file) = handle.ok().flatten().and_then(BackupFile::kept) {
            let permission = file.permission(false).await;
            use_file(&store, file, permission);
        }
    });
}

/// Lets the person choose the file, or allow writing to the one chosen before.
pub(super) fn choose_file(store: &Store) {
    let store = store.clone();
    spawn_local(async move {
        let waiting = store.read(|state| matches!(state.safety.auto, AutoBackup::Waiting { .. }));
        let chosen_before = runtime(&store).file.borrow().clone().filter(|_| waiting);
        let file = match chosen_before {
            Some(file) => file,
            None => match BackupFile::choose("glossator-backup.json").await {
                Ok(Some(file)) => file,
                Ok(None) => return,
                Err(error) => {
                    let why = message(&error);
                    store.update(|state| {
                        state.notices.fail(format!("No file was chosen for the backup: {why}."));
                    });
                    return;
                }
            },
        };
        let permission = file.permission(true).await;
        // If the handle cannot be saved, the person chooses again on the next visit.
        let _ = document::delivery(&store)
            .durable()
            .store()
            .set_handle(BackupFile::KEY, Some(file.handle()))
            .await;
        use_file(&store, file, permission);
        write(&store);
    });
}

/// Stops writing and forgets the file. The file itself stays.
pub(super) fn stop(store: &Store) {
    *runtime(store).file.borrow_mut() = None;
    *runtime(store).timer.borrow_mut() = None;
    store.update(|state| state.safety.auto = AutoBackup::Off);
    let store = store.clone();
    spawn_local(async move {
        let _ = document::delivery(&store).durable().store().set_handle(BackupFile::KEY, None).await;
    });
}

fn use_file(store: &Store, file: BackupFile, permission: Permission) {
    let name = file.name();
    *runtime(store).file.borrow_mut() = Some(file);
    store.update(|state| {
        state.safety.auto = match permission {
            Permission::Given => AutoBackup::On { name, written: None },
            Permission::Missing => AutoBackup::Waiting { name },
        };
    });
}

/// Schedules a write after a change.
pub(super) fn write_soon(store: &Store) {
    let is_active =
        store.read(|state| matches!(state.safety.auto, AutoBackup::On { .. } | AutoBackup::Failed { .. }));
    if is_active && runtime(store).timer.borrow().is_none() {
        let later = store.clone();
        *runtime(store).timer.borrow_mut() = Some(Timeout::new(WRITE_DELAY, move || write(&later)));
    }
}

/// Writes now if a write is scheduled. Called when the page is hidden.
pub(crate) fn write_pending(store: &Store) {
    if runtime(store).timer.borrow().is_some() {
        write(store);
    }
}

fn write(store: &Store) {
    *runtime(store).timer.borrow_mut() = None;
    let Some(file) = runtime(store).file.borrow().clone() else { return };
    let store = store.clone();
    spawn_local(async move {
        let changes = store.read(|state| state.safety.backups.changes);
        let written = match write_backup(&store, progress::begin_in_background(&store)).await {
            Ok(text) => file.write(&text).await.map_err(|error| message(&error)),
            Err(BackupError::Cancelled) => return,
            Err(error) => Err(error.to_string()),
        };
        let permission = file.permission(false).await;
        if runtime(&store).file.borrow().is_none() {
            return;
        }
        let name = file.name();
        if written.is_ok() {
            record_backup(&store, changes);
        }
        store.update(|state| {
            state.safety.auto = match (written, permission) {
                (Ok(()), _) => AutoBackup::On { name, written: Some(platform::now()) },
                (Err(_), Permission::Missing) => AutoBackup::Waiting { name },
                (Err(why), Permission::Given) => AutoBackup::Failed { name, why },
            };
        });
    });
}
