//! Saving and loading in the local copy, without faults.

use glossator::{
    session::{Command, Moment},
    storage::{Incoming, Loaded, LocalCopy},
    text::Library,
};

use crate::memory::{Call, MemoryStorage, NOW, context, key, noted, records, sorted, stored};

#[test]
fn saved_records_are_loaded_at_the_next_visit() {
    let memory = MemoryStorage::default();
    let (mut session, mut saved) = records(5);
    let gone = session.execute(&Command::Delete(saved[2].id), Moment { now: NOW, entropy: [0; 10] });
    saved[2] = gone.records[0].clone();
    let mut store = LocalCopy::new(memory.clone(), context());
    assert_eq!(store.save(&saved), glossator::storage::Saved::default());
    assert_eq!(store.unsaved(), 0);
    for record in &saved {
        assert_eq!(memory.value(&key(record)), Some(stored(record)));
    }
    let loaded = LocalCopy::new(memory, context()).load();
    assert_eq!(loaded, Loaded { records: sorted(saved), ..Loaded::default() });
}

#[test]
fn an_empty_storage_has_no_records() {
    assert_eq!(LocalCopy::new(MemoryStorage::default(), context()).load(), Loaded::default());
}

#[test]
fn the_same_record_is_not_written_twice() {
    let memory = MemoryStorage::default();
    let (_, saved) = records(3);
    let mut store = LocalCopy::new(memory.clone(), context());
    store.save(&saved);
    memory.log.borrow_mut().clear();
    assert_eq!(store.save(&saved), glossator::storage::Saved::default());
    assert_eq!(*memory.log.borrow(), []);
}

#[test]
fn a_later_stored_version_stays_and_is_returned() {
    let memory = MemoryStorage::default();
    let (mut session, saved) = records(1);
    let later = noted(&mut session, saved[0].id, "later");
    LocalCopy::new(memory.clone(), context()).save(std::slice::from_ref(&later));
    let mut store = LocalCopy::new(memory.clone(), context());
    let result = store.save(&saved);
    assert_eq!(result.newer, std::slice::from_ref(&later));
    assert_eq!((result.failure, store.unsaved()), (None, 0));
    assert_eq!(memory.value(&key(&later)), Some(stored(&later)));
}

#[test]
fn keys_of_other_programs_are_not_touched() {
    let others = [
        ("glossator:view", "{\"theme\": \"dark\"}"),
        ("glossator:annotations", "[]"),
        ("another program", "glossator:annotation:"),
        ("Glossator:annotation:x", "x"),
    ];
    let memory = MemoryStorage::with(others);
    let (_, saved) = records(2);
    let mut store = LocalCopy::new(memory.clone(), context());
    store.save(&saved);
    assert_eq!(store.load().records, sorted(saved));
    for (key, value) in others {
        assert_eq!(memory.value(key).as_deref(), Some(value));
        assert_eq!(store.incoming(key, Some("x")), Incoming::Irrelevant);
        assert_eq!(store.incoming(key, None), Incoming::Irrelevant);
    }
}

#[test]
fn items_of_newer_programs_or_unknown_articles_stay_untouched() {
    let (_, saved) = records(3);
    let newer = stored(&saved[0]).replace("\"v\":1", "\"v\":9");
    let elsewhere = stored(&saved[1]).replace("\"document\":\"a\"", "\"document\":\"b\"");
    let memory = MemoryStorage::with([(&key(&saved[0]), &newer), (&key(&saved[1]), &elsewhere)]);
    let before = memory.kept.borrow().clone();
    let mut store = LocalCopy::new(memory.clone(), context());
    assert_eq!(
        store.load(),
        Loaded { unrecognized: before.clone().into_iter().collect(), ..Loaded::default() }
    );
    assert_eq!(store.incoming(&key(&saved[0]), Some(&newer)), Incoming::Unrecognized);
    assert_eq!(*memory.kept.borrow(), before);

    let result = store.save(&saved);
    assert_eq!(store.unsaved(), 2, "neither is overwritten");
    assert!(result.failure.unwrap().to_string().contains("newer Glossator"));
    assert_eq!(memory.value(&key(&saved[0])), Some(newer));
    assert_eq!(memory.value(&key(&saved[1])), Some(elsewhere));
    assert_eq!(memory.value(&key(&saved[2])), Some(stored(&saved[2])), "the third is saved");
}

#[test]
fn a_record_on_an_unknown_article_is_reported_as_unsaved() {
    let (_, saved) = records(1);
    let mut store = LocalCopy::new(MemoryStorage::default(), Library::bundled().into());
    assert!(store.save(&saved).failure.unwrap().to_string().contains("article"));
    assert_eq!(store.unsaved(), 1);
}

#[test]
fn records_of_other_tabs_are_accepted() {
    let memory = MemoryStorage::default();
    let (mut session, saved) = records(1);
    let mut store = LocalCopy::new(memory.clone(), context());
    let key = key(&saved[0]);

    memory.kept.borrow_mut().insert(key.clone(), stored(&saved[0]));
    assert_eq!(store.incoming(&key, Some(&stored(&saved[0]))), Incoming::Record(saved[0].clone()));
    assert_eq!(*memory.log.borrow(), [], "it is stored already");

    let later = noted(&mut session, saved[0].id, "later");
    memory.kept.borrow_mut().insert(key.clone(), stored(&later));
    let late = store.incoming(&key, Some(&stored(&saved[0])));
    assert_eq!(late, Incoming::Record(later.clone()), "the event is late, and the later record is stored");

    memory.kept.borrow_mut().insert(key.clone(), stored(&saved[0]));
    assert_eq!(store.incoming(&key, Some(&stored(&later))), Incoming::Record(later.clone()));
    assert_eq!(
        memory.value(&key),
        Some(stored(&later)),
        "the later record is restored after an older one overwrote it"
    );

    assert_eq!(store.incoming(&key, None), Incoming::Record(later.clone()), "it is stored again");
    memory.kept.borrow_mut().clear();
    assert_eq!(store.incoming(&key, None), Incoming::Removed(later.id.into()));
    assert_eq!(*memory.log.borrow(), [(Call::Set, key)]);
}
