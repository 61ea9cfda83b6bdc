//! Saves the page's records and the tab's state to both copies, and knows whether everything is saved.

use std::collections::{BTreeMap, HashSet};

use super::{
    durable_copy::Kept,
    durable_store::Write,
    key_value_store::{Failure, KeyValueStore},
    local_copy::{LocalCopy, Saved},
    outbox::{Due, Outbox},
    tab_state::{SavedTabState, TabItem, TabState},
};
use crate::annotation::{AnyId, AnyRecord, ArticleRecord, Record, Records, TagRecord, Timestamp, Versioned};

/// The maximum number of records in a batch. A larger batch would block the page noticeably.
const MAX_BATCH: usize = 256;

/// Whether the contents of the page are saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveStatus {
    /// Something is yet to be written to the durable copy.
    Saving,
    /// The durable copy has everything.
    Saved,
    /// Everything is in the local copy only, because the durable copy cannot be used. A crash may lose the last
    /// seconds.
    LocalOnly(Failure),
    /// This number of annotations and articles are on this page only, and why.
    Unsaved(usize, Failure),
}

/// One batch of writes to the durable copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// New versions of records.
    pub records: Vec<AnyRecord>,
    /// Writes of the tab's state.
    pub tab_writes: Vec<Write>,
    /// The result of writing records to the local copy first.
    pub saved: Saved,
}

impl Batch {
    /// Whether there is nothing to write to the durable copy.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.tab_writes.is_empty()
    }
}

/// Saves records to a local copy in `S` immediately, and schedules them for the durable copy.
///
/// It is synchronous: the caller writes the batches from [`Saver::batch`] to the durable copy, and reports the
/// results to [`Saver::arrived`].
#[derive(Debug)]
pub struct Saver<S> {
    local_copy: LocalCopy<S>,
    tab_state: TabState<S>,
    outbox: Outbox,
    /// Whether the durable copy has been read.
    loaded: bool,
    /// Why the last access to the durable copy failed, if it did.
    failure: Option<Failure>,
    /// Why the last write to the local copy failed, if it did.
    local_failure: Option<Failure>,
    /// Records that the durable copy refused, and why.
    refused: BTreeMap<AnyId, Failure>,
    closed: bool,
    /// Whether [`Saver::take_local_failure`] has returned the failure.
    reported: bool,
}

impl<S: KeyValueStore> Saver<S> {
    /// Combines a local copy and a tab's state. The durable copy has not been read yet.
    pub fn new(local_copy: LocalCopy<S>, tab_state: TabState<S>) -> Self {
        Self {
            local_copy,
            tab_state,
            outbox: Outbox::default(),
            loaded: false,
            failure: None,
            local_failure: None,
            refused: BTreeMap::new(),
            closed: false,
            reported: false,
        }
    }

    /// The local copy.
    pub fn local_copy(&mut self) -> &mut LocalCopy<S> {
        &mut self.local_copy
    }

    /// The tab's state.
    pub fn tab_state(&mut self) -> &mut TabState<S> {
        &mut self.tab_state
    }

    /// Reconciles the tab's state with that in the durable copy, as [`TabState::reconcile`] does.
    pub fn reconcile_tab(&mut self, saved: SavedTabState, now: Timestamp) -> Vec<(TabItem, Option<String>)> {
        self.failure = None;
        self.tab_state.reconcile(saved, now)
    }

    /// Saves new versions: tags and a few annotations to the local copy immediately, and everything to the durable copy
    /// soon.
    ///
    /// Many annotations at once, and articles with their texts, take too much space in the local copy: they go there
    /// only while the durable copy cannot be used.
    pub fn save(&mut self, records: impl IntoIterator<Item = impl Into<AnyRecord>>) -> Saved {
        if self.closed {
            return Saved::default();
        }
        let (mut local, mut articles, mut annotations) = (Vec::new(), Vec::new(), Vec::new());
        for record in records.into_iter().map(Into::into) {
            match record {
                AnyRecord::Tag(_) => local.push(record),
                AnyRecord::Article(_) => articles.push(record),
                AnyRecord::Annotation(_) => annotations.push(record),
            }
        }
        let all = local.iter().chain(&articles).chain(&annotations);
        self.schedule(all.cloned().collect::<Vec<_>>(), Due { local: false, durable: true });
        if self.failure.is_some() {
            self.local_copy.save(&articles);
        } else if annotations.len() > MAX_BATCH {
            self.local_copy.mark_partial();
            return if local.is_empty() { Saved::default() } else { self.write_locally(&local) };
        }
        local.extend(annotations);
        self.write_locally(&local)
    }

    /// Schedules records to be written to the copies that are due.
    pub fn schedule(&mut self, records: impl IntoIterator<Item = impl Into<AnyRecord>>, due: Due) {
        if !self.closed {
            for record in records {
                let record = record.into();
                let local = due.local && !matches!(record, AnyRecord::Article(_));
                if local || due.durable {
                    self.outbox.add(record, Due { local, ..due });
                }
            }
        }
    }

    /// Compares the page's annotations with those read from the durable copy: schedules updates of both copies, and
    /// returns the records that the page lacks.
    pub fn reconcile(&mut self, page: &Records, read: Vec<Record>) -> Vec<Record> {
        self.loaded = true;
        self.failure = None;
        self.compare(page, read)
    }

    /// As [`Saver::reconcile`], for tags. They all go to the local copy, because annotations there need them.
    pub fn reconcile_tags(&mut self, page: &Records<TagRecord>, read: Vec<TagRecord>) -> Vec<TagRecord> {
        let newer = self.compare(page, read);
        self.schedule(newer.iter().cloned(), Due { local: true, durable: false });
        newer
    }

