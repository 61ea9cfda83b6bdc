//! Bringing records to the durable copy, and what becomes of failures.

use std::{
    cell::{Cell, RefCell},
    mem,
    rc::Rc,
};

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::{
    edit::refresh,
    opening::{load_local, read_durable},
    state::all_records,
    status::{add_kept, add_saved, offer_rescue, tell_left_alone},
};
use crate::{
    annotation::AnyRecord,
    interchange::{backup_article, backup_item},
    storage::{Batch, Channel, Compaction, DurableCopy, Failure, IndexedDb, Kept, Message, SaveStatus},
    text::Library,
    ui::{
        State, Store,
        feature::{self, Task},
        platform,
    },
};

/// The durable copy, the channel to other tabs, and the work under way.
pub(crate) struct Delivery {
    pub(super) durable: DurableCopy<IndexedDb>,
    pub(super) channel: RefCell<Option<Channel>>,
    /// The number of the task that may use the durable copy. Counts up when a task that does not answer is given up.
    pub(super) turn: Cell<u32>,
    busy: Cell<bool>,
    /// The next attempt to reach the durable copy, and its delay in milliseconds.
    again: RefCell<Option<(Timeout, u32)>>,
    /// Ends the wait for another tab that deletes everything, in case that tab is closed before it is done.
    pub(super) silence: RefCell<Option<Timeout>>,
    /// The keys that the local copy need not have, to be removed when there is nothing else to do.
    pub(super) surplus: RefCell<Vec<String>>,
    /// What is to be tidied in the durable copy when there is nothing else to do.
    pub(super) untidy: RefCell<Option<Compaction>>,
}

impl Delivery {
    pub(super) fn new(library: Library) -> Self {
        Self {
            durable: DurableCopy::new(IndexedDb::default(), library),
            channel: RefCell::default(),
            turn: Cell::default(),
            busy: Cell::default(),
            again: RefCell::default(),
            silence: RefCell::default(),
            surplus: RefCell::default(),
            untidy: RefCell::default(),
        }
    }

    /// The durable copy.
    pub(crate) fn durable(&self) -> &DurableCopy<IndexedDb> {
        &self.durable
    }

    /// True if the task with this number may still use the durable copy.
    pub(crate) fn is_turn(&self, turn: u32) -> bool {
        self.turn.get() == turn
    }

    pub(super) fn tell(&self, message: &Message) {
        if let Some(channel) = self.channel.borrow().as_ref() {
            channel.send(message);
        }
    }
}

/// The durable copy, the channel to other tabs, and the work under way.
pub(crate) fn delivery(store: &Store) -> Rc<Delivery> {
    store.read(|state| Rc::clone(&state.document.delivery))
}

/// After so many milliseconds without an answer, what was asked of the durable copy counts as failed.
pub(super) const TIMEOUT: u32 = 8_000;

/// So many items are taken out of the quick place at once.
const THIN_BATCH: usize = 64;

/// The shortest and the longest time between two attempts to reach the durable copy, in milliseconds.
const RETRY_DELAY: (u32, u32) = (1_000, 30_000);

/// Reads the durable copy, if that was not done, and takes to it what waits, as long as something does.
pub(crate) fn deliver(store: &Store) {
    let line = delivery(store);
    if line.busy.replace(true) {
        return;
    }
    let (store, turn) = (store.clone(), line.turn.get());
    spawn_local(async move {
        if store.read(|state| state.document.saver.is_loaded()) {
            // What was done is seen first.
            platform::next_paint().await;
        }
        // What is done in one go is written in one go.
        let outcome = loop {
            match deliver_next(&store, turn).await {
                Ok(true) => {}
                other => break other,
            }
        };
        let line = delivery(&store);
        if line.turn.get() == turn {
            line.busy.set(false);
            match outcome {
                Ok(_) => _ = line.again.borrow_mut().take(),
                Err(failure) => fail(&store, &failure),
            }
        }
    });
}

/// Does the next thing at the durable copy; whether it is worth going on.
async fn deliver_next(store: &Store, turn: u32) -> Result<bool, Failure> {
    if !store.read(|state| state.document.saver.is_loaded()) {
        return read_durable(store, turn).await;
    }
    for task in tasks() {
        if let Some(go_on) = task(store, turn).await? {
            return Ok(go_on);
        }
    }
    let next = store.state_mut().document.saver.batch();
    let Some(mut batch) = next else { return tidy(store, turn).await };
    let empty = batch.is_empty();
    let touched = add_saved(&mut store.state_mut(), mem::take(&mut batch.saved), !empty);
    refresh(store, &touched);
    let Batch { records, tab_writes, .. } = batch;
    let result = if empty {
        // Many may be written to the quick place alone: the page goes on meanwhile.
        platform::yield_to_browser().await;
        Ok(Kept::default())
    } else {
        with_timeout(store, turn, delivery(store).durable().save_with(&records, tab_writes)).await
    };
    if delivery(store).turn.get() != turn {
        // It was given up, and waits again; that it is there after all does no harm.
        return Ok(false);
    }
    let touched = {
        let mut state = store.state_mut();
        let state = &mut *state;
        state.document.saver.arrived(&records, &result);
        offer_rescue(state, records.iter().cloned());
        add_kept(state, result?)
    };
    refresh(store, &touched);
    broadcast(store, &records);
    Ok(true)
}

