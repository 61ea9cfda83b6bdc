//! Everything that the page keeps, as one file: written, counted towards, and reminded of.

use serde::{Deserialize, Serialize};

use crate::{
    annotation::{ArticleRecord, Record, Timestamp},
    interchange::{self, BackupWriter, COUNT_LIMIT, DONE_KEY, FILE_LIMIT, ImportReader, VIEW_KEY},
    storage::{KeyValueStore, LocalStorage},
    text::order,
    ui::{
        State, Store,
        features::{
            announcements,
            progress::{self, Cancelled, VALUES, Work},
            settings::Settings,
            tabs,
        },
        parts::{notice::Notice, words::count},
        platform,
    },
};

/// The key of when the last backup was made; no part of a backup.
const KEY: &str = "glossator:backup";

/// The kind of the notice that reminds of a backup.
const BACKUP_DUE: &str = "backup-due";

/// After how many changes a person can be reminded.
pub(super) const REMINDERS: [u32; 3] = [25, 100, 500];

/// What is known of backups; kept in this browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Backups {
    /// When the last one was made, in milliseconds since 1970.
    pub(crate) last: Option<u64>,
    /// How many changes have been made since.
    pub(crate) changes: u32,
    /// After how many changes the person wants to be reminded.
    pub(crate) reminder: Option<u32>,
}

impl Backups {
    pub(crate) fn load() -> Self {
        let stored = LocalStorage::open().get(KEY).ok().flatten();
        stored.and_then(|it| serde_json::from_str(&it).ok()).unwrap_or_default()
    }

    /// Keeps it; where that fails it holds until the page is closed.
    fn keep(self) {
        if let Ok(text) = serde_json::to_string(&self) {
            let _ = LocalStorage::open().set(KEY, &text);
        }
    }
}

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub(super) enum BackupError {
    #[error("it was cancelled")]
    Cancelled,
    #[error("it could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("it could not be read back: {0}")]
    Refused(#[from] interchange::Refusal),
    #[error("it would not be read back as it was written")]
    Changed,
    #[error("there is too much data to read back from one file; export the articles one by one")]
    TooMuch,
}

impl From<Cancelled> for BackupError {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

/// Downloads everything that the page keeps, as one file.
pub(super) fn back_up(store: &Store) {
    let Some(work) = progress::begin(store, "Writing the backup".to_owned()) else { return };
    let store = store.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let changes = store.read(|state| state.safety.backups.changes);
        let name = format!("glossator-backup-{}.json", platform::today());
        let what = match write_backup(&store, work).await {
            Ok(text) => match platform::download(&name, &text).await {
                Ok(()) => {
                    record_backup(&store, changes);
                    announcements::announce(&store, format!("Backed up to {name}"));
                    return;
                }
                Err(_) => "The browser refused the download. Everything is still in this browser.".to_owned(),
            },
            Err(BackupError::Cancelled) => return,
            Err(error) => {
                format!("The backup could not be made: {error}. Everything is still in this browser.")
            }
        };
        store.update(|state| state.notices.fail(what));
    });
}

/// The text of a backup, read again before it is given out.
pub(super) async fn write_backup(store: &Store, mut work: Work) -> Result<String, BackupError> {
    let (own, mut records, mut others) = store.read(|state| {
        let records: Vec<Record> = state.document.session().records().iter().cloned().collect();
        (state.document.session().articles().clone(), records, other_items(state))
    });
    others.extend(tabs::drafts(store).await);
    let library = own.library().clone();
    let mut articles: Vec<ArticleRecord> = own.records().iter().cloned().collect();
    order::sort_by(&mut articles, |one, other| one.id.cmp(&other.id));
    if records.len() + 2 * articles.len() + others.len() > COUNT_LIMIT {
        return Err(BackupError::TooMuch);
    }
    order::sort_by_key(&mut records, |it| it.id);
    let mut writer = BackupWriter::new(platform::now())?;
    // Texts and articles come first, so that each annotation is read at once.
    for sha256 in own.texts() {
        if let Some(text) = own.text(&sha256) {
            writer.push(&interchange::text_item_key(&sha256), text.as_str())?;
        }
        work.rest(0, 1).await?;
    }
    for article in &articles {
        let (key, value) = interchange::backup_article(article);
        writer.push(&key, &value)?;
    }
    for (key, value) in &others {
        writer.push(key, value)?;
    }
    for (place, record) in records.iter().enumerate() {
        let (key, value) = interchange::backup_item(record, &library).ok_or(BackupError::Changed)?;
        writer.push(&key, &value)?;
        work.rest(place, 2 * records.len()).await?;
    }
    let text = writer.finish();
    if text.len() > FILE_LIMIT {
        return Err(BackupError::TooMuch);
    }
    let mut reading = ImportReader::new(text.as_bytes(), &library)?;
    while reading.step(VALUES) {
        work.rest(text.len() + reading.at(), 2 * text.len()).await?;
    }
    let read = reading.finish()?;
    if read.records == records && read.articles == articles { Ok(text) } else { Err(BackupError::Changed) }
}

/// Notes that a backup was made which has all but the changes made since there were `changes`.
pub(super) fn record_backup(store: &Store, changes: u32) {
    let Timestamp(now) = platform::now();
    store.update(|state| {
        set_backups(
            state,
            Backups {
                last: Some(now),
                changes: state.safety.backups.changes.saturating_sub(changes),
                ..state.safety.backups
            },
        );
        state.notices.dismiss(BACKUP_DUE);
    });
}

/// One more change that the last backup does not have.
pub(crate) fn count_change(store: &Store) {
    store.update(|state| {
        // Other tabs count too.
        let changes = Backups::load().changes.saturating_add(1);
        set_backups(state, Backups { changes, ..state.safety.backups });
        if state.safety.backups.reminder.is_some_and(|it| changes.is_multiple_of(it)) {
            let text = format!("{} since the last backup.", count(changes as usize, "change", "changes"));
            state.notices.show(Notice::new(BACKUP_DUE, text).with("back-up", "Back up", back_up));
        }
    });
}

/// Has the person reminded after so many changes, or not at all.
pub(super) fn set_reminder(store: &Store, reminder: Option<u32>) {
    store.update(|state| set_backups(state, Backups { reminder, ..state.safety.backups }));
}

fn set_backups(state: &mut State, backups: Backups) {
    backups.keep();
    state.safety.backups = backups;
}

/// Keys and values of everything that is kept besides annotations.
fn other_items(state: &State) -> Vec<(String, String)> {
    let view = Settings::kept().map(|it| (VIEW_KEY.to_owned(), it));
    let done =
        Some(state.articles.done()).filter(|it| !it.is_empty()).map(|it| (DONE_KEY.to_owned(), it.to_json()));
    let aside = state.document.set_aside().iter().map(|it| (it.key.clone(), it.value.clone()));
    let alone = state.document.unrecognized().iter().map(|(key, value)| (key.clone(), value.clone()));
    view.into_iter().chain(done).chain(aside).chain(alone).collect()
}
