//! Invalid items are set aside byte for byte, listed, and never overwritten.

use glossator::{
    annotation::AnnotationId,
    storage::{Failure, Incoming, LocalCopy, SetAsideItem},
};
use proptest::{collection::btree_map, prelude::*};

use crate::memory::{Call, MemoryStorage, context, key, records, sorted, stored};
use crate::properties::config;

const BAD: &str = "glossator:annotation:01930000-0000-7000-8000-000000000001";

#[test]
fn an_invalid_item_is_moved_and_listed_and_the_rest_loads() {
    let (_, saved) = records(2);
    let memory = MemoryStorage::with([(BAD, "{\"v\":1,"), (&key(&saved[0]), &stored(&saved[0]))]);
    let loaded = LocalCopy::new(memory.clone(), context()).load();
    assert_eq!(loaded.records, saved[..1]);
    let [aside] = &loaded.set_aside[..] else { panic!("{loaded:?}") };
    assert_eq!(
        (aside.key.as_str(), aside.value.as_str()),
        (format!("glossator:aside:{BAD}").as_str(), "{\"v\":1,")
    );
    assert!(aside.fresh && aside.reason.contains("not JSON"), "{aside:?}");
    assert_eq!(aside.id, Some(BAD[21..].parse::<AnnotationId>().unwrap().into()));
    assert_eq!(memory.value(BAD), None);
    assert_eq!(memory.value(&aside.key).as_deref(), Some("{\"v\":1,"));

    let again = LocalCopy::new(memory, context()).load();
    assert_eq!(
        again.set_aside,
        [SetAsideItem { fresh: false, ..aside.clone() }],
        "it is listed at the next visit, too"
    );
    assert_eq!(again.records, saved[..1]);
}

#[test]
fn a_record_under_the_key_of_another_is_set_aside() {
    let (_, saved) = records(2);
    let memory = MemoryStorage::with([
        (&key(&saved[0]), &stored(&saved[1])),
        ("glossator:annotation:", &stored(&saved[1])),
        (
            &key(&saved[1]).to_uppercase().replace("GLOSSATOR:ANNOTATION", "glossator:annotation"),
            &stored(&saved[1]),
        ),
    ]);
    let loaded = LocalCopy::new(memory, context()).load();
    assert_eq!(loaded.records, []);
    assert_eq!(loaded.set_aside.len(), 3);
    assert!(
        loaded.set_aside.iter().all(|it| it.reason.contains("does not match its id or its hash")),
        "{loaded:?}"
    );
}

#[test]
fn items_set_aside_are_never_overwritten() {
    let memory = MemoryStorage::default();
    for (value, key) in [("one", ""), ("two", "#2"), ("one", ""), ("three", "#3"), ("two", "#2")] {
        memory.kept.borrow_mut().insert(BAD.into(), value.into());
        let loaded = LocalCopy::new(memory.clone(), context()).load();
        let fresh: Vec<_> = loaded.set_aside.iter().filter(|it| it.fresh).collect();
        assert_eq!(fresh.len(), 1);
        assert_eq!(fresh[0].key, format!("glossator:aside:{BAD}{key}"));
        assert_eq!(memory.value(&fresh[0].key).as_deref(), Some(value));
        assert_eq!(memory.value(BAD), None);
    }
    let loaded = LocalCopy::new(memory.clone(), context()).load();
    let mut values: Vec<_> = loaded.set_aside.iter().map(|it| it.value.as_str()).collect();
    values.sort_unstable();
    assert_eq!(values, ["one", "three", "two"]);
    assert!(loaded.set_aside.iter().all(|it| it.id.is_some() && it.reason.contains("not JSON")));
}

#[test]
fn saving_over_an_invalid_item_sets_it_aside_first() {
    let (_, saved) = records(1);
    let memory = MemoryStorage::with([(&key(&saved[0]), "rubbish")]);
    let mut store = LocalCopy::new(memory.clone(), context());
    let result = store.save(&saved);
    assert_eq!(result.failure, None);
    assert_eq!(result.set_aside[0].value, "rubbish");
    assert_eq!(memory.value(&key(&saved[0])), Some(stored(&saved[0])));
    assert_eq!(memory.value(&format!("glossator:aside:{}", key(&saved[0]))).as_deref(), Some("rubbish"));
}

#[test]
fn an_invalid_item_of_another_tab_is_set_aside() {
    let (_, saved) = records(1);
    let key = key(&saved[0]);
    let memory = MemoryStorage::with([(&key, "rubbish")]);
    let mut store = LocalCopy::new(memory.clone(), context());
    let Incoming::SetAside(aside) = store.incoming(&key, Some("rubbish")) else { panic!("not set aside") };
    assert_eq!((aside.value.as_str(), aside.id), ("rubbish", Some(saved[0].id.into())));
    assert_eq!(memory.value(&key), None);

    memory.kept.borrow_mut().insert(key.clone(), stored(&saved[0]));
    let late = store.incoming(&key, Some("rubbish"));
    assert_eq!(late, Incoming::Record(saved[0].clone()), "a valid record has replaced it meanwhile");
    assert_eq!(memory.value(&key), Some(stored(&saved[0])));
}

