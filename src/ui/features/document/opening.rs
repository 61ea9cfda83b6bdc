//! Loading saved tags, articles and annotations from both copies as the page opens.

use super::{
    articles::merge_loaded,
    context::context_changed,
    deliver::{deliver, with_timeout},
    delivery::delivery,
    notify::refresh,
    other_tabs::handle_message,
    place::first_part,
    state::all_records,
    status::{add_set_aside, add_unrecognized, merge_saved, offer_rescue, report_unrecognized},
};
use crate::{
    annotation::Record,
    storage::{Channel, Failure, Found, both},
    text::{ArticleId, Span},
    ui::{Store, feature, platform},
};

/// Loads the local copy.
fn load_local(store: &Store) {
    let touched = {
        let mut state = store.state_mut();
        let state = &mut *state;
        let tags = state.document.saver.local_copy().load_tags();
        add_set_aside(state, tags.set_aside);
        add_unrecognized(state, tags.unrecognized);
        state.document.session.merge_tags(tags.tags);
        let (articles, texts): (Vec<_>, Vec<_>) =
            state.document.saver.local_copy().load_articles().into_iter().unzip();
        state.document.session.add_texts(texts.into_iter().flatten());
        state.document.session.merge_articles(articles);
        context_changed(state);
        let loaded = state.document.saver.local_copy().load();
        state.document.unread = tags.failure.or(loaded.failure);
        add_set_aside(state, loaded.set_aside);
        add_unrecognized(state, loaded.unrecognized);
        state.document.session.merge(loaded.records).change.touched
    };
    refresh(store, &touched);
}

/// Merges and shows the records that are read first. Returns true if any is visible on the page.
fn show_first_records(store: &Store, records: Vec<Record>) -> bool {
    if records.is_empty() {
        return false;
    }
    let touched = {
        let mut state = store.state_mut();
        // These records are not copied to the local copy any more.
        state.document.saver.local_copy().mark_partial();
        state.document.session.merge(records).change.touched
    };
    show_loaded(store, &touched);
    !touched.is_empty()
}

/// Merges and shows everything that was read from the durable copy.
fn show_all_records(store: &Store, found: Found) {
    let delivery = delivery(store);
    *delivery.compaction.borrow_mut() = Some(found.compaction);
    let touched = {
        let mut state = store.state_mut();
        let state = &mut *state;
        *delivery.trimmable.borrow_mut() = state.document.saver.local_copy().surplus();
        state.document.unread = None;
        add_set_aside(state, found.set_aside);
        add_unrecognized(state, found.unrecognized);
        report_unrecognized(state);
        let newer = state.document.saver.reconcile(state.document.session.records(), found.records);
        if let Some(failure) = found.failure {
            state.document.saver.durable_failed(failure);
        }
        state.document.session.merge(newer).change.touched
    };
    show_loaded(store, &touched);
    feature::each(|it| (it.read)(store));
}

/// Redraws passages after loading. Their highlights are painted before the rest of the page is updated.
fn show_loaded(store: &Store, touched: &[(ArticleId, Span)]) {
    if !touched.is_empty() {
        store.paint_text_next();
    }
    refresh(store, touched);
}

/// Reads the durable copy. Returns `None` if that was done already, and otherwise false if the task was given up
/// meanwhile.
pub(super) async fn read_durable(store: Store, task: u32) -> Result<Option<bool>, Failure> {
    let store = &store;
    if store.read(|state| state.document.saver.is_loaded()) {
        return Ok(None);
    }
    with_timeout(store, task, delivery(store).durable().store().ensure_open()).await?;
    if !delivery(store).is_current(task) {
        return Ok(Some(false));
    }
    let texts_loaded = store.read(|state| state.document.session.articles().texts());
    let range = first_part(store);
    let texts = async {
        let articles =
            with_timeout(store, task, delivery(store).durable().load_articles(&texts_loaded)).await;
        let merged = articles.map(|articles| {
            if delivery(store).is_current(task) {
                merge_loaded(store, articles);
            }
        });
        // Let the browser paint the text first; the highlights follow.
        platform::yield_to_browser().await;
        merged
    };
    let (texts, reading) =
        both(texts, with_timeout(store, task, delivery(store).durable().begin(range.as_ref()))).await;
    texts?;
    let mut reading = reading?;
    if !delivery(store).is_current(task) {
        return Ok(Some(false));
    }
    if show_first_records(store, delivery(store).durable().first_records(&mut reading)) {
        feature::each(|it| (it.part_read)(store));
        platform::next_paint().await;
    }
    let found = with_timeout(store, task, delivery(store).durable().finish(reading)).await?;
    // If this task was given up, another attempt is running. Do not interfere with it.
    let is_current = delivery(store).is_current(task);
    if is_current {
        show_all_records(store, found);
        feature::each(|it| (it.loaded)(store));
    }
    Ok(Some(is_current))
}

/// Starts loading both copies and listening to other tabs.
pub(super) fn start(store: &Store) {
    load_local(store);
    let channel = {
        let store = store.clone();
        Channel::open(move |it| handle_message(&store, it))
    };
    *delivery(store).channel.borrow_mut() = channel;
    deliver(store);
}

/// Tries again to read and to save what failed. Gives up an attempt that is under way, because it may never end.
pub(crate) fn retry(store: &Store) {
    if delivery(store).busy.get() {
        delivery(store).give_up();
        store.state_mut().document.saver.arrived(&[], &Err(Failure::Silent));
    }
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
        merge_saved(state, saved, true)
    };
    refresh(store, &touched);
    // If this attempt fails too, the delays start short again.
    delivery(store).retry.borrow_mut().take();
    deliver(store);
}
