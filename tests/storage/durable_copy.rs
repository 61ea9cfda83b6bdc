//! The durable copy: everything that it has confirmed is there after a crash at any moment.

use std::{cell::Cell, rc::Rc};

use glossator::{
    annotation::{
        Annotation, AnyId, AnyRecord, ArticleRecord, Record, ReplicaId, Timestamp, Version, Versioned as _,
    },
    session::{Command, Moment, Session},
    storage::{Batch, Due, DurableCopy, Failure, Found, Kept, LocalCopy, Outbox, SaveStatus, Saver},
    text::{ArticleId, Span},
};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::properties::config;
use crate::{
    disk::{Disk, now},
    memory::{MemoryStorage, NOW, context, key, library, noted, own, records, sorted, stored, tag},
};

fn copy(disk: &Disk) -> DurableCopy<Disk> {
    DurableCopy::new(disk.clone(), context())
}

fn found(records: Vec<Record>) -> Found {
    Found { records: sorted(records), ..Found::default() }
}

#[test]
fn saved_records_are_found() {
    let disk = Disk::default();
    let (mut session, mut saved) = records(4);
    assert_eq!(now(copy(&disk).save(&saved)), Ok(Kept::default()));
    saved[1] = noted(&mut session, saved[1].id, "later");
    saved[2] = session
        .execute(&Command::Delete(saved[2].id), Moment { now: NOW, entropy: [0; 10] })
        .records
        .remove(0);
    assert_eq!(now(copy(&disk).save(&saved)), Ok(Kept::default()));
    assert_eq!(now(copy(&disk).load()), Ok(found(saved.clone())));

    let before = disk.writes.borrow().len();
    assert_eq!(now(copy(&disk).save(&saved)), Ok(Kept::default()));
    assert_eq!(disk.writes.borrow().len(), before, "stored records are not written again");
}

#[test]
fn a_later_version_stays_and_is_returned() {
    let disk = Disk::default();
    let (mut session, saved) = records(2);
    let later = noted(&mut session, saved[0].id, "later");
    now(copy(&disk).save(std::slice::from_ref(&later))).unwrap();
    assert_eq!(
        now(copy(&disk).save(&saved)),
        Ok(Kept { newer: vec![later.clone().into()], ..Kept::default() })
    );
    assert_eq!(disk.value(&key(&later)), Some(stored(&later)));
    assert_eq!(disk.value(&key(&saved[1])), Some(stored(&saved[1])));
}

#[test]
fn items_of_newer_programs_stay_untouched() {
    let (_, saved) = records(2);
    let newer = stored(&saved[0]).replace("\"v\":1", "\"v\":9");
    let disk = Disk::with([(&key(&saved[0]), &newer), ("glossator:later", "of a later program")]);
    let read = now(copy(&disk).load()).unwrap();
    assert_eq!(read.unrecognized, [(key(&saved[0]), newer.clone())].into_iter().collect());
    let kept = now(copy(&disk).save(&saved)).unwrap();
    assert_eq!(kept.refused.len(), 1);
    assert_eq!(kept.refused[0].0, saved[0].id.into());
    assert!(kept.refused[0].1.to_string().contains("newer Glossator"), "{:?}", kept.refused);
    assert_eq!(disk.value(&key(&saved[0])), Some(newer));
    assert_eq!(disk.value(&key(&saved[1])), Some(stored(&saved[1])), "the other is saved");
    assert_eq!(disk.value("glossator:later").as_deref(), Some("of a later program"));
}

#[test]
fn invalid_items_are_set_aside_byte_for_byte_and_never_overwritten() {
    let (_, saved) = records(2);
    let good = stored(&saved[1]);
    let disk = Disk::with([(&key(&saved[0]), "{\"v\":1,"), (&key(&saved[1]), &good)]);
    let read = now(copy(&disk).load()).unwrap();
    assert_eq!(read.records, [saved[1].clone()]);
    let [aside] = &read.set_aside[..] else { panic!("{:?}", read.set_aside) };
    assert!(aside.fresh && aside.id == Some(saved[0].id.into()));
    assert_eq!(disk.value(&aside.key).as_deref(), Some("{\"v\":1,"));
    assert_eq!(disk.value(&key(&saved[0])), None);

    // The annotation is saved again, breaks again in another way, and the next version replaces it.
    now(copy(&disk).save(&saved)).unwrap();
    disk.kept.borrow_mut().insert(key(&saved[0]), "other rubbish".into());
    let kept = now(copy(&disk).save(&saved[..1])).unwrap();
    assert_eq!(kept.set_aside.len(), 1);
    assert_eq!(disk.value(&key(&saved[0])), Some(stored(&saved[0])));
    for bytes in ["{\"v\":1,", "other rubbish"] {
        assert!(disk.kept.borrow().values().any(|it| it == bytes), "{bytes} is still there");
    }
    let again = now(copy(&disk).load()).unwrap();
    assert_eq!(again.records, sorted(saved));
    assert_eq!(again.set_aside.len(), 2);
    assert!(again.set_aside.iter().all(|it| !it.fresh));
}

