//! What other tabs of this browser tell and write.

use gloo::timers::callback::Timeout;

use super::{
    articles::receive,
    clearing::{restart, save_all},
    delivery::{TIMEOUT, delivery},
    edit::settle,
    state::{all_records, record, rewrite},
    status::put_aside,
};
use crate::{
    session::Change,
    storage::{Due, Incoming, Message},
    ui::Store,
};

/// Another tab changed what the quick place keeps: one item, or all of it.
pub(super) fn storage_event(store: &Store, key: Option<&str>, value: Option<&str>) {
    match key {
        Some(key) => receive_item(store, key, value, false),
        // All was cleared from outside: what is on this page is not lost.
        None => settle(store, rewrite(store.read(all_records))),
    }
}

pub(super) fn message(store: &Store, message: Message) {
    match message {
        Message::Items(items) => {
            for (key, value) in items {
                receive_item(store, &key, Some(&value), true);
            }
        }
        Message::Clearing => {
            store.update(|state| state.document.saver.set_closed(true));
            let timer = {
                let store = store.clone();
                Timeout::new(TIMEOUT, move || save_all(&store))
            };
            *delivery(store).silence.borrow_mut() = Some(timer);
        }
        Message::Cleared => restart(store),
    }
}

/// Takes in an item as another tab has it; `durable` when it is in the durable copy already.
fn receive_item(store: &Store, key: &str, value: Option<&str>, durable: bool) {
    let change = {
        let mut state = store.state_mut();
        let state = &mut *state;
        match state.document.saver.local_copy().incoming(key, value) {
            // The durable copy has it, and another tab may have found that enough.
            Incoming::Removed(_)
                if state.document.saver.is_durable()
                    && state.document.saver.local_copy().may_be_trimmed() =>
            {
                return;
            }
            Incoming::Removed(id) => rewrite(record(state, &id).into_iter().collect()),
            Incoming::Record(record) => {
                let merged = state.document.session.merge([record]);
                if !durable {
                    // The tab that wrote it may be gone before it is in the durable copy.
                    let due = Due { local: false, durable: true };
                    state.document.saver.schedule(merged.change.records, due);
                }
                // An older version came over a later one of this page: the later one is written again.
                let later = merged.older.iter().filter_map(|it| state.document.session.records().get(it.id));
                let (records, touched) = (later.cloned().collect(), merged.change.touched);
                Change { records, touched, ..Change::default() }
            }
            Incoming::SetAside(aside) => {
                let id = aside.id.clone();
                put_aside(state, vec![aside]);
                rewrite(id.and_then(|it| record(state, &it)).into_iter().collect())
            }
            Incoming::Article(record) => {
                receive(store, state, record, durable);
                return;
            }
            Incoming::Unrecognized => {
                // It may be on an article that is on its way.
                if let Some(value) = value {
                    state.document.unrecognized.insert(key.to_owned(), value.to_owned());
                }
                return;
            }
            Incoming::Irrelevant => return,
        }
    };
    settle(store, change);
}
