//! Everything that the page keeps, as one file: written, counted towards, and reminded of.

use serde::{Deserialize, Serialize};

use super::{
    App, Notice, Settings, State,
    work::{VALUES, Work},
};
use crate::{
    annotation::{ArticleRecord, Record, Timestamp},
    interchange::{self, BackupWriter, COUNT_LIMIT, FILE_LIMIT, ImportReader, VIEW_KEY},
    storage::{KeyValueStore, LocalStorage},
    text::order,
    ui::platform,
};

/// The key of when the last backup was made; no part of a backup.
const KEY: &str = "glossator:backup";

/// After how many changes a person can be reminded.
pub(in crate::ui) const REMINDERS: [u32; 3] = [25, 100, 500];

/// What is known of backups; kept in this browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::ui) struct Backups {
    /// When the last one was made, in milliseconds since 1970.
    pub(in crate::ui) last: Option<u64>,
    /// How many changes have been made since.
    pub(in crate::ui) changes: u32,
    /// After how many changes the person wants to be reminded.
    pub(in crate::ui) reminder: Option<u32>,
}

impl Backups {
    pub(super) fn load() -> Self {
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
pub(super) enum NoBackup {
    #[error("it was called off")]
    CalledOff,
    #[error("it could not be put into words: {0}")]
    Json(#[from] serde_json::Error),
    #[error("it could not be read again: {0}")]
    Refused(#[from] interchange::Refusal),
    #[error("it would not give back what it was to hold")]
    Changed,
    #[error("there is more than can be read again from one file; export the articles one by one")]
    TooMuch,
}

impl From<super::work::CalledOff> for NoBackup {
    fn from(_: super::work::CalledOff) -> Self {
        Self::CalledOff
    }
}

impl App {
    /// Downloads everything that the page keeps, as one file.
    pub(in crate::ui) fn back_up(&self) {
        let Some(work) = self.begin("Writing the backup".to_owned()) else { return };
        let app = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let changes = app.read(|state| state.backups.changes);
            let name = format!("glossator-backup-{}.json", platform::today());
            let what = match app.write_backup(work).await {
                Ok(text) => match platform::download(&name, &text).await {
                    Ok(()) => {
                        app.backed_up(changes);
                        app.say(format!("Backed up to {name}"));
                        return;
                    }
                    Err(_) => {
                        "The browser refused the download. Everything is still in this browser.".to_owned()
                    }
                },
                Err(NoBackup::CalledOff) => return,
                Err(error) => format!("There is no backup: {error}. Everything is still in this browser."),
            };
            app.update(|state| state.fail(what));
        });
    }

    /// The text of a backup, read again before it is given out.
    pub(super) async fn write_backup(&self, mut work: Work) -> Result<String, NoBackup> {
        let (own, mut records, mut others) = self.read(|state| {
            let records: Vec<Record> = state.session.records().iter().cloned().collect();
            (state.session.articles().clone(), records, state.other_items())
        });
        others.extend(self.notes_without_tags().await);
        let library = own.library().clone();
        let mut articles: Vec<ArticleRecord> = own.records().iter().cloned().collect();
        order::sort_by(&mut articles, |one, other| one.id.cmp(&other.id));
        if records.len() + 2 * articles.len() + others.len() > COUNT_LIMIT {
            return Err(NoBackup::TooMuch);
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
            let (key, value) = interchange::backup_item(record, &library).ok_or(NoBackup::Changed)?;
            writer.push(&key, &value)?;
            work.rest(place, 2 * records.len()).await?;
        }
        let text = writer.finish();
        if text.len() > FILE_LIMIT {
            return Err(NoBackup::TooMuch);
        }
        let mut reading = ImportReader::new(text.as_bytes(), &library)?;
        while reading.step(VALUES) {
            work.rest(text.len() + reading.at(), 2 * text.len()).await?;
        }
        let read = reading.finish()?;
        if read.records == records && read.articles == articles { Ok(text) } else { Err(NoBackup::Changed) }
    }

    /// Notes that a backup was made which has all but the changes made since there were `changes`.
    pub(super) fn backed_up(&self, changes: u32) {
        let Timestamp(now) = platform::now();
        self.update(|state| {
            state.set_backups(Backups {
                last: Some(now),
                changes: state.backups.changes.saturating_sub(changes),
                ..state.backups
            });
            state.notices.retain(|it| !matches!(it, Notice::BackupDue { .. }));
        });
    }

    /// One more change that the last backup does not have.
    pub(super) fn count_change(&self) {
        self.update(|state| {
            // Other tabs count too.
            let changes = Backups::load().changes.saturating_add(1);
            state.set_backups(Backups { changes, ..state.backups });
            if state.backups.reminder.is_some_and(|it| changes.is_multiple_of(it)) {
                state.notify(Notice::BackupDue { changes });
            }
        });
    }

    /// Has the person reminded after so many changes, or not at all.
    pub(in crate::ui) fn remind(&self, reminder: Option<u32>) {
        self.update(|state| state.set_backups(Backups { reminder, ..state.backups }));
    }
}

impl State {
    fn set_backups(&mut self, backups: Backups) {
        backups.keep();
        self.backups = backups;
    }

    /// Keys and values of everything that is kept besides annotations.
    fn other_items(&self) -> Vec<(String, String)> {
        let view = Settings::kept().map(|it| (VIEW_KEY.to_owned(), it));
        let aside = self.set_aside.iter().map(|it| (it.key.clone(), it.value.clone()));
        let alone = self.unrecognized.iter().map(|(key, value)| (key.clone(), value.clone()));
        view.into_iter().chain(aside).chain(alone).collect()
    }
}
