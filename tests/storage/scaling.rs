//! The cost of storing a change does not depend on how much is stored already. Operations are counted, not timed.

use std::{cell::RefCell, rc::Rc};

use glossator::{
    annotation::{AnnotationId, Record},
    storage::{DurableCopy, LocalCopy, Saver},
};

use crate::{
    disk::{Disk, now},
    memory::{Call, MemoryStorage, NOW, context, noted, own, records},
};

/// The cost of a change: calls to the local copy, records sent to the durable copy, and writes there.
#[derive(Debug, PartialEq)]
struct Cost {
    quick: Vec<Call>,
    sent: usize,
    written: usize,
}

/// The cost of changing a note, with this many other annotations in both copies.
fn cost_among(others: u32) -> Cost {
    let (memory, disk) = (MemoryStorage::default(), Disk::default());
    let (mut session, stored_records) = records(1);
    let copy = DurableCopy::new(disk.clone(), context());
    let other = |number: u32| {
        let mut entropy = [1; 10];
        entropy[..4].copy_from_slice(&number.to_be_bytes());
        Record { id: AnnotationId::mint(NOW, entropy), ..stored_records[0].clone() }
    };
    let all: Vec<Record> = stored_records.iter().cloned().chain((0..others).map(other)).collect();
    LocalCopy::new(memory.clone(), context()).save(&all);
    now(copy.save(&all)).unwrap();
    session.merge(all.iter().cloned());

    let mut saver = Saver::new(LocalCopy::new(memory.clone(), context()), own());
    assert!(saver.reconcile(session.records(), all).is_empty());
    let calls: Rc<RefCell<Vec<Call>>> = Rc::default();
    memory.fail({
        let calls = Rc::clone(&calls);
        move |call, _| {
            calls.borrow_mut().push(call);
            None
        }
    });
    let written = disk.writes.borrow().len();
    let changed = noted(&mut session, stored_records[0].id, "later");
    saver.save([changed]);
    let batch = saver.batch().unwrap().records;
    let result = now(copy.save(&batch));
    saver.arrived(&batch, &result);
    assert!(saver.batch().is_none());
    Cost { quick: calls.take(), sent: batch.len(), written: disk.writes.borrow().len() - written }
}

#[test]
fn a_change_costs_one_read_and_one_write_in_each_copy() {
    let least = Cost { quick: vec![Call::Get, Call::Set], sent: 1, written: 1 };
    for others in [0, 10, 1_000] {
        assert_eq!(cost_among(others), least, "among {others}");
    }
}
