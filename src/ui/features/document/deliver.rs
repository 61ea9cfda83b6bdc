//! Writing records to the durable copy: one task at a time, with a timeout and retries.

use std::mem;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::{
    delivery::{TIMEOUT, delivery},
    notify::refresh,
    state::{Document, all_records},
    status::{merge_kept, merge_saved, offer_rescue, report_unrecognized},
};
use crate::{
    annotation::AnyRecord,
    interchange::{backup_article, backup_item, backup_tag},
    storage::{Batch, Failure, Kept, Message, SaveStatus},
    ui::{
        State, Store,
        feature::{self, Task},
        platform,
    },
};

/// The timeout doubles with each request that does not answer, because the browser may only be slow. This is the longest,
/// in milliseconds.
const MAX_TIMEOUT: u32 = 30_000;

/// The number of items that are trimmed from the local copy at once.
const TRIM_BATCH: usize = 64;

/// The shortest and the longest delay between two attempts to reach the durable copy, in milliseconds.
const RETRY_DELAY: (u32, u32) = (1_000, 30_000);

/// Reads the durable copy if that has not been done, and writes to it whatever waits to be saved. Does nothing if this is
/// already running.
pub(crate) fn deliver(store: &Store) {
    let this = delivery(store);
    if this.busy.replace(true) {
        return;
    }
    let (store, task) = (store.clone(), this.current_task.get());
    spawn_local(async move {
        if store.read(|state| state.document.saver.is_loaded()) {
            // Paint the edit before writing it.
            platform::next_paint().await;
        }
        // Edits made in one go are written in one transaction.
        let outcome = loop {
            match deliver_next(&store, task).await {
                Ok(true) => {}
                other => break other,
            }
        };
        let delivery = delivery(&store);
        if delivery.is_current(task) {
            delivery.busy.set(false);
            match outcome {
                Ok(_) => {
                    delivery.retry.borrow_mut().take();
                    delivery.timeout.set(TIMEOUT);
                }
                Err(failure) => handle_failure(&store, &failure),
            }
        }
    });
}

/// Does the next piece of work at the durable copy. Returns false if nothing is left to do or the task was given up.
async fn deliver_next(store: &Store, task: u32) -> Result<bool, Failure> {
    // Given up while it waited for the browser: another task writes the next batch.
    if !delivery(store).is_current(task) {
        return Ok(false);
    }
    for feature_task in feature_tasks() {
        if let Some(go_on) = feature_task(store, task).await? {
            return Ok(go_on);
        }
    }
    let next = store.state_mut().document.saver.batch();
    let Some(mut batch) = next else { return tidy(store, task).await };
    let empty = batch.is_empty();
    let touched = merge_saved(&mut store.state_mut(), mem::take(&mut batch.saved), !empty);
    refresh(store, &touched);
    let Batch { records, tab_writes, .. } = batch;
    let result = if empty {
        // A long series of batches may go to the local copy only, so yield to the browser between them.
        platform::yield_to_browser().await;
        Ok(Kept::default())
    } else {
        with_timeout(store, task, delivery(store).durable().save_with(&records, tab_writes)).await
    };
    if !delivery(store).is_current(task) {
        // This task was given up, so the records wait to be written again. Writing them twice does no harm.
        return Ok(false);
    }
    let touched = {
        let mut state = store.state_mut();
        let state = &mut *state;
        state.document.saver.arrived(&records, &result);
        offer_rescue(state, records.iter().cloned());
        merge_kept(state, result?)
    };
    refresh(store, &touched);
    broadcast_records(store, &records);
    Ok(true)
}

/// What features do at the durable copy before records are written. The first is to read it, which is registered in
/// this feature.
fn feature_tasks() -> impl Iterator<Item = fn(&Store, u32) -> Task> {
    feature::all().filter_map(|it| it.task)
}

