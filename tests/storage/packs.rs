//! Packs: many annotations under one key are as safe as each under its own.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use glossator::{
    annotation::{AnnotationId, Record, Timestamp, Versioned as _},
    storage::{ArticleRange, Compaction, DurableCopy, DurableStore as _, Failure, Found, Packing},
};
use proptest::{collection::vec, prelude::*};

use crate::properties::config;
use crate::{
    disk::{Disk, Step, now},
    memory::{context, key, library, records, stored},
};

const PACKING: Packing = Packing { batch: 3, single: 5, size: 4 };

fn copy(disk: &Disk) -> DurableCopy<Disk> {
    DurableCopy::with_packing(disk.clone(), context(), PACKING)
}

fn version(number: u8, counter: u64) -> Record {
    let (_, mut all) = records(5);
    let mut record = all.remove(usize::from(number % 5));
    record.id = format!("00000000-0000-7000-8000-{number:012x}").parse().unwrap();
    record.version.counter = counter;
    if counter.is_multiple_of(3) {
        record.content = None;
        record.modified = Timestamp(record.modified.0 + counter);
    }
    record
}

fn load(disk: &Disk) -> Found {
    now(copy(disk).load()).unwrap()
}

/// The range of the article that the annotation of this number is on. Only every fifth other annotation is on the same
/// range.
fn part(number: u8) -> ArticleRange {
    let start = 4 * usize::from(number % 5);
    ArticleRange { article: library().iter().next().unwrap().id().clone(), bytes: start..start + 3 }
}

/// Compacts until nothing is left to do.
fn tidy(disk: &Disk, compaction: Compaction) {
    let mut left = Some(compaction);
    while let Some(compaction) = left {
        left = now(copy(disk).compact(compaction)).unwrap();
    }
}

fn keys(disk: &Disk) -> (usize, usize) {
    let kept = disk.kept.borrow();
    let packs = kept.keys().filter(|it| it.starts_with("glossator:pack:")).count();
    (packs, kept.keys().filter(|it| it.starts_with("glossator:annotation:")).count())
}

#[test]
fn records_written_together_are_packed_and_single_changes_are_not() {
    let disk = Disk::default();
    let mut all: Vec<Record> = (0..9).map(|number| version(number, 1)).collect();
    now(copy(&disk).save(&all)).unwrap();
    assert_eq!(keys(&disk), (1, 0));
    assert_eq!(load(&disk), Found { records: all.clone(), ..Found::default() });

    all[4] = version(4, 2);
    now(copy(&disk).save(&all[4..5])).unwrap();
    assert_eq!(keys(&disk), (1, 1));
    assert_eq!(disk.value(&key(&all[4])), Some(stored(&all[4])));
    assert_eq!(load(&disk).records, all);

    // Records written together replace those stored singly.
    all[3] = version(3, 5);
    all[4] = version(4, 5);
    all[5] = version(5, 5);
    now(copy(&disk).save(&all[3..6])).unwrap();
    assert_eq!(keys(&disk), (2, 0));
    assert_eq!(load(&disk), Found { records: all, ..Found::default() });
}

#[test]
fn records_on_a_range_are_read_first() {
    let disk = Disk::default();
    let mut all: Vec<Record> = (0..15).map(|number| version(number, 1)).collect();
    for there in 0..5 {
        let together: Vec<Record> = all.iter().skip(there).step_by(5).cloned().collect();
        now(copy(&disk).save(&together)).unwrap();
    }
    all[7] = version(7, 2);
    now(copy(&disk).save(&all[7..8])).unwrap();
    assert_eq!(keys(&disk), (5, 1));

    let read = Rc::new(Cell::new(0));
    let counted = Rc::clone(&read);
    disk.fail(move |step| {
        counted.set(counted.get() + usize::from(step == Step::Page));
        None
    });
    let copy = copy(&disk);
    let mut reading = now(copy.begin(Some(&part(2)))).unwrap();
    let first: BTreeSet<AnnotationId> = copy.first_records(&mut reading).iter().map(|it| it.id).collect();
    assert_eq!(first, BTreeSet::from([all[2].id, all[7].id, all[12].id]));
    assert_eq!(read.get(), 3, "the items set aside, the single items, and the keys of packs");
    assert_eq!(now(copy.finish(reading)).unwrap(), Found { records: all.clone(), ..Found::default() });

    // Where many packs may hold deleted records of the range, nothing is known of it before everything has been read.
    for there in 0..5 {
        let together: Vec<Record> = (0..15).skip(there).step_by(5).map(|it| version(it, 3)).collect();
        now(copy.save(&together)).unwrap();
    }
    let mut reading = now(copy.begin(Some(&part(2)))).unwrap();
    assert_eq!(copy.first_records(&mut reading), []);
    assert!(now(copy.finish(reading)).unwrap().records.iter().all(|it| it.content.is_none()));
}

