//! The one merge: for each id the later version, whoever wrote it.

use std::collections::HashMap;

use super::{
    record::{AnnotationId, Record},
    version::Versioned,
};

/// Records by id, at most one version of each, tombstones included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Records<R: Versioned = Record> {
    by_id: HashMap<R::Id, R>,
}

/// What became of a record that was merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merge<R = Record> {
    /// It is the first of its id, or supersedes the one that was there, which is given back.
    Taken(Option<R>),
    /// It was there already.
    Same,
    /// A later version was there and stays.
    Older,
}

impl<R: Versioned> Records<R> {
    /// Keeps the later of `record` and the one of its id that is here.
    ///
    /// Commutative, associative and idempotent in the set that results.
    pub fn merge(&mut self, record: R) -> Merge<R> {
        match self.by_id.get(record.id()) {
            Some(here) if *here == record => Merge::Same,
            Some(here) if !record.supersedes(here) => Merge::Older,
            _ => Merge::Taken(self.by_id.insert(record.id().clone(), record)),
        }
    }

    /// The one of this id.
    pub(crate) fn find(&self, id: &R::Id) -> Option<&R> {
        self.by_id.get(id)
    }

    /// All of them, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &R> {
        self.by_id.values()
    }

    /// How many there are, tombstones included.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }
}

impl Records<Record> {
    /// The record of this id, a tombstone too.
    pub fn get(&self, id: AnnotationId) -> Option<&Record> {
        self.by_id.get(&id)
    }
}

impl<R: Versioned> Default for Records<R> {
    fn default() -> Self {
        Self { by_id: HashMap::new() }
    }
}

impl<R: Versioned> FromIterator<R> for Records<R> {
    fn from_iter<I: IntoIterator<Item = R>>(records: I) -> Self {
        let mut all = Self::default();
        for record in records {
            all.merge(record);
        }
        all
    }
}
