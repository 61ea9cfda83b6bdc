//! The records of the page in a place that keeps strings.

use std::{collections::BTreeMap, mem};

use super::{
    aside::{self, Aside, set_aside},
    items::{Failure, Items},
};
use crate::{
    annotation::{AnnotationId, Record},
    interchange::{Reason, StoredProblem, parse_stored, write_stored},
    text::Library,
};

/// Before the id in the key of a record.
const PREFIX: &str = "glossator:annotation:";

/// Keeps records in `I`, one item for each.
///
/// Other tabs write to the same place at any time. Every write therefore looks at what is there and never puts an older
/// version in the place of a later one. Keys that are not of annotations belong to others and are not touched. A second,
/// durable place would be written to beside `items`, and read and merged by [`Store::load`].
#[derive(Debug)]
pub struct Store<I> {
    items: I,
    library: Library,
    unsaved: BTreeMap<AnnotationId, Record>,
}

/// What was found when everything was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The valid records, tombstones included.
    pub records: Vec<Record>,
    /// What is not valid, now and on earlier visits.
    pub set_aside: Vec<Aside>,
    /// How many items were left alone: those of a newer program, and those on articles that this page does not have.
    pub not_ours: usize,
    /// The first failure. What was read before it and after it is here all the same.
    pub failure: Option<Failure>,
}

/// What came of saving.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Stored versions that are later than those to be saved, and stay. To be merged into what the page has.
    pub newer: Vec<Record>,
    /// Items that were in the way and not valid.
    pub set_aside: Vec<Aside>,
    /// The first failure. The records that it concerns are kept in mind and tried again.
    pub failure: Option<Failure>,
}

/// What another tab did to an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// It stored this record. To be merged; should the page have a later one, that is to be saved again.
    Record(Record),
    /// It removed this annotation's item. Should the page have the annotation, it is to be saved again.
    Removed(AnnotationId),
    /// It stored something that is not valid. Should the page have the annotation, it is to be saved again.
    SetAside(Aside),
    /// Nothing that concerns this page.
    Irrelevant,
}

/// What stands under a key.
enum Stored {
    Nothing,
    Record(Record),
    NotOurs(Reason),
    Invalid { value: String, reason: String },
}

impl<I: Items> Store<I> {
    /// Keeps the records of `library`'s articles in `items`. Reads nothing yet.
    pub fn new(items: I, library: Library) -> Self {
        Self { items, library, unsaved: BTreeMap::new() }
    }

    /// Reads everything, and sets aside what is not valid.
    pub fn load(&mut self) -> Loaded {
        let mut loaded = Loaded::default();
        let keys = self.items.keys().unwrap_or_else(|failure| {
            loaded.failure = Some(failure);
            Vec::new()
        });
        let (mut ours, mut earlier): (Vec<_>, Vec<_>) = keys
            .into_iter()
            .filter(|key| key.starts_with("glossator:"))
            .partition(|key| key.starts_with(PREFIX));
        ours.sort_unstable();
        earlier.retain(|key| key.starts_with(aside::PREFIX));
        earlier.sort_unstable();

        for key in earlier {
            match self.items.get(&key) {
                Ok(Some(value)) => loaded.set_aside.push(self.earlier(key, value)),
                Ok(None) => {}
                Err(failure) => _ = loaded.failure.get_or_insert(failure),
            }
        }
        for key in ours {
            match self.look(&key) {
                Ok(Stored::Nothing) => {}
                Ok(Stored::Record(record)) => loaded.records.push(record),
                Ok(Stored::NotOurs(_)) => loaded.not_ours += 1,
                Ok(Stored::Invalid { value, reason }) => {
                    let (aside, failure) = self.put_aside(&key, value, reason);
                    // The same bytes may have been set aside before, when the original could not be removed.
                    loaded.set_aside.retain(|it| it.key != aside.key);
                    loaded.set_aside.push(aside);
                    loaded.failure = loaded.failure.or(failure);
                }
                Err(failure) => _ = loaded.failure.get_or_insert(failure),
            }
        }
        loaded
    }

    /// Stores each record unless the same or a later version is there, then tries again what could not be saved before,
    /// up to the first that still cannot.
    pub fn save(&mut self, records: &[Record]) -> Saved {
        let mut saved = Saved::default();
        let mut waiting = mem::take(&mut self.unsaved);
        for record in records {
            match waiting.remove(&record.id) {
                Some(later) if later.supersedes(record) => self.put(later, &mut saved),
                _ => self.put(record.clone(), &mut saved),
            }
        }
        self.put_waiting(waiting, &mut saved);
        saved
    }

    /// Tries again everything that could not be saved.
    pub fn retry(&mut self) -> Saved {
        let mut saved = Saved::default();
        for record in mem::take(&mut self.unsaved).into_values() {
            self.put(record, &mut saved);
        }
        saved
    }

    /// How many records could not be saved.
    pub fn unsaved(&self) -> usize {
        self.unsaved.len()
    }