#[test]
fn compaction_packs_single_items_and_drops_outdated_ones() {
    let disk = Disk::default();
    let mut all: Vec<Record> = (0..9).map(|number| version(number, 1)).collect();
    for record in &all {
        now(copy(&disk).save(std::slice::from_ref(record))).unwrap();
    }
    assert_eq!(keys(&disk), (0, 9));
    tidy(&disk, load(&disk).compaction);
    assert_eq!(keys(&disk), (2, 1), "a single record makes no pack");
    assert_eq!(load(&disk), Found { records: all.clone(), ..Found::default() });

    // These are next to each other in the text, and so in one pack.
    for number in [3, 4, 7, 8] {
        let record = version(number, 2);
        now(copy(&disk).save(std::slice::from_ref(&record))).unwrap();
        all[usize::from(number)] = record;
    }
    let compaction = load(&disk).compaction;
    let before: usize = disk.kept.borrow().values().map(String::len).sum();
    tidy(&disk, compaction);
    assert!(disk.kept.borrow().values().map(String::len).sum::<usize>() < before);
    assert_eq!(load(&disk), Found { records: all, ..Found::default() });
}

#[test]
fn invalid_lines_of_a_pack_are_set_aside_one_by_one() {
    let disk = Disk::default();
    let all: Vec<Record> = (0..4).map(|number| version(number, 1)).collect();
    now(copy(&disk).save(&all)).unwrap();
    let pack = disk.kept.borrow().keys().next().unwrap().clone();
    let whole = disk.value(&pack).unwrap();
    let broken = stored(&all[1]).replace("\"start\"", "\"stort\"");
    let damaged = whole.replace(&stored(&all[1]), &broken) + "without a key\n";
    disk.kept.borrow_mut().insert(pack.clone(), damaged.clone());

    // As long as it cannot be moved, it stays where it is.
    disk.fail(|step| (step == Step::Complete).then_some(Failure::Full));
    let found = load(&disk);
    assert_eq!(found.failure, Some(Failure::Full));
    assert_eq!(found.set_aside.iter().map(|it| &it.key).collect::<Vec<_>>(), [&pack]);
    assert_eq!(disk.value(&pack), Some(damaged));
    disk.heal();

    let found = load(&disk);
    let rest = [all[0].clone(), all[2].clone(), all[3].clone()];
    assert_eq!((found.records, found.failure), (rest.to_vec(), None));
    let [one, other] = &found.set_aside[..] else { panic!("{:?}", found.set_aside) };
    assert_eq!((&one.value, &one.id), (&broken, &Some(all[1].id.into())));
    assert_eq!(other.value, "without a key");
    assert_eq!(disk.value(&one.key), Some(broken));
    assert_eq!(load(&disk).records, rest);
    assert_eq!(load(&disk).set_aside.len(), 2, "they are listed at every visit");

    // A pack without valid lines is set aside as a whole.
    let disk = Disk::with([("glossator:pack:x", "rubbish")]);
    let found = load(&disk);
    assert_eq!(found.set_aside.len(), 1);
    assert_eq!(disk.value(&found.set_aside[0].key).as_deref(), Some("rubbish"));
    assert_eq!(disk.value("glossator:pack:x"), None);
}

#[test]
fn items_of_a_newer_program_stay_in_their_pack() {
    let disk = Disk::default();
    let all: Vec<Record> = (0..4).map(|number| version(number, 1)).collect();
    now(copy(&disk).save(&all)).unwrap();
    let pack = disk.kept.borrow().keys().next().unwrap().clone();
    let newer = stored(&all[1]).replace("\"v\":1", "\"v\":9");
    let changed = disk.value(&pack).unwrap().replace(&stored(&all[1]), &newer);
    disk.kept.borrow_mut().insert(pack, changed);
    let found = load(&disk);
    assert_eq!(found.unrecognized, [(key(&all[1]), newer)].into_iter().collect());
    assert_eq!(found.records.len(), 3);
    assert_eq!(disk.kept.borrow().len(), 1);
}

#[derive(Clone, Debug)]
enum Event {
    /// Versions of annotations are written together. This may fail at a step.
    Write(Vec<(u8, u64)>, Option<u8>),
    /// A tab reads everything.
    Load(usize),
    /// A tab compacts what it found when it read everything.
    Tidy(usize, Option<u8>),
    /// A tab reads everything, and another tab compacts at one of the steps.
    LoadMeanwhile(usize, u8),
}