/// Does one piece of cleanup that makes the next opening faster. Returns false if there was none.
async fn tidy(store: &Store, task: u32) -> Result<bool, Failure> {
    if trim_local(store).await {
        return Ok(delivery(store).is_current(task));
    }
    let compaction = delivery(store).compaction.borrow_mut().take();
    let Some(compaction) = compaction else { return Ok(false) };
    platform::yield_to_browser().await;
    let rest = with_timeout(store, task, delivery(store).durable().compact(compaction)).await?;
    let is_current = delivery(store).is_current(task);
    *delivery(store).compaction.borrow_mut() = rest;
    Ok(is_current)
}

/// Removes a batch of items from the local copy that the durable copy has. Returns false if there was none.
async fn trim_local(store: &Store) -> bool {
    let is_saving = store.read(|state| state.document.saver.status() == SaveStatus::Saving);
    if is_saving || delivery(store).trimmable.borrow().is_empty() {
        return false;
    }
    platform::yield_to_browser().await;
    let delivery = delivery(store);
    let mut trimmable = delivery.trimmable.borrow_mut();
    let mut state = store.state_mut();
    let Document { saver, session, .. } = &mut state.document;
    match saver.status() {
        SaveStatus::Saved => {
            let rest = trimmable.len().saturating_sub(TRIM_BATCH);
            saver.local_copy().trim(&trimmable.split_off(rest), session.records());
        }
        // New changes are saved first.
        SaveStatus::Saving => {}
        // The local copy has records that the durable copy does not have.
        SaveStatus::LocalOnly(_) | SaveStatus::Unsaved(..) => trimmable.clear(),
    }
    true
}

/// Awaits an answer of the durable copy. If it takes longer than the timeout, gives the task up and schedules a retry.
pub(crate) async fn with_timeout<T>(
    store: &Store,
    task: u32,
    answer: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let store = store.clone();
    let timeout = Timeout::new(delivery(&store).timeout.get(), move || {
        let delivery = delivery(&store);
        // Another answer that this task awaits may have been late as well.
        if !delivery.is_current(task) {
            return;
        }
        delivery.give_up();
        delivery.timeout.set((delivery.timeout.get() * 2).min(MAX_TIMEOUT));
        store.state_mut().document.saver.arrived(&[], &Err(Failure::Silent));
        handle_failure(&store, &Failure::Silent);
    });
    let answer = answer.await;
    drop(timeout);
    answer
}

/// Reports that the durable copy cannot be reached, and schedules a retry unless the failure is lasting.
fn handle_failure(store: &Store, failure: &Failure) {
    store.update(|state| {
        if !state.document.saver.is_loaded() && state.document.saver.local_copy().is_partial() {
            state.document.unread = Some(failure.clone());
        }
        state.document.saver.durable_failed(failure.clone());
        let records = all_records(state);
        offer_rescue(state, records);
        report_unrecognized(state);
    });
    feature::each(|it| (it.loaded)(store));
    if failure.is_lasting() {
        return;
    }
    let delivery = delivery(store);
    let delay =
        delivery.retry.borrow().as_ref().map_or(RETRY_DELAY.0, |(_, delay)| (delay * 2).min(RETRY_DELAY.1));
    let store = store.clone();
    *delivery.retry.borrow_mut() = Some((Timeout::new(delay, move || deliver(&store)), delay));
}

/// Sends records that are in the durable copy to the other tabs.
fn broadcast_records(store: &Store, records: &[AnyRecord]) {
    let item = |state: &State, record: &AnyRecord| match record {
        AnyRecord::Tag(it) => Some(backup_tag(it)),
        AnyRecord::Article(it) => Some(backup_article(it)),
        AnyRecord::Annotation(it) => backup_item(it, state.document.session.context()),
    };
    let items: Vec<_> = store.read(|state| records.iter().filter_map(|it| item(state, it)).collect());
    if !items.is_empty() {
        delivery(store).send(&Message::Items(items));
    }
}