#[test]
fn items_of_a_backup_replace_no_existing_items() {
    let (_, saved) = records(2);
    let newer = |record| stored(record).replace("\"v\":1", "\"v\":9");
    let disk = Disk::with([(&key(&saved[0]), &newer(&saved[0])), ("glossator:aside:x", "here")]);
    let other = newer(&saved[0]).replace("argument", "prediction");
    let items = [
        ("glossator:aside:x".to_owned(), "there".to_owned()),
        ("glossator:aside:x#2".to_owned(), "elsewhere".to_owned()),
        (key(&saved[0]), other.clone()),
        (key(&saved[1]), newer(&saved[1])),
    ];
    let asides = now(copy(&disk).adopt(&items)).unwrap();
    assert_eq!(asides.len(), 3, "all but the one whose key is free: {asides:?}");
    assert_eq!(disk.value("glossator:aside:x").as_deref(), Some("here"));
    assert_eq!(disk.value(&key(&saved[0])), Some(newer(&saved[0])));
    assert_eq!(disk.value(&key(&saved[1])), Some(newer(&saved[1])));
    for value in ["there", "elsewhere", &other] {
        assert!(
            asides.iter().any(|it| it.value == value && disk.value(&it.key).as_deref() == Some(value)),
            "{value}"
        );
    }
    let before = disk.kept.borrow().clone();
    assert_eq!(now(copy(&disk).adopt(&items)), Ok(asides), "doing it twice changes nothing");
    assert_eq!(*disk.kept.borrow(), before);
}

/// Opens the page, which reads the local copy first, and then the durable copy.
fn open(quick: &MemoryStorage, disk: &Disk, replica: u64) -> (Session, Saver<MemoryStorage>) {
    let mut saver = Saver::new(LocalCopy::new(quick.clone(), context()), own());
    let mut session = Session::new(library(), ReplicaId(replica));
    session.merge(saver.local_copy().load().records);
    read(&mut session, &mut saver, disk);
    (session, saver)
}

fn read(session: &mut Session, saver: &mut Saver<MemoryStorage>, disk: &Disk) {
    match now(copy(disk).load()) {
        Ok(found) => _ = session.merge(saver.reconcile(session.records(), found.records)),
        Err(failure) => saver.durable_failed(failure),
    }
}

/// Delivers to the durable copy, as the page does, until nothing waits or an attempt fails.
fn deliver(session: &mut Session, saver: &mut Saver<MemoryStorage>, disk: &Disk) {
    while let Some(Batch { records, tab_writes, saved }) = saver.batch() {
        session.merge_any(saved.newer);
        let result = now(copy(disk).save_with(&records, tab_writes));
        saver.arrived(&records, &result);
        match result {
            Ok(kept) => _ = session.merge_any(kept.newer),
            Err(_) => return,
        }
    }
}

fn contents(session: &Session) -> Vec<Record> {
    sorted(session.records().iter().cloned().collect())
}

#[test]
fn a_failure_at_any_step_loses_nothing_and_is_reported() {
    let steps = Rc::new(Cell::new(0));
    let visit = |disk: &Disk| {
        let quick = MemoryStorage::default();
        let (mut session, mut saver) = open(&quick, disk, 1);
        let mut promised = Vec::new();
        for number in 0..4 {
            let record = tag(&mut session, number, 4);
            saver.save([record]);
            deliver(&mut session, &mut saver, disk);
            if saver.status() == SaveStatus::Saved {
                promised = contents(&session);
            }
        }
        (session, saver, promised)
    };
    let disk = Disk::default();
    let count = Rc::clone(&steps);
    disk.fail(move |_| {
        count.set(count.get() + 1);
        None
    });
    visit(&disk);
    for failure in [Failure::Full, Failure::Blocked, Failure::Other("no".into())] {
        for at in 0..steps.get() {
            for to in [at + 1, usize::MAX] {
                let disk = Disk::default();
                let (mut calls, failure) = (0, failure.clone());
                disk.fail(move |_| {
                    calls += 1;
                    (at..to).contains(&(calls - 1)).then(|| failure.clone())
                });
                let (mut session, mut saver, promised) = visit(&disk);
                let there = now(copy(&disk.healthy()).load()).unwrap().records;
                assert!(
                    promised.iter().all(|it| there.contains(it)),
                    "step {at} to {to}: saved records are lost"
                );
                if to == usize::MAX {
                    assert!(
                        matches!(saver.status(), SaveStatus::LocalOnly(_)),
                        "step {at}: {:?}",
                        saver.status()
                    );
                }
                disk.heal();
                read(&mut session, &mut saver, &disk);
                deliver(&mut session, &mut saver, &disk);
                assert_eq!(saver.status(), SaveStatus::Saved);
                assert_eq!(now(copy(&disk).load()), Ok(found(contents(&session))));
            }
        }
    }
}

