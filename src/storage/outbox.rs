//! The queue of records that are yet to be written to the local and the durable copy.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    mem,
};

use super::text_order::{sort_by_position, start_of};
use crate::annotation::{AnyId, AnyRecord};

/// The copies to which a record is yet to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The local copy.
    pub local: bool,
    /// The durable copy.
    pub durable: bool,
}

/// The latest version of each record that some copy does not have yet. Tags and articles go before the annotations that
/// have them; annotations go in text order, so that records that are written together are also read together.
///
/// A batch from [`Outbox::batch`] is in flight until [`Outbox::arrived`] or [`Outbox::returned`] reports the result;
/// meanwhile, new versions wait.
#[derive(Debug, Default)]
pub struct Outbox {
    waiting: BTreeMap<AnyId, (AnyRecord, Due)>,
    /// The order of the next records, last to first. Records that were added since are sorted when it is used up.
    next: Vec<AnyId>,
    in_flight: Vec<(AnyRecord, Due)>,
}

impl Outbox {
    /// Adds a record, unless a later version is already waiting.
    pub fn add(&mut self, record: impl Into<AnyRecord>, due: Due) {
        let record = record.into();
        match self.waiting.entry(record.id()) {
            Entry::Vacant(place) => _ = place.insert((record, due)),
            Entry::Occupied(mut place) => {
                let (waiting, there) = place.get_mut();
                if !waiting.supersedes(&record) {
                    // A copy that lacks the waiting version lacks this one too.
                    *there = Due { local: there.local || due.local, durable: there.durable || due.durable };
                    *waiting = record;
                }
            }
        }
    }

    /// Takes at most `count` records to be written; none while a batch is in flight.
    pub fn batch(&mut self, count: usize) -> &[(AnyRecord, Due)] {
        if !self.in_flight.is_empty() {
            return &[];
        }
        while self.in_flight.len() < count && !self.waiting.is_empty() {
            if let Some(id) = self.next.pop() {
                self.in_flight.extend(self.waiting.remove(&id));
            } else {
                self.sort_waiting();
            }
        }
        &self.in_flight
    }

    fn sort_waiting(&mut self) {
        // Tags and articles come first by id, and have no position, so they stay first.
        let mut waiting: Vec<(&AnyId, &AnyRecord)> =
            self.waiting.iter().map(|(id, (it, _))| (id, it)).collect();
        sort_by_position(&mut waiting, |(_, it)| match it {
            AnyRecord::Tag(_) | AnyRecord::Article(_) => None,
            AnyRecord::Annotation(it) => start_of(it),
        });
        self.next.extend(waiting.into_iter().rev().map(|(id, _)| id.clone()));
    }

    /// Drops records that are waiting only for the local copy.
    pub fn drop_local_only(&mut self) {
        self.waiting.retain(|_, (_, due)| due.durable);
    }

    /// Reports that the batch in flight was written.
    pub fn arrived(&mut self) {
        self.in_flight.clear();
    }

    /// Reports that the batch in flight was not written: its records wait again, unless later versions do.
    pub fn returned(&mut self) {
        self.next.clear();
        for (record, due) in mem::take(&mut self.in_flight) {
            self.add(record, due);
        }
    }

    /// Drops everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Whether nothing is waiting or in flight.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.in_flight.is_empty()
    }

    /// Whether this record is waiting or in flight.
    pub fn holds(&self, id: &AnyId) -> bool {
        self.waiting.contains_key(id) || self.in_flight.iter().any(|(it, _)| it.id() == *id)
    }

    /// All records that the durable copy does not have yet.
    pub fn all(&self) -> Vec<AnyRecord> {
        let all = self.in_flight.iter().chain(self.waiting.values());
        all.filter(|(_, due)| due.durable).map(|(it, _)| it.clone()).collect()
    }
}
