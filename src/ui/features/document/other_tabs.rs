//! Changes from other tabs of this browser: messages on the channel, and writes to the local copy.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::{
    clearing::{restart, save_all},
    context::context_changed,
    deliver::deliver,
    delivery::{TIMEOUT, delivery},
    edit::settle,
    notify::refresh,
    state::{all_records, record, rewrite},
    status::add_set_aside,
};
use crate::{
    annotation::{ArticleRecord, TagRecord},
    session::Change,
    storage::{Due, Incoming, Message},
    text::Text,
    ui::{State, Store, feature},
};

/// Handles a `storage` event: another tab changed one item of the local copy, or cleared it.
pub(super) fn storage_event(store: &Store, key: Option<&str>, value: Option<&str>) {
    match key {
        Some(key) => receive_item(store, key, value, false),
        // It was cleared from outside the page. Write everything again, so that nothing is lost.
        None => settle(store, rewrite(store.read(all_records))),
    }
}

/// Handles a message of another tab.
pub(super) fn handle_message(store: &Store, message: Message) {
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
            *delivery(store).clearing_timeout.borrow_mut() = Some(timer);
        }
        Message::Cleared => restart(store),
    }
}

/// Merges an item that another tab wrote or sent. `durable`: the item is in the durable copy already.
fn receive_item(store: &Store, key: &str, value: Option<&str>, durable: bool) {
    let change = {
        let mut state = store.state_mut();
        let state = &mut *state;
        match state.document.saver.local_copy().incoming(key, value) {
            // The durable copy has it, so another tab may have trimmed it from the local copy.
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
                    // The tab that wrote it may be closed before it reaches the durable copy.
                    let due = Due { local: false, durable: true };
                    state.document.saver.schedule(merged.change.records, due);
                }
                // An older version overwrote a later one of this page, so write the later one again.
                let later = merged.older.iter().filter_map(|it| state.document.session.records().get(it.id));
                let (records, touched) = (later.cloned().collect(), merged.change.touched);
                Change { records, touched, ..Change::default() }
            }
            Incoming::Tag(record) => receive_tag(state, record, durable),
            Incoming::SetAside(item) => {
                let id = item.id.clone();
                add_set_aside(state, vec![item]);
                rewrite(id.and_then(|it| record(state, &it)).into_iter().collect())
            }
            Incoming::Article(record) => {
                receive_article(store, state, record, durable);
                return;
            }
            Incoming::Unrecognized => {
                // Its article or tag may not have been received yet.
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

/// Merges a tag that another tab wrote or sent. Returns what is to be written again and drawn. `durable`: the record is in the
/// durable copy already.
fn receive_tag(state: &mut State, record: TagRecord, durable: bool) -> Change {
    let merged = state.document.session.merge_tags([record]);
    let touched = if merged.change.tags.is_empty() { Vec::new() } else { context_changed(state) };
    if !durable {
        // The tab that wrote it may be closed before it reaches the durable copy.
        state.document.saver.schedule(merged.change.tags, Due { local: false, durable: true });
    }
    // An older version overwrote a later one of this page, so write the later one again.
    let records = state.document.session.tags().records();
    let tags = merged.older_tags.into_iter().filter_map(|it| records.get(it).cloned()).collect();
    Change { tags, touched, ..Change::default() }
}

/// Merges an own article that another tab sent. If its text is not loaded, it is fetched first. `durable`: the record is
/// in the durable copy already.
fn receive_article(store: &Store, state: &mut State, record: ArticleRecord, durable: bool) {
    let needed = record.sha256().filter(|it| state.document.session.articles().text(it).is_none()).cloned();
    let local_text = needed.as_ref().and_then(|it| state.document.saver.local_copy().text(it));
    let store = store.clone();
    spawn_local(async move {
        let text = match (needed, local_text) {
            (Some(sha256), None) => delivery(&store).durable().text(&sha256).await.ok().flatten(),
            (_, local) => local,
        };
        merge_received(&store, record, text, durable);
    });
}

fn merge_received(store: &Store, record: ArticleRecord, text: Option<Rc<Text>>, durable: bool) {
    let touched = {
        let mut state = store.state_mut();
        let state = &mut *state;
        state.document.session.add_texts(text);
        let changed = state.document.session.merge_articles([record]);
        if !durable {
            // The tab that wrote it may be closed before it reaches the durable copy.
            state.document.saver.schedule(changed, Due { local: false, durable: true });
        }
        context_changed(state)
    };
    refresh(store, &touched);
    feature::each(|it| (it.articles_changed)(store));
    deliver(store);
}