#[test]
fn a_full_local_copy_leaves_the_durable_copy_working() {
    let (quick, disk) = (MemoryStorage::default(), Disk::default());
    let (mut session, mut saver) = open(&quick, &disk, 1);
    quick.fail(|call, _| (call == crate::memory::Call::Set).then_some(Failure::Full));
    let record = tag(&mut session, 1, 4);
    assert_eq!(saver.save([record.clone()]).failure, Some(Failure::Full));
    assert_eq!(saver.status(), SaveStatus::Saving);
    assert_eq!(saver.unsaved_item(record.id), Some(stored(&record)), "it is stored nowhere yet");
    deliver(&mut session, &mut saver, &disk);
    assert_eq!((saver.status(), saver.unsaved_item(record.id)), (SaveStatus::Saved, None));
    assert_eq!(
        (saver.take_local_failure(), saver.take_local_failure()),
        (Some(Failure::Full), None),
        "it is reported once"
    );

    disk.fail(|_| Some(Failure::Blocked));
    let other = tag(&mut session, 2, 4);
    saver.save([other]);
    deliver(&mut session, &mut saver, &disk);
    assert_eq!(saver.status(), SaveStatus::Unsaved(1, Failure::Blocked));
    quick.heal();
    saver.retry();
    deliver(&mut session, &mut saver, &disk);
    assert_eq!(saver.status(), SaveStatus::LocalOnly(Failure::Blocked));
    disk.heal();
    deliver(&mut session, &mut saver, &disk);
    assert_eq!(saver.status(), SaveStatus::Saved);
    assert_eq!(contents(&open(&quick, &disk, 2).0), contents(&session));
}

#[test]
fn records_refused_by_the_durable_copy_are_reported() {
    let (mut session, stored_records) = records(1);
    let newer = stored(&stored_records[0]).replace("\"v\":1", "\"v\":9");
    let (quick, disk) = (MemoryStorage::default(), Disk::with([(&key(&stored_records[0]), &newer)]));
    let mut saver = Saver::new(LocalCopy::new(quick, context()), own());
    read(&mut session, &mut saver, &disk);
    deliver(&mut session, &mut saver, &disk);
    assert!(matches!(saver.status(), SaveStatus::Unsaved(1, _)), "{:?}", saver.status());
    assert_eq!(disk.value(&key(&stored_records[0])), Some(newer));
}

/// This many records like one annotation, under different ids, the oldest first.
fn many(session: &mut Session, count: usize) -> Vec<Record> {
    let one = tag(session, 1, 4);
    let record = |number: usize| Record {
        id: format!("00000000-0000-7000-8000-{number:012x}").parse().unwrap(),
        ..one.clone()
    };
    let many: Vec<Record> = (0..count).map(record).collect();
    session.merge(many.clone());
    many
}

/// The number of annotations in the storage.
fn annotations(memory: &MemoryStorage) -> usize {
    memory.kept.borrow().keys().filter(|it| it.starts_with("glossator:annotation:")).count()
}

#[test]
fn many_records_go_in_batches_and_only_to_the_durable_copy() {
    let (quick, disk) = (MemoryStorage::default(), Disk::default());
    let (mut session, mut saver) = open(&quick, &disk, 1);
    let many = many(&mut session, 768);
    saver.save(many.clone());
    let first = saver.batch().unwrap().records;
    assert_eq!(first.len(), 256);
    assert_eq!(saver.batch(), None, "one batch at a time");
    saver.arrived(&first, &now(copy(&disk).save(&first)));
    deliver(&mut session, &mut saver, &disk);
    assert_eq!((disk.kept.borrow().len(), annotations(&quick)), (3, 0), "three packs");
    assert!(saver.local_copy().is_partial());

    let (mut session, mut saver) = open(&quick, &disk, 2);
    deliver(&mut session, &mut saver, &disk);
    assert_eq!(session.records().len(), 768);
    assert_eq!(annotations(&quick), 0, "the local copy stays small");
}

