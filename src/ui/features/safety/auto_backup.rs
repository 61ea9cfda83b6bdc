//! The backup that the page writes by itself to a file that the person chose.

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::{
    backup::{BackupError, record_backup, write_backup},
    runtime,
};
use crate::{
    annotation::Timestamp,
    ui::{
        Store,
        features::{document, progress},
        platform::{
            self,
            backup_file::{BackupFile, Permission, is_available, message},
        },
    },
};

/// How long after a change the file is written, so that several changes are written together; in milliseconds.
const WRITE_DELAY: u32 = 5_000;

/// How it stands with the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum AutoBackup {
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
    pub(crate) fn new() -> Self {
        if is_available() { Self::Off } else { Self::Unavailable }
    }
}

/// Takes up the file that was chosen on an earlier visit.
pub(super) fn resume_file(store: &Store) {
    if store.read(|state| state.safety.auto == AutoBackup::Unavailable) {
        return;
    }
    let store = store.clone();
    spawn_local(async move {
        let handle = document::delivery(&store).durable().place().handle(BackupFile::KEY).await;
        if let Some(file) = handle.ok().flatten().and_then(BackupFile::kept) {
            let permission = file.permission(false).await;
            use_file(&store, file, permission);
        }
    });
}

/// Has the person choose the file, or allow writing to the one chosen before.
pub(super) fn choose_file(store: &Store) {
    let store = store.clone();
    spawn_local(async move {
        let waiting = store.read(|state| matches!(state.safety.auto, AutoBackup::Waiting { .. }));
        let kept = runtime(&store).file.borrow().clone().filter(|_| waiting);
        let file = match kept {
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
        // Where it cannot be kept, the person chooses again on the next visit.
        let _ = document::delivery(&store)
            .durable()
            .place()
            .keep_handle(BackupFile::KEY, Some(file.handle()))
            .await;
        use_file(&store, file, permission);
        write(&store);
    });
}

/// Writes to the file no more, and forgets it. The file itself stays.
pub(super) fn stop(store: &Store) {
    *runtime(store).file.borrow_mut() = None;
    *runtime(store).timer.borrow_mut() = None;
    store.update(|state| state.safety.auto = AutoBackup::Off);
    let store = store.clone();
    spawn_local(async move {
        let _ = document::delivery(&store).durable().place().keep_handle(BackupFile::KEY, None).await;
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

/// Something changed: the file is written soon.
pub(super) fn write_soon(store: &Store) {
    let on =
        store.read(|state| matches!(state.safety.auto, AutoBackup::On { .. } | AutoBackup::Failed { .. }));
    if on && runtime(store).timer.borrow().is_none() {
        let later = store.clone();
        *runtime(store).timer.borrow_mut() = Some(Timeout::new(WRITE_DELAY, move || write(&later)));
    }
}

/// The page is put away: what waits to be written is written at once.
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
        let written = match write_backup(&store, progress::begin_unseen(&store)).await {
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