/// What features do at the durable copy before records are written.
fn tasks() -> impl Iterator<Item = fn(&Store, u32) -> Task> {
    feature::all().filter_map(|it| it.task)
}

/// Does a piece of what makes the next opening faster; whether there was one. What fails is left for the next time.
async fn tidy(store: &Store, turn: u32) -> Result<bool, Failure> {
    if thin(store).await {
        return Ok(delivery(store).is_turn(turn));
    }
    let untidy = delivery(store).untidy.borrow_mut().take();
    let Some(untidy) = untidy else { return Ok(false) };
    platform::yield_to_browser().await;
    let rest = with_timeout(store, turn, delivery(store).durable().compact(untidy)).await?;
    let is_turn = delivery(store).is_turn(turn);
    *delivery(store).untidy.borrow_mut() = rest;
    Ok(is_turn)
}

/// Takes some of what the durable copy has out of the quick place, where there is much; whether there was some.
async fn thin(store: &Store) -> bool {
    let waits = store.read(|state| state.document.saver.status() == SaveStatus::Saving);
    if waits || delivery(store).surplus.borrow().is_empty() {
        return false;
    }
    platform::yield_to_browser().await;
    let delivery = delivery(store);
    let mut surplus = delivery.surplus.borrow_mut();
    let mut state = store.state_mut();
    let super::state::Document { saver, session, .. } = &mut state.document;
    match saver.status() {
        SaveStatus::Saved => {
            let rest = surplus.len().saturating_sub(THIN_BATCH);
            saver.local_copy().trim(&surplus.split_off(rest), session.records());
        }
        // What was done meanwhile is kept first.
        SaveStatus::Saving => {}
        // The quick place has what nothing else has.
        SaveStatus::LocalOnly(_) | SaveStatus::Unsaved(..) => surplus.clear(),
    }
    true
}

/// Waits for the durable copy, and gives it up when it does not answer for long.
pub(crate) async fn with_timeout<T>(
    store: &Store,
    turn: u32,
    answer: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let store = store.clone();
    let watch = Timeout::new(TIMEOUT, move || {
        delivery(&store).turn.set(turn + 1);
        delivery(&store).busy.set(false);
        delivery(&store).durable().store().disconnect();
        store.state_mut().document.saver.arrived(&[], &Err(Failure::Silent));
        fail(&store, &Failure::Silent);
    });
    let answer = answer.await;
    drop(watch);
    answer
}

/// Says that the durable copy cannot be reached, and tries again later.
fn fail(store: &Store, failure: &Failure) {
    store.update(|state| {
        if !state.document.saver.is_loaded() && state.document.saver.local_copy().is_partial() {
            state.document.unread = Some(failure.clone());
        }
        state.document.saver.durable_failed(failure.clone());
        let records = all_records(state);
        offer_rescue(state, records);
        tell_left_alone(state);
    });
    feature::each(|it| (it.loaded)(store));
    if failure.is_lasting() {
        return;
    }
    let delivery = delivery(store);
    let wait =
        delivery.again.borrow().as_ref().map_or(RETRY_DELAY.0, |(_, wait)| (wait * 2).min(RETRY_DELAY.1));
    let store = store.clone();
    *delivery.again.borrow_mut() = Some((Timeout::new(wait, move || deliver(&store)), wait));
}

fn broadcast(store: &Store, records: &[AnyRecord]) {
    let item = |state: &State, record: &AnyRecord| match record {
        AnyRecord::Article(it) => Some(backup_article(it)),
        AnyRecord::Annotation(it) => backup_item(it, state.document.session.library()),
    };
    let items: Vec<_> = store.read(|state| records.iter().filter_map(|it| item(state, it)).collect());
    if !items.is_empty() {
        delivery(store).tell(&Message::Items(items));
    }
}

/// Tries again to read what could not be read and to keep what could not be kept.
pub(crate) fn retry(store: &Store) {
    if store.read(|state| state.document.unread.is_some()) {
        load_local(store);
    }
    let touched = {
        let mut state = store.state_mut();
        let state = &mut *state;
        let saved = state.document.saver.retry();
        let records = all_records(state);
        offer_rescue(state, records);
        state.document.trouble_hidden = false;
        add_saved(state, saved, true)
    };
    refresh(store, &touched);
    // Should this attempt fail too, the pauses begin short again.
    delivery(store).again.borrow_mut().take();
    deliver(store);
}