#[test]
fn many_records_go_to_the_local_copy_while_it_is_the_only_one() {
    let silent = || Err(Failure::Silent);
    let (quick, disk) = (MemoryStorage::default(), Disk::default());
    let (mut session, mut saver) = open(&quick, &disk, 1);
    let (before, after) = {
        let many = many(&mut session, 600);
        let (before, after) = many.split_at(300);
        (before.to_vec(), after.to_vec())
    };
    saver.save(before.clone());
    let first = saver.batch().unwrap().records;
    saver.arrived(&first, &silent());
    assert_eq!(
        (saver.status(), annotations(&quick)),
        (SaveStatus::LocalOnly(Failure::Silent), 300),
        "the records that waited"
    );
    saver.save(after.clone());
    assert_eq!(
        (saver.status(), annotations(&quick)),
        (SaveStatus::LocalOnly(Failure::Silent), 600),
        "the records that follow"
    );

    quick.fail(|call, _| (call == crate::memory::Call::Set).then_some(Failure::Full));
    let more = tag(&mut session, 20, 24);
    saver.save([more]);
    assert_eq!(saver.status(), SaveStatus::Unsaved(1, Failure::Silent), "the status says so");
}

#[test]
fn a_full_local_copy_drops_what_the_durable_copy_has() {
    let (quick, disk) = (MemoryStorage::default(), Disk::default());
    let (mut session, _) = open(&quick, &disk, 1);
    let all = many(&mut session, 600);
    LocalCopy::new(quick.clone(), context()).save(&all);
    now(copy(&disk).save(&all)).unwrap();

    let (mut session, mut saver) = open(&quick, &disk, 2);
    deliver(&mut session, &mut saver, &disk);
    assert_eq!(saver.status(), SaveStatus::Saved);
    let surplus = saver.local_copy().surplus();
    assert_eq!(surplus.len(), 350);
    assert_eq!(surplus[0], key(&all[0]), "the oldest are dropped");
    // Another tab has just changed one of them.
    let later =
        Record { modified: Timestamp(NOW.0 + 1), version: later_than(all[0].version), ..all[0].clone() };
    quick.kept.borrow_mut().insert(key(&later), stored(&later));
    saver.local_copy().trim(&surplus, session.records());
    assert_eq!(annotations(&quick), 251, "the one changed by the other tab stays");
    assert_eq!(saver.local_copy().surplus(), Vec::<String>::new());

    let (session, _) = open(&quick, &disk, 3);
    assert_eq!(session.records().len(), 600);
    assert_eq!(session.records().get(later.id), Some(&later));
}

fn later_than(version: Version) -> Version {
    Version { counter: version.counter + 1, ..version }
}

#[test]
fn the_outbox_sends_the_latest_version_wherever_any_is_due() {
    let (mut session, saved) = records(1);
    let later = noted(&mut session, saved[0].id, "later");
    let (quick, durable) = (Due { local: true, durable: false }, Due { local: false, durable: true });
    let mut outbox = Outbox::default();
    outbox.add(saved[0].clone(), quick);
    outbox.add(later.clone(), durable);
    outbox.add(saved[0].clone(), durable);
    assert_eq!(outbox.batch(9), [(later.clone().into(), Due { local: true, durable: true })]);
    outbox.add(saved[0].clone(), durable);
    outbox.returned();
    assert_eq!(outbox.batch(9), [(later.into(), Due { local: true, durable: true })]);
    outbox.arrived();
    assert!(outbox.is_empty());
}

