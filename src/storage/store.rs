//! The records of the page in a place that keeps strings.

use std::{collections::BTreeMap, mem};

use super::{
    aside::{self, Aside, set_aside},
    durable::not_ours,
    items::{Failure, Items},
    stored::{PREFIX, Stored, id_of, key_of, read},
};
use crate::{
    annotation::{AnnotationId, Record},
    interchange::write_stored,
    text::Library,
};

/// Keeps records in `I`, one item for each.
///
/// Other tabs write to the same place at any time. Every write therefore looks at what is there and never puts an older
/// version in the place of a later one. Keys that are not of annotations belong to others and are not touched.
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
    /// What was left alone, by key: items of a newer program, and those on articles that this page does not have.
    pub left_alone: BTreeMap<String, String>,
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
                Ok(Some(value)) => loaded.set_aside.push(Aside::earlier(key, value, &self.library)),
                Ok(None) => {}
                Err(failure) => _ = loaded.failure.get_or_insert(failure),
            }
        }
        for key in ours {
            match self.look(&key) {
                Ok(None) => {}
                Ok(Some((Stored::Record(record), _))) => loaded.records.push(record),
                Ok(Some((Stored::NotOurs(_), value))) => _ = loaded.left_alone.insert(key, value),
                Ok(Some((Stored::Invalid(reason), value))) => {
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
        for record in records {
            let waiting = self.unsaved.remove(&record.id).filter(|it| it.supersedes(record));
            self.put(waiting.unwrap_or_else(|| record.clone()), &mut saved);
        }
        while saved.failure.is_none()
            && let Some((_, record)) = self.unsaved.pop_first()
        {
            self.put(record, &mut saved);
        }
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

    /// The annotations that could not be saved.
    pub fn waiting(&self) -> impl Iterator<Item = AnnotationId> {
        self.unsaved.keys().copied()
    }

    /// How many records could not be saved.
    pub fn unsaved(&self) -> usize {
        self.unsaved.len()
    }

    /// The stored form of a record that could not be saved, for offering it to the person.
    pub fn unsaved_item(&self, id: AnnotationId) -> Option<String> {
        write_stored(self.unsaved.get(&id)?, &self.library)
    }

    /// Takes in what another tab did to the item of `key`, as a `storage` event says it: `None` for removing it.
    ///
    /// Events arrive late, and two tabs that write at once see them in different orders. So what counts is the later of
    /// the event's record and what is stored now, and storing it is made sure of.
    pub fn incoming(&mut self, key: &str, value: Option<&str>) -> Incoming {
        let Some(id) = id_of(key) else { return Incoming::Irrelevant };
        match value.map(|text| read(key, text, &self.library)) {
            Some(Stored::Record(record)) => {
                let newer = self.save(std::slice::from_ref(&record)).newer;
                Incoming::Record(newer.into_iter().find(|it| it.id == record.id).unwrap_or(record))
            }
            Some(Stored::NotOurs(_)) => Incoming::Irrelevant,
            _ => match self.look(key) {
                Ok(Some((Stored::Record(record), _))) => Incoming::Record(record),
                Ok(Some((Stored::Invalid(reason), value))) => {
                    Incoming::SetAside(self.put_aside(key, value, reason).0)
                }
                Ok(Some((Stored::NotOurs(_), _))) => Incoming::Irrelevant,
                Ok(None) | Err(_) => Incoming::Removed(id),
            },
        }
    }

    /// Keeps in mind, without trying, what cannot be saved now.
    pub fn postpone(&mut self, records: &[Record]) {
        for record in records {
            let later = self.unsaved.get(&record.id).is_none_or(|it| record.supersedes(it));
            if later {
                self.unsaved.insert(record.id, record.clone());
            }
        }
    }

    /// These are in the durable copy, so that nothing is lost if they are not here.
    pub fn is_kept_elsewhere(&mut self, records: &[Record]) {
        for record in records {
            if self.unsaved.get(&record.id).is_some_and(|it| !it.supersedes(record)) {
                self.unsaved.remove(&record.id);
            }
        }
    }

    /// Removes everything that the page keeps here.
    ///
    /// # Errors
    /// When some of it is still there.
    pub fn clear(&mut self) -> Result<(), Failure> {
        self.unsaved.clear();
        for key in self.items.keys()?.iter().filter(|it| it.starts_with("glossator:")) {
            self.items.remove(key)?;
        }
        Ok(())
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
            Some((Stored::Record(there), _)) if there == *record => return Ok(()),
            Some((Stored::Record(there), _)) if there.supersedes(record) => {
                saved.newer.push(there);
                return Ok(());
            }
            Some((Stored::NotOurs(reason), _)) => return Err(not_ours(&reason)),
            Some((Stored::Invalid(reason), value)) => {
                let (aside, failure) = self.put_aside(&key, value, reason);
                saved.set_aside.push(aside);
                failure.map_or(Ok(()), Err)?;
            }
            Some((Stored::Record(_), _)) | None => {}
        }
        self.items.set(&key, &write_stored(record, &self.library).ok_or(Failure::Elsewhere)?)
    }

    fn look(&self, key: &str) -> Result<Option<(Stored, String)>, Failure> {
        Ok(self.items.get(key)?.map(|text| (read(key, &text, &self.library), text)))
    }

    fn put_aside(&self, key: &str, value: String, reason: String) -> (Aside, Option<Failure>) {
        let (key_now, failure) = match set_aside(&self.items, key, &value) {
            Ok(copy) => (copy, None),
            Err(failure) => (key.to_owned(), Some(failure)),
        };
        (Aside { key: key_now, value, reason, fresh: true, id: id_of(key) }, failure)
    }
}
