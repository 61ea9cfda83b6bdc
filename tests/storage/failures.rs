//! Storages that fail, are full, return garbage or do not exist.

use std::collections::BTreeMap;

use glossator::{
    annotation::Record,
    storage::{Failure, KeyValueStore, LocalCopy},
};
use proptest::prelude::*;

use crate::memory::{Call, MemoryStorage, context, key, noted, records, sorted, stored};
use crate::properties::config;

/// Makes the calls `from..to` fail, counted from 0.
fn fail_between(memory: &MemoryStorage, from: usize, to: usize, failure: Failure) {
    let mut calls = 0;
    memory.fail(move |_, _| {
        calls += 1;
        (from..to).contains(&(calls - 1)).then(|| failure.clone())
    });
}

/// The records after a visit in which the page loads, saves, changes and saves again.
fn visit(memory: &MemoryStorage) -> (Vec<Record>, LocalCopy<MemoryStorage>) {
    let (mut session, mut saved) = records(4);
    let mut store = LocalCopy::new(memory.clone(), context());
    session.merge(store.load().records);
    store.save(&saved);
    saved[1] = noted(&mut session, saved[1].id, "a note");
    store.save(&saved[1..2]);
    (saved, store)
}

fn with_garbage() -> MemoryStorage {
    let (_, saved) = records(2);
    MemoryStorage::with([
        ("glossator:annotation:x", "one"),
        ("glossator:aside:glossator:annotation:x", "two"),
        (&key(&saved[1]), "three"),
    ])
}

#[test]
fn a_failure_at_any_call_loses_nothing() {
    let memory = with_garbage();
    let mut calls = 0;
    let counter = std::rc::Rc::new(std::cell::Cell::new(0));
    let count = std::rc::Rc::clone(&counter);
    memory.fail(move |_, _| {
        calls += 1;
        count.set(calls);
        None
    });
    visit(&memory);
    assert!(counter.get() > 15, "{}", counter.get());

    for failure in [Failure::Full, Failure::Blocked, Failure::Absent, Failure::Other("no".into())] {
        for at in 0..counter.get() {
            for to in [at + 1, at + 2, usize::MAX] {
                let memory = with_garbage();
                fail_between(&memory, at, to, failure.clone());
                let (page, mut store) = visit(&memory);
                for record in &page {
                    let there = memory.value(&key(record)) == Some(stored(record));
                    let waits = store.unsaved_item(record.id) == Some(stored(record));
                    assert!(there || waits, "call {at} to {to}: {record:?} is neither stored nor waiting");
                }
                let waiting = page.iter().filter(|it| store.unsaved_item(it.id).is_some()).count();
                assert_eq!(store.unsaved(), waiting);
                memory.heal();
                assert_eq!(store.retry().failure, None);
                assert_eq!(store.unsaved(), 0);
                let loaded = LocalCopy::new(memory.clone(), context()).load();
                assert_eq!(loaded.records, sorted(page));
                for value in ["one", "two", "three"] {
                    assert!(memory.values().iter().any(|it| it == value), "call {at} to {to}: lost {value}");
                }
            }
        }
    }
}

#[test]
fn a_full_storage_keeps_what_fits_and_the_rest_waits() {
    let memory = MemoryStorage::default();
    let kept = memory.kept.clone();
    memory.fail(move |call, key| {
        let room = kept.borrow().len() < 3 || kept.borrow().contains_key(key);
        (call == Call::Set && !room).then_some(Failure::Full)
    });
    let (mut session, saved) = records(5);
    let mut store = LocalCopy::new(memory.clone(), context());
    assert_eq!(store.save(&saved).failure, Some(Failure::Full));
    assert_eq!(store.unsaved(), 2);
    for record in &saved[3..] {
        assert_eq!(store.unsaved_item(record.id), Some(stored(record)));
    }

    let changed = noted(&mut session, saved[0].id, "stored records can be changed");
    assert_eq!(
        store.save(std::slice::from_ref(&changed)).failure,
        Some(Failure::Full),
        "the others still wait"
    );
    assert_eq!(memory.value(&key(&changed)), Some(stored(&changed)));

    let waiting = noted(&mut session, saved[4].id, "the latest version waits");
    store.save(std::slice::from_ref(&waiting));
    assert_eq!(store.unsaved(), 2);
    store.save(&saved[4..]);
    assert_eq!(store.unsaved_item(waiting.id), Some(stored(&waiting)));

    memory.heal();
    assert_eq!(store.save(std::slice::from_ref(&changed)).failure, None, "any later save retries");
    assert_eq!(store.unsaved(), 0);
    assert_eq!(memory.value(&key(&waiting)), Some(stored(&waiting)));
}

#[test]
fn a_blocked_storage_is_tried_once_per_save() {
    let memory = MemoryStorage::default();
    let calls = std::rc::Rc::new(std::cell::Cell::new(0));
    let count = std::rc::Rc::clone(&calls);
    memory.fail(move |_, _| {
        count.set(count.get() + 1);
        Some(Failure::Blocked)
    });
    let (_, saved) = records(100);
    let mut store = LocalCopy::new(memory, context());
    assert_eq!(store.load().failure, Some(Failure::Blocked));
    calls.set(0);
    assert_eq!(store.save(&saved).failure, Some(Failure::Blocked));
    assert_eq!((calls.get(), store.unsaved()), (1, 100));
    assert_eq!(store.retry().failure, Some(Failure::Blocked));
    assert_eq!((calls.get(), store.unsaved()), (2, 100));
    assert!(Failure::Blocked.to_string().contains("does not allow the page to store"));
}

/// A storage that returns arbitrary values, and forgets what it is given.
struct Liar(BTreeMap<String, String>);

impl KeyValueStore for Liar {
    fn keys(&self) -> Result<Vec<String>, Failure> {
        Ok(self.0.keys().cloned().collect())
    }

    fn get(&self, key: &str) -> Result<Option<String>, Failure> {
        Ok(self.0.iter().nth(key.len() % (self.0.len() + 1)).map(|(_, value)| value.clone()))
    }

    fn set(&self, _: &str, _: &str) -> Result<(), Failure> {
        Ok(())
    }

    fn remove(&self, _: &str) -> Result<(), Failure> {
        Ok(())
    }
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_storage_that_returns_garbage_does_no_harm(
        items in prop::collection::btree_map("glossator:(annotation|aside):.{0,8}", ".{0,20}", 0..6),
    ) {
        let mut store = LocalCopy::new(Liar(items.clone()), context());
        let loaded = store.load();
        prop_assert_eq!(loaded.records, []);
        let (_, saved) = records(2);
        store.save(&saved);
        for (key, value) in &items {
            store.incoming(key, Some(value));
            store.incoming(key, None);
        }
    }
}