/// So that neighbors in a text are stored, and read, together.
#[test]
fn the_outbox_follows_the_order_of_the_texts() {
    let (_, mut all) = records(5);
    let spans: Vec<Span> = all.iter().map(|it| it.content.as_ref().unwrap().span).collect();
    for (number, article, span) in
        [(0, "b", spans[3]), (1, "a", spans[1]), (3, "b", spans[0]), (4, "a", spans[4])]
    {
        let placed = Annotation {
            article: ArticleId::new(article),
            span,
            ..(**all[number].content.as_ref().unwrap()).clone()
        };
        all[number].content = Some(Rc::new(placed));
    }
    all[2].content = None;
    let mut outbox = Outbox::default();
    for record in &all {
        outbox.add(record.clone(), Due { local: false, durable: true });
    }
    let article = ArticleRecord {
        id: ArticleId::new("text-1"),
        version: all[0].version,
        modified: Timestamp(1),
        content: None,
    };
    outbox.add(article.clone(), Due { local: false, durable: true });
    let mut given: Vec<AnyId> = Vec::new();
    while !outbox.is_empty() {
        given.extend(outbox.batch(2).iter().map(|(it, _)| it.id()));
        outbox.arrived();
    }
    let annotations = [2, 1, 4, 3, 0].map(|it: usize| AnyId::Annotation(all[it].id));
    assert_eq!(given[0], AnyRecord::Article(article).id());
    assert_eq!(given[1..], annotations);
}

/// An event in the life of a page.
#[derive(Clone, Debug)]
enum Event {
    Tag,
    Note(Index),
    Delete(Index),
    Undo,
    /// Delivers, and the browser is killed after this many steps of the disk, if given.
    Deliver(Option<u8>),
    Kill,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => Just(Event::Tag),
        2 => any::<Index>().prop_map(Event::Note),
        2 => any::<Index>().prop_map(Event::Delete),
        1 => Just(Event::Undo),
        4 => Just(Event::Deliver(None)),
        1 => (0u8..6).prop_map(|steps| Event::Deliver(Some(steps))),
        1 => Just(Event::Kill),
    ]
}

proptest! {
    #![proptest_config(config(300))]

    /// A crash may lose the latest changes of the local copy, but none on the disk. Everything that was shown as saved
    /// is there at the next visit, in the same or a later version, and nothing that was deleted comes back.
    #[test]
    fn a_crash_at_any_moment_loses_no_saved_work(events in vec(event(), 1..60), lost in vec(any::<bool>(), 60)) {
        let (quick, disk) = (MemoryStorage::default(), Disk::default());
        let mut replica = 1;
        let (mut session, mut saver) = open(&quick, &disk, replica);
        // The local copy as the browser last wrote it to the disk, at moments of its own choice.
        let mut flushed = quick.kept.borrow().clone();
        let mut promised: Vec<Record> = Vec::new();
        let mut number = 0;
        for (event, flush) in events.into_iter().zip(lost) {
            let ids: Vec<_> = contents(&session).iter().map(|it| it.id).collect();
            let pick = |index: Index| (!ids.is_empty()).then(|| ids[index.index(ids.len())]);
            let moment = Moment { now: NOW, entropy: [0; 10] };
            let mut killed = false;
            let change = match event {
                Event::Tag => {
                    number += 1;
                    vec![tag(&mut session, number, 4)]
                }
                Event::Note(index) => pick(index)
                    .map(|id| session.execute(&Command::Note(id, format!("note {number}").into()), moment).records)
                    .unwrap_or_default(),
                Event::Delete(index) => pick(index)
                    .map(|id| session.execute(&Command::Delete(id), moment).records)
                    .unwrap_or_default(),
                Event::Undo => session.undo(NOW).map(|(_, it)| it.records).unwrap_or_default(),
                Event::Deliver(steps) => {
                    if let Some(mut left) = steps {
                        disk.fail(move |_| {
                            left = left.saturating_sub(1);
                            (left == 0).then(|| Failure::Other("killed".into()))
                        });
                    }
                    deliver(&mut session, &mut saver, &disk);
                    disk.heal();
                    killed = steps.is_some();
                    vec![]
                }
                Event::Kill => {
                    killed = true;
                    vec![]
                }
            };
            if !change.is_empty() {
                saver.save(change.clone());
            }
            if saver.status() == SaveStatus::Saved {
                promised = contents(&session);
            }
            if flush {
                flushed = quick.kept.borrow().clone();
            }
            if killed {
                quick.kept.borrow_mut().clone_from(&flushed);
                replica += 1;
                (session, saver) = open(&quick, &disk, replica);
                for record in &promised {
                    let here = session.records().get(record.id);
                    prop_assert!(
                        here.is_some_and(|it| it == record || it.supersedes(record)),
                        "{record:?} was shown as saved, and now it is {here:?}"
                    );
                }
            }
        }
        deliver(&mut session, &mut saver, &disk);
        prop_assert_eq!(saver.status(), SaveStatus::Saved);
        prop_assert_eq!(now(copy(&disk).load()), Ok(found(contents(&session))));
        let mut quickly = LocalCopy::new(quick, context());
        prop_assert_eq!(quickly.load().records, contents(&session));
    }
}