    /// As [`Saver::reconcile`], for own articles. They come before the annotations on them.
    pub fn reconcile_articles(
        &mut self,
        page: &Records<ArticleRecord>,
        read: Vec<ArticleRecord>,
    ) -> Vec<ArticleRecord> {
        self.compare(page, read)
    }

    fn compare<R: Versioned + Into<AnyRecord>>(&mut self, page: &Records<R>, read: Vec<R>) -> Vec<R> {
        let durable = Due { local: false, durable: true };
        if !page.is_empty() {
            let there: HashSet<&R::Id> = read.iter().map(R::id).collect();
            for ours in page.iter().filter(|it| !there.contains(it.id())) {
                self.schedule([ours.clone()], durable);
            }
        }
        let mut newer = read;
        newer.retain(|theirs| match page.find(theirs.id()) {
            Some(ours) if ours == theirs => false,
            Some(ours) if !theirs.supersedes(ours) => {
                self.schedule([ours.clone()], durable);
                false
            }
            _ => true,
        });
        if self.local_copy.has_room_for(newer.len()) {
            self.schedule(newer.iter().cloned(), Due { local: true, durable: false });
        } else {
            self.local_copy.mark_partial();
        }
        newer
    }

    /// The next batch for the durable copy; `None` if nothing is waiting or a batch is in flight.
    pub fn batch(&mut self) -> Option<Batch> {
        let tab_writes = self.tab_state.batch(MAX_BATCH);
        let batch = self.outbox.batch(MAX_BATCH);
        if batch.is_empty() && tab_writes.is_empty() {
            return None;
        }
        let due = |wanted: fn(&Due) -> bool| {
            batch.iter().filter(move |(_, due)| wanted(due)).map(|(it, _)| it.clone()).collect::<Vec<_>>()
        };
        let (local, records) = (due(|it| it.local), due(|it| it.durable));
        if local.is_empty() {
            return Some(Batch { records, tab_writes, ..Batch::default() });
        }
        if self.local_failure.is_some() {
            // It failed a moment ago; trying each of many records again would take long.
            self.local_copy.postpone(&records);
            return Some(Batch { records, tab_writes, ..Batch::default() });
        }
        let saved = self.write_locally(&local);
        if saved.failure.is_some() {
            // Records that are due only locally are already in the durable copy.
            self.outbox.drop_local_only();
        }
        Some(Batch { records, tab_writes, saved })
    }

    /// Reports the result of writing the batch in flight. After an error, its records wait again.
    pub fn arrived(&mut self, records: &[AnyRecord], result: &Result<Kept, Failure>) {
        match result {
            Ok(kept) => {
                self.outbox.arrived();
                self.tab_state.arrived();
                self.failure = None;
                for record in records {
                    self.refused.remove(&record.id());
                }
                self.refused.extend(kept.refused.iter().cloned());
                self.local_copy.confirm_durable(records);
            }
            Err(failure) => {
                self.outbox.returned();
                self.tab_state.returned();
                self.durable_failed(failure.clone());
            }
        }
    }

    /// Reports that the durable copy cannot be used, or has not answered for a long time. Waiting records are then
    /// saved to the local copy.
    pub fn durable_failed(&mut self, failure: Failure) {
        let is_new = self.failure.replace(failure).is_none();
        if is_new && !self.closed {
            // It remembers and reports records that it cannot save.
            self.local_copy.save(&self.outbox.all());
        }
    }

    /// Retries the failed writes to the local copy; the rest waits for [`Saver::batch`].
    pub fn retry(&mut self) -> Saved {
        self.failure = None;
        let saved = self.local_copy.retry();
        self.local_failure.clone_from(&saved.failure);
        saved
    }

    /// Whether the durable copy has been read.
    pub fn is_loaded(&self) -> bool {
        self.loaded
    }

    /// Whether the durable copy has been read, and the last access to it succeeded.
    pub fn is_durable(&self) -> bool {
        self.loaded && self.failure.is_none()
    }

    /// Stops saving, because everything is being deleted; or resumes.
    pub fn set_closed(&mut self, closed: bool) {
        self.closed = closed;
        self.outbox.clear();
        self.tab_state.set_closed(closed);
    }

    /// Why the local copy could not be written. Returns it once, after the durable copy has been read.
    pub fn take_local_failure(&mut self) -> Option<Failure> {
        let failure = self.local_failure.clone().filter(|_| self.loaded && !self.reported);
        self.reported |= failure.is_some();
        failure
    }

    /// The stored form of a record that is on this page only.
    pub fn unsaved_item(&self, id: impl Into<AnyId>) -> Option<String> {
        let id = id.into();
        let here = self.outbox.holds(&id) || self.refused.contains_key(&id);
        self.local_copy.unsaved_item(id).filter(|_| here)
    }

    /// Whether everything is saved.
    pub fn status(&self) -> SaveStatus {
        if let Some(failure) = self.refused.values().next() {
            return SaveStatus::Unsaved(self.refused.len(), failure.clone());
        }
        match &self.failure {
            Some(failure) => match self.local_copy.waiting().filter(|id| self.outbox.holds(id)).count() {
                0 if self.local_failure.as_ref().is_none_or(|it| *it == Failure::Full) => {
                    SaveStatus::LocalOnly(failure.clone())
                }
                // With 0, nothing has changed yet, but no change could be saved.
                unsaved => SaveStatus::Unsaved(unsaved, failure.clone()),
            },
            None if self.loaded && self.outbox.is_empty() && self.tab_state.is_settled() => SaveStatus::Saved,
            None => SaveStatus::Saving,
        }
    }

    fn write_locally(&mut self, records: &[AnyRecord]) -> Saved {
        let saved = self.local_copy.save(records);
        self.local_failure.clone_from(&saved.failure);
        saved
    }
}
