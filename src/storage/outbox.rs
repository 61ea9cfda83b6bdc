//! What is on its way to the places where it is kept.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    mem,
};

use super::pack::{place, sort_by_place};
use crate::annotation::{AnyId, AnyRecord};

/// Where a record is yet to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// To the quick place, which is read first.
    pub quick: bool,
    /// To the durable copy.
    pub durable: bool,
}

/// The latest version of each record that some place does not have yet. Articles go before annotations, which are on them, and
/// those in the order of the texts, so that what is written together is read together.
///
/// What was handed out by [`Outbox::batch`] is under way until [`Outbox::arrived`] or [`Outbox::returned`] says how it went;
/// meanwhile new versions wait here.
#[derive(Debug, Default)]
pub struct Outbox {
    waiting: BTreeMap<AnyId, (AnyRecord, Due)>,
    /// What goes next, the first at the end; what has come to wait since is put in order when all of it is gone.
    turns: Vec<AnyId>,
    under_way: Vec<(AnyRecord, Due)>,
}

impl Outbox {
    /// Has a record written where it is due, unless a later version waits already.
    pub fn add(&mut self, record: impl Into<AnyRecord>, due: Due) {
        let record = record.into();
        match self.waiting.entry(record.id()) {
            Entry::Vacant(place) => _ = place.insert((record, due)),
            Entry::Occupied(mut place) => {
                let (waiting, there) = place.get_mut();
                if !waiting.supersedes(&record) {
                    // The same version may be due elsewhere too; a later one is due where the earlier was not brought.
                    *there = Due { quick: there.quick || due.quick, durable: there.durable || due.durable };
                    *waiting = record;
                }
            }
        }
    }

    /// Hands out at most `count` records; nothing while some are under way.
    pub fn batch(&mut self, count: usize) -> &[(AnyRecord, Due)] {
        if !self.under_way.is_empty() {
            return &[];
        }
        while self.under_way.len() < count && !self.waiting.is_empty() {
            if let Some(id) = self.turns.pop() {
                self.under_way.extend(self.waiting.remove(&id));
            } else {
                self.give_turns();
            }
        }
        &self.under_way
    }

    fn give_turns(&mut self) {
        // Articles are the first of them, and nowhere: they stay where they are.
        let mut waiting: Vec<(&AnyId, &AnyRecord)> =
            self.waiting.iter().map(|(id, (it, _))| (id, it)).collect();
        sort_by_place(&mut waiting, |(_, it)| match it {
            AnyRecord::Article(_) => None,
            AnyRecord::Annotation(it) => place(it),
        });
        self.turns.extend(waiting.into_iter().rev().map(|(id, _)| id.clone()));
    }

    /// Forgets what waits for the quick place alone.
    pub fn give_up_quick(&mut self) {
        self.waiting.retain(|_, (_, due)| due.durable);
    }

    /// What was handed out has arrived.
    pub fn arrived(&mut self) {
        self.under_way.clear();
    }

    /// What was handed out has not arrived: it waits again, unless a later version does.
    pub fn returned(&mut self) {
        self.turns.clear();
        for (record, due) in mem::take(&mut self.under_way) {
            self.add(record, due);
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Whether nothing waits and nothing is under way.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.under_way.is_empty()
    }

    /// Whether this is not in the durable copy yet.
    pub fn holds(&self, id: &AnyId) -> bool {
        self.waiting.contains_key(id) || self.under_way.iter().any(|(it, _)| it.id() == *id)
    }

    /// Everything that is not in the durable copy yet.
    pub fn all(&self) -> Vec<AnyRecord> {
        let all = self.under_way.iter().chain(self.waiting.values());
        all.filter(|(_, due)| due.durable).map(|(it, _)| it.clone()).collect()
    }
}
