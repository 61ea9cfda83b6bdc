//! Storing one change costs the same whatever is stored already: operations are counted, not time.

use std::{cell::RefCell, rc::Rc};

use glossator::{
    annotation::{AnnotationId, Record},
    storage::{DurableCopy, LocalCopy, Saver},
};

use crate::{
    disk::{Disk, now},
    place::{Call, NOW, Place, library, noted, own, records},
};

/// What one change costs: the calls to the quick place, and how much is looked at and written in the durable copy.
#[derive(Debug, PartialEq)]
struct Cost {
    quick: Vec<Call>,
    sent: usize,
    written: usize,
}

/// The cost of one change of a note, with so many other annotations stored in both places.
fn cost_among(others: u32) -> Cost {
    let (place, disk) = (Place::default(), Disk::default());
    let (mut session, saved) = records(1);
    let copy = DurableCopy::new(disk.clone(), library());
    let other = |number: u32| {
        let mut entropy = [1; 10];
        entropy[..4].copy_from_slice(&number.to_be_bytes());
        Record { id: AnnotationId::mint(NOW, entropy), ..saved[0].clone() }
    };
    let all: Vec<Record> = saved.iter().cloned().chain((0..others).map(other)).collect();
    LocalCopy::new(place.clone(), library()).save(&all);
    now(copy.save(&all)).unwrap();
    session.merge(all.iter().cloned());

    let mut saver = Saver::new(LocalCopy::new(place.clone(), library()), own());
    assert!(saver.reconcile(session.records(), all).is_empty());
    let calls: Rc<RefCell<Vec<Call>>> = Rc::default();
    place.fail({
        let calls = Rc::clone(&calls);
        move |call, _| {
            calls.borrow_mut().push(call);
            None
        }
    });
    let written = disk.writes.borrow().len();
    let changed = noted(&mut session, saved[0].id, "later");
    saver.save([changed]);
    let batch = saver.batch().unwrap().records;
    let result = now(copy.save(&batch));
    saver.arrived(&batch, &result);
    assert!(saver.batch().is_none());
    Cost { quick: calls.take(), sent: batch.len(), written: disk.writes.borrow().len() - written }
}

#[test]
fn a_change_is_one_look_and_one_write_in_each_place() {
    let least = Cost { quick: vec![Call::Get, Call::Set], sent: 1, written: 1 };
    for others in [0, 10, 1_000] {
        assert_eq!(cost_among(others), least, "among {others}");
    }
}
