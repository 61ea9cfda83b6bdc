//! Keeping and finding again, with nothing going wrong.

use glossator::{
    session::{Command, Moment},
    storage::{Incoming, Loaded, LocalCopy},
    text::Library,
};

use crate::place::{Call, NOW, Place, key, library, noted, records, sorted, stored};

#[test]
fn what_is_saved_is_there_at_the_next_visit() {
    let place = Place::default();
    let (mut session, mut saved) = records(5);
    let gone = session.execute(&Command::Delete(saved[2].id), Moment { now: NOW, entropy: [0; 10] });
    saved[2] = gone.records[0].clone();
    let mut store = LocalCopy::new(place.clone(), library());
    assert_eq!(store.save(&saved), glossator::storage::Saved::default());
    assert_eq!(store.unsaved(), 0);
    for record in &saved {
        assert_eq!(place.value(&key(record)), Some(stored(record)));
    }
    let loaded = LocalCopy::new(place, library()).load();
    assert_eq!(loaded, Loaded { records: sorted(saved), ..Loaded::default() });
}

#[test]
fn an_empty_place_has_nothing() {
    assert_eq!(LocalCopy::new(Place::default(), library()).load(), Loaded::default());
}

#[test]
fn the_same_record_is_not_written_twice() {
    let place = Place::default();
    let (_, saved) = records(3);
    let mut store = LocalCopy::new(place.clone(), library());
    store.save(&saved);
    place.log.borrow_mut().clear();
    assert_eq!(store.save(&saved), glossator::storage::Saved::default());
    assert_eq!(*place.log.borrow(), []);
}

#[test]
fn a_later_version_that_is_stored_stays_and_is_given_back() {
    let place = Place::default();
    let (mut session, saved) = records(1);
    let later = noted(&mut session, saved[0].id, "later");
    LocalCopy::new(place.clone(), library()).save(std::slice::from_ref(&later));
    let mut store = LocalCopy::new(place.clone(), library());
    let result = store.save(&saved);
    assert_eq!(result.newer, std::slice::from_ref(&later));
    assert_eq!((result.failure, store.unsaved()), (None, 0));
    assert_eq!(place.value(&key(&later)), Some(stored(&later)));
}

#[test]
fn keys_of_others_are_not_touched() {
    let others = [
        ("glossator:view", "{\"theme\": \"dark\"}"),
        ("glossator:annotations", "[]"),
        ("another program", "glossator:annotation:"),
        ("Glossator:annotation:x", "x"),
    ];
    let place = Place::with(others);
    let (_, saved) = records(2);
    let mut store = LocalCopy::new(place.clone(), library());
    store.save(&saved);
    assert_eq!(store.load().records, sorted(saved));
    for (key, value) in others {
        assert_eq!(place.value(key).as_deref(), Some(value));
        assert_eq!(store.incoming(key, Some("x")), Incoming::Irrelevant);
        assert_eq!(store.incoming(key, None), Incoming::Irrelevant);
    }
}

#[test]
fn what_is_of_a_newer_program_or_of_another_article_is_left_alone() {
    let (_, saved) = records(3);
    let newer = stored(&saved[0]).replace("\"v\":1", "\"v\":9");
    let elsewhere = stored(&saved[1]).replace("\"document\":\"a\"", "\"document\":\"b\"");
    let place = Place::with([(&key(&saved[0]), &newer), (&key(&saved[1]), &elsewhere)]);
    let before = place.kept.borrow().clone();
    let mut store = LocalCopy::new(place.clone(), library());
    assert_eq!(
        store.load(),
        Loaded { unrecognized: before.clone().into_iter().collect(), ..Loaded::default() }
    );
    assert_eq!(store.incoming(&key(&saved[0]), Some(&newer)), Incoming::Unrecognized);
    assert_eq!(*place.kept.borrow(), before);

    let result = store.save(&saved);
    assert_eq!(store.unsaved(), 2, "neither is overwritten");
    assert!(result.failure.unwrap().to_string().contains("newer Glossator"));
    assert_eq!(place.value(&key(&saved[0])), Some(newer));
    assert_eq!(place.value(&key(&saved[1])), Some(elsewhere));
    assert_eq!(place.value(&key(&saved[2])), Some(stored(&saved[2])), "the third is saved");
}

#[test]
fn a_record_on_an_article_that_is_not_here_is_said_to_be_unsaved() {
    let (_, saved) = records(1);
    let mut store = LocalCopy::new(Place::default(), Library::bundled());
    assert!(store.save(&saved).failure.unwrap().to_string().contains("article"));
    assert_eq!(store.unsaved(), 1);
}

#[test]
fn what_another_tab_stores_comes_in() {
    let place = Place::default();
    let (mut session, saved) = records(1);
    let mut store = LocalCopy::new(place.clone(), library());
    let key = key(&saved[0]);

    place.kept.borrow_mut().insert(key.clone(), stored(&saved[0]));
    assert_eq!(store.incoming(&key, Some(&stored(&saved[0]))), Incoming::Record(saved[0].clone()));
    assert_eq!(*place.log.borrow(), [], "it is there already");

    let later = noted(&mut session, saved[0].id, "later");
    place.kept.borrow_mut().insert(key.clone(), stored(&later));
    let late = store.incoming(&key, Some(&stored(&saved[0])));
    assert_eq!(late, Incoming::Record(later.clone()), "the event is late; the later record is stored");

    place.kept.borrow_mut().insert(key.clone(), stored(&saved[0]));
    assert_eq!(store.incoming(&key, Some(&stored(&later))), Incoming::Record(later.clone()));
    assert_eq!(place.value(&key), Some(stored(&later)), "an older one has been written over it: put back");

    assert_eq!(store.incoming(&key, None), Incoming::Record(later.clone()), "it is there again");
    place.kept.borrow_mut().clear();
    assert_eq!(store.incoming(&key, None), Incoming::Removed(later.id.into()));
    assert_eq!(*place.log.borrow(), [(Call::Set, key)]);
}