    /// The records that could not be saved, each in its stored form, for offering them to the person.
    pub fn unsaved_items(&self) -> impl Iterator<Item = (AnnotationId, String)> {
        self.unsaved.values().filter_map(|it| Some((it.id, write_stored(it, &self.library)?)))
    }

    /// Takes in what another tab did to the item of `key`, as a `storage` event says it: `None` for removing it.
    ///
    /// Events arrive late, and two tabs that write at once see them in different orders. So what counts is the later of
    /// the event's record and what is stored now, and storing it is made sure of.
    pub fn incoming(&mut self, key: &str, value: Option<&str>) -> Incoming {
        let Some(id) = id_of(key) else { return Incoming::Irrelevant };
        match value.map(|text| self.read(key, text)) {
            Some(Stored::Record(record)) => {
                let newer = self.save(std::slice::from_ref(&record)).newer;
                Incoming::Record(newer.into_iter().find(|it| it.id == record.id).unwrap_or(record))
            }
            Some(Stored::NotOurs(_)) => Incoming::Irrelevant,
            _ => match self.look(key) {
                Ok(Stored::Record(record)) => Incoming::Record(record),
                Ok(Stored::Invalid { value, reason }) => {
                    Incoming::SetAside(self.put_aside(key, value, reason).0)
                }
                Ok(Stored::NotOurs(_)) => Incoming::Irrelevant,
                Ok(Stored::Nothing) | Err(_) => Incoming::Removed(id),
            },
        }
    }

    fn put_waiting(&mut self, waiting: BTreeMap<AnnotationId, Record>, saved: &mut Saved) {
        let mut waiting = waiting.into_values();
        while saved.failure.is_none()
            && let Some(record) = waiting.next()
        {
            self.put(record, saved);
        }
        self.unsaved.extend(waiting.map(|record| (record.id, record)));
    }

    /// Stores a record, or keeps it in mind when that fails.
    fn put(&mut self, record: Record, saved: &mut Saved) {
        let lasting = saved.failure.as_ref().filter(|it| it.is_lasting()).cloned();
        if let Err(failure) = lasting.map_or_else(|| self.merge(&record, saved), Err) {
            saved.failure.get_or_insert(failure);
            self.unsaved.insert(record.id, record);
        }
    }

    /// The one way in which a record is stored: what is there is looked at first.
    fn merge(&self, record: &Record, saved: &mut Saved) -> Result<(), Failure> {
        let key = key_of(record.id);
        match self.look(&key)? {
            Stored::Record(there) if there == *record => return Ok(()),
            Stored::Record(there) if there.supersedes(record) => {
                saved.newer.push(there);
                return Ok(());
            }
            Stored::Nothing | Stored::Record(_) => {}
            Stored::NotOurs(reason) => return Err(Failure::Other(reason.to_string())),
            Stored::Invalid { value, reason } => {
                let (aside, failure) = self.put_aside(&key, value, reason);
                saved.set_aside.push(aside);
                failure.map_or(Ok(()), Err)?;
            }
        }
        let article = || Failure::Other("an annotation is on an article that this page does not have".into());
        self.items.set(&key, &write_stored(record, &self.library).ok_or_else(article)?)
    }

    fn look(&self, key: &str) -> Result<Stored, Failure> {
        Ok(self.items.get(key)?.map_or(Stored::Nothing, |text| self.read(key, &text)))
    }

    fn read(&self, key: &str, text: &str) -> Stored {
        let invalid = |reason: Reason| Stored::Invalid { value: text.to_owned(), reason: reason.to_string() };
        match parse_stored(text, &self.library) {
            Ok(record) if key_of(record.id) == key => Stored::Record(record),
            Ok(_) => invalid(Reason::Key),
            Err(StoredProblem::NotOurs(reason)) => Stored::NotOurs(reason),
            Err(StoredProblem::Invalid(reason)) => invalid(reason),
        }
    }

    fn put_aside(&self, key: &str, value: String, reason: String) -> (Aside, Option<Failure>) {
        let (key_now, failure) = match set_aside(&self.items, key, &value) {
            Ok(copy) => (copy, None),
            Err(failure) => (key.to_owned(), Some(failure)),
        };
        (Aside { key: key_now, value, reason, fresh: true, id: id_of(key) }, failure)
    }

    /// Something that was set aside on an earlier visit. What was wrong with it is found again by reading it.
    fn earlier(&self, key: String, value: String) -> Aside {
        let original = key.strip_prefix(aside::PREFIX).unwrap_or(&key);
        let original = original.split_once('#').map_or(original, |(original, _)| original);
        let id = id_of(original);
        let reason = match self.read(original, &value) {
            Stored::Invalid { reason, .. } => reason,
            Stored::NotOurs(reason) => reason.to_string(),
            Stored::Record(_) | Stored::Nothing => "it could not be used when it was set aside".into(),
        };
        Aside { key, value, reason, fresh: false, id }
    }
}

fn key_of(id: AnnotationId) -> String {
    format!("{PREFIX}{id}")
}

fn id_of(key: &str) -> Option<AnnotationId> {
    key.strip_prefix(PREFIX)?.parse().ok()
}
