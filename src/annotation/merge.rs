//! The only merge: for each id, the later version wins.

use std::collections::HashMap;

use super::{
    record::{AnnotationId, Record},
    version::Versioned,
};

/// Records by id: at most one version of each, tombstones included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Records<R: Versioned = Record> {
    by_id: HashMap<R::Id, R>,
}

/// What became of a merged record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeOutcome<R = Record> {
    /// It was new or superseded the previous record, which is returned.
    Accepted(Option<R>),
    /// It was already there.
    Same,
    /// A later version was already there and stays.
    Older,
}

impl<R: Versioned> Records<R> {
    /// Keeps the later of `record` and the present record with its id.
    ///
    /// Commutative, associative and idempotent in its effect on the set.
    pub fn merge(&mut self, record: R) -> MergeOutcome<R> {
        match self.by_id.get(record.id()) {
            Some(here) if *here == record => MergeOutcome::Same,
            Some(here) if !record.supersedes(here) => MergeOutcome::Older,
            _ => MergeOutcome::Accepted(self.by_id.insert(record.id().clone(), record)),
        }
    }

    /// The record with this id.
    pub(crate) fn find(&self, id: &R::Id) -> Option<&R> {
        self.by_id.get(id)
    }

    /// All records, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &R> {
        self.by_id.values()
    }

    /// Number of records, tombstones included.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// True if there are no records.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }
}

impl Records<Record> {
    /// The record with this id, which may be a tombstone.
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