#[test]
fn an_item_that_cannot_be_moved_stays_and_is_listed_where_it_is() {
    for (call, failure) in [(Call::Set, Failure::Full), (Call::Remove, Failure::Other("no".into()))] {
        let (_, saved) = records(1);
        let memory = MemoryStorage::with([(&key(&saved[0]), "rubbish")]);
        let told = failure.clone();
        memory.fail(move |it, _| (it == call).then(|| told.clone()));
        let mut store = LocalCopy::new(memory.clone(), context());
        let loaded = store.load();
        assert_eq!(loaded.failure, Some(failure.clone()));
        assert_eq!((loaded.set_aside[0].key.clone(), loaded.set_aside[0].fresh), (key(&saved[0]), true));
        assert_eq!(memory.value(&key(&saved[0])).as_deref(), Some("rubbish"));

        assert_eq!(store.save(&saved).failure, Some(failure), "saving does not overwrite it");
        assert_eq!(memory.value(&key(&saved[0])).as_deref(), Some("rubbish"));
        memory.heal();
        assert_eq!(store.retry().failure, None);
        assert_eq!(memory.value(&key(&saved[0])), Some(stored(&saved[0])));
        assert_eq!(
            LocalCopy::new(memory, context()).load().set_aside.len(),
            1,
            "set aside once, however often it was tried"
        );
    }
}

#[test]
fn an_original_that_could_not_be_removed_is_listed_once() {
    let memory = MemoryStorage::with([(BAD, "rubbish")]);
    memory.fail(|call, _| (call == Call::Remove).then_some(Failure::Blocked));
    LocalCopy::new(memory.clone(), context()).load();
    assert_eq!(memory.values(), ["rubbish", "rubbish"], "the copy was made");
    memory.heal();
    let loaded = LocalCopy::new(memory.clone(), context()).load();
    assert_eq!(loaded.set_aside.len(), 1, "{loaded:?}");
    assert_eq!(memory.values(), ["rubbish"]);
}

#[test]
fn an_original_that_changes_while_it_is_copied_is_not_removed() {
    let (_, saved) = records(1);
    let memory = MemoryStorage::with([(&key(&saved[0]), "rubbish")]);
    let (kept, at, good) = (memory.kept.clone(), key(&saved[0]), stored(&saved[0]));
    memory.fail(move |call, _| {
        // Another tab writes between the copy and the removal.
        if call == Call::Set {
            kept.borrow_mut().insert(at.clone(), good.clone());
        }
        None
    });
    LocalCopy::new(memory.clone(), context()).load();
    assert_eq!(memory.value(&key(&saved[0])), Some(stored(&saved[0])));
}

proptest! {
    #![proptest_config(config(256))]

    /// Whatever the storage holds, loading keeps every value and finds the valid records.
    #[test]
    fn loading_loses_no_bytes(
        rubbish in btree_map("glossator:(annotation|aside|view|annotation:01930000-0000-7000-8000-00000000000[0-9])?:?.{0,6}(#2)?", ".{0,30}", 0..8),
        cuts in prop::collection::vec((0..5_usize, any::<prop::sample::Index>()), 0..4),
    ) {
        let (_, saved) = records(5);
        let memory = MemoryStorage::default();
        memory.kept.borrow_mut().extend(rubbish);
        memory.kept.borrow_mut().extend(saved.iter().map(|it| (key(it), stored(it))));
        for (which, at) in &cuts {
            let whole = stored(&saved[*which]);
            memory.kept.borrow_mut().insert(key(&saved[*which]), whole[..at.index(whole.len())].to_owned());
        }
        let before = memory.values();
        let mut good = saved.clone();
        good.retain(|it| memory.value(&key(it)) == Some(stored(it)));

        let mut store = LocalCopy::new(memory.clone(), context());
        let first = store.load();
        prop_assert_eq!(&first.records, &sorted(good));
        prop_assert_eq!(&first.failure, &None);
        for value in &before {
            prop_assert!(memory.values().contains(value), "lost: {value:?}");
        }
        let settled = memory.kept.borrow().clone();
        let second = store.load();
        prop_assert_eq!(second.records, first.records);
        prop_assert_eq!(second.set_aside.len(), first.set_aside.len());
        prop_assert!(second.set_aside.iter().all(|it| !it.fresh));
        prop_assert_eq!(&*memory.kept.borrow(), &settled, "the second visit changes nothing");
    }
}
