//! Backups: writing everything that is saved to one file, counting the changes since, and reminding the person.

use serde::{Deserialize, Serialize};

use crate::{
    annotation::{ArticleRecord, Record, TagRecord, Timestamp},
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

/// The key of [`Backups`] in the local copy. It is not part of a backup.
const KEY: &str = "glossator:backup";

/// The kind of the reminder notice.
const BACKUP_DUE: &str = "backup-due";

/// The choices for the number of changes after which to remind the person.
pub(super) const REMINDERS: [u32; 3] = [25, 100, 500];

/// The last backup, and the reminder. Saved in the local copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Backups {
    /// When the last one was made, in milliseconds since 1970.
    pub(crate) last: Option<u64>,
    /// The number of changes since then.
    pub(crate) changes: u32,
    /// The number of changes after which to remind the person, if at all.
    pub(crate) reminder: Option<u32>,
}

impl Backups {
    pub(crate) fn load() -> Self {
        let stored = LocalStorage::open().get(KEY).ok().flatten();
        stored.and_then(|it| serde_json::from_str(&it).ok()).unwrap_or_default()
    }

    /// Saves it. If that fails, it lasts until the page is closed.
    fn save(self) {
        if let Ok(text) = serde_json::to_string(&self) {
            let _ = LocalStorage::open().set(KEY, &text);
        }
    }
}

/// Why no backup was written.
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

/// Downloads a backup.
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

/// Writes a backup, and reads it again to verify it.
pub(super) async fn write_backup(store: &Store, mut work: Work) -> Result<String, BackupError> {
    let (tags, own, context, mut records, mut others) = store.read(|state| {
        let records: Vec<Record> = state.document.session().records().iter().cloned().collect();
        let session = state.document.session();
        let (tags, articles) = (session.tags().clone(), session.articles().clone());
        (tags, articles, session.context().clone(), records, other_items(state))
    });
    others.extend(tabs::drafts(store).await);
    let mut tags: Vec<TagRecord> = tags.records().iter().cloned().collect();
    order::sort_by_key(&mut tags, |it| it.id);
    let mut articles: Vec<ArticleRecord> = own.records().iter().cloned().collect();
    order::sort_by(&mut articles, |one, other| one.id.cmp(&other.id));
    if records.len() + tags.len() + 2 * articles.len() + others.len() > COUNT_LIMIT {
        return Err(BackupError::TooMuch);
    }
    order::sort_by_key(&mut records, |it| it.id);
    let mut writer = BackupWriter::new(platform::now())?;
    // Tags, texts and articles come first, so that a reader knows the tag and the article of each annotation.
    for tag in &tags {
        let (key, value) = interchange::backup_tag(tag);
        writer.push(&key, &value)?;
    }
    for sha256 in own.texts() {
        if let Some(text) = own.text(&sha256) {
            writer.push(&interchange::text_item_key(&sha256), text.as_str())?;
        }
        work.yield_if_due(0, 1).await?;
    }
    for article in &articles {
        let (key, value) = interchange::backup_article(article);
        writer.push(&key, &value)?;
    }
    for (key, value) in &others {
        writer.push(key, value)?;
    }
    for (index, record) in records.iter().enumerate() {
        let (key, value) = interchange::backup_item(record, &context).ok_or(BackupError::Changed)?;
        writer.push(&key, &value)?;
        work.yield_if_due(index, 2 * records.len()).await?;
    }
    let text = writer.finish();
    if text.len() > FILE_LIMIT {
        return Err(BackupError::TooMuch);
    }
    let mut reading = ImportReader::new(text.as_bytes(), &context)?;
    while reading.step(VALUES) {
        work.yield_if_due(text.len() + reading.at(), 2 * text.len()).await?;
    }
    let read = reading.finish()?;
    let same = read.records == records && read.tags == tags && read.articles == articles;
    if same { Ok(text) } else { Err(BackupError::Changed) }
}

/// Records that a backup was made. It contains the first `changes` of the counted changes.
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

/// Counts a change that the last backup does not have, and reminds the person if it is time.
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

/// Sets the number of changes after which to remind the person; none for never.
pub(super) fn set_reminder(store: &Store, reminder: Option<u32>) {
    store.update(|state| set_backups(state, Backups { reminder, ..state.safety.backups }));
}

fn set_backups(state: &mut State, backups: Backups) {
    backups.save();
    state.safety.backups = backups;
}

/// The keys and values of everything in a backup besides articles, annotations and drafts.
fn other_items(state: &State) -> Vec<(String, String)> {
    let view = Settings::saved().map(|it| (VIEW_KEY.to_owned(), it));
    let done =
        Some(state.articles.done()).filter(|it| !it.is_empty()).map(|it| (DONE_KEY.to_owned(), it.to_json()));
    let set_aside = state.document.set_aside().iter().map(|it| (it.key.clone(), it.value.clone()));
    let unrecognized = state.document.unrecognized().iter().map(|(key, value)| (key.clone(), value.clone()));
    view.into_iter().chain(done).chain(set_aside).chain(unrecognized).collect()
}