fn event() -> impl Strategy<Value = Event> {
    let fault = prop::option::weighted(0.2, 0..6_u8);
    let some = prop_oneof![vec((0..14_u8, 1..40_u64), 1..2), vec((0..14_u8, 1..40_u64), 1..12),];
    prop_oneof![
        5 => (some, fault.clone()).prop_map(|(some, fault)| Event::Write(some, fault)),
        2 => (0..2_usize).prop_map(Event::Load),
        4 => (0..2_usize, fault).prop_map(|(tab, fault)| Event::Tidy(tab, fault)),
        1 => (0..2_usize, 0..9_u8).prop_map(|(tab, at)| Event::LoadMeanwhile(tab, at)),
    ]
}

proptest! {
    #![proptest_config(config(200))]

    /// Whatever two tabs write and compact, and wherever that fails, reading gives the latest versions, also in
    /// between.
    #[test]
    fn packing_loses_no_record(events in vec(event(), 1..60)) {
        let disk = Disk::default();
        let mut latest: BTreeMap<AnnotationId, Record> = BTreeMap::new();
        let tabs: [Rc<RefCell<Option<Compaction>>>; 2] = Default::default();
        for event in events {
            let expected = |latest: &BTreeMap<AnnotationId, Record>| latest.values().cloned().collect::<Vec<_>>();
            match event {
                Event::Write(some, fault) => {
                    let new: BTreeMap<u8, u64> = some.into_iter().collect();
                    let new: Vec<Record> = new.into_iter().map(|(number, counter)| version(number, counter)).collect();
                    stop(&disk, fault);
                    let written = now(copy(&disk).save(&new)).is_ok();
                    disk.heal();
                    if written {
                        latest = latest_of(latest.into_values().chain(new));
                    }
                }
                Event::Load(tab) => *tabs[tab].borrow_mut() = Some(load(&disk).compaction),
                Event::Tidy(tab, fault) => {
                    let compaction = tabs[tab].borrow_mut().take();
                    if let Some(compaction) = compaction {
                        stop(&disk, fault);
                        *tabs[tab].borrow_mut() = now(copy(&disk).compact(compaction)).ok().flatten();
                        disk.heal();
                    }
                }
                Event::LoadMeanwhile(tab, mut at) => {
                    let (other, healthy) = (Rc::clone(&tabs[1 - tab]), disk.healthy());
                    disk.fail(move |step| {
                        at = at.wrapping_sub(1);
                        if step == Step::Page && at == 0 {
                            let compaction = other.borrow_mut().take();
                            if let Some(compaction) = compaction {
                                tidy(&healthy, compaction);
                            }
                        }
                        None
                    });
                    let found = load(&disk);
                    disk.heal();
                    prop_assert_eq!(found.records, expected(&latest));
                    *tabs[tab].borrow_mut() = Some(found.compaction);
                }
            }
            for number in 0..5 {
                // The first records of a range are all that are on it, in their latest versions.
                let (copy, part) = (copy(&disk), part(number));
                let mut reading = now(copy.begin(Some(&part))).unwrap();
                let known = latest_of(copy.first_records(&mut reading));
                let is_there = |it: &&Record| it.content.as_ref().is_some_and(|it| it.span.start() == part.bytes.start);
                if !known.is_empty() {
                    let there = |of: &BTreeMap<AnnotationId, Record>| of.values().filter(is_there).cloned().collect::<Vec<_>>();
                    prop_assert_eq!(there(&known), there(&latest));
                }
                prop_assert_eq!(now(copy.finish(reading)).unwrap().records, expected(&latest));
            }
            let found = load(&disk);
            prop_assert_eq!(found.records, expected(&latest));
            prop_assert_eq!((found.set_aside.len(), found.unrecognized.len()), (0, 0));
        }
        // After compaction, few records are stored singly.
        for _ in 0..3 {
            tidy(&disk, load(&disk).compaction);
        }
        let (_, loose) = keys(&disk);
        prop_assert!(loose < PACKING.single + 1, "{} single items", loose);
        let pages = now(disk.page("glossator:", "glossator;", 9)).unwrap();
        prop_assert!(latest.is_empty() || !pages.items.is_empty());
    }
}

/// The latest version of each record.
fn latest_of(records: impl IntoIterator<Item = Record>) -> BTreeMap<AnnotationId, Record> {
    let mut latest: BTreeMap<AnnotationId, Record> = BTreeMap::new();
    for record in records {
        if latest.get(&record.id).is_none_or(|there| record.supersedes(there)) {
            latest.insert(record.id, record);
        }
    }
    latest
}

/// Makes the disk fail at the step of this number.
fn stop(disk: &Disk, fault: Option<u8>) {
    if let Some(mut left) = fault {
        disk.fail(move |_| {
            left = left.saturating_sub(1);
            (left == 0).then(|| Failure::Other("killed".into()))
        });
    }
}
