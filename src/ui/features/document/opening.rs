//! Reading what this browser keeps, as the page is opened.

use super::{
    articles::{add_loaded, library_changed},
    delivery::{deliver, delivery, with_timeout},
    edit::refresh,
    other_tabs::message,
    place::first_part,
    status::{leave_alone, put_aside, tell_left_alone},
};
use crate::{
    annotation::Record,
    storage::{Channel, Failure, Found, both},
    text::{ArticleId, Span},
    ui::{Store, feature, platform},
};

/// Reads the quick place.
pub(super) fn load_local(store: &Store) {
    let touched = {
        let mut state = store.state_mut();
        let state = &mut *state;
        let (articles, texts): (Vec<_>, Vec<_>) =
            state.document.saver.local_copy().load_articles().into_iter().unzip();
        state.document.session.add_texts(texts.into_iter().flatten());
        state.document.session.merge_articles(articles);
        library_changed(state);
        let loaded = state.document.saver.local_copy().load();
        state.document.unread = loaded.failure;
        put_aside(state, loaded.set_aside);
        leave_alone(state, loaded.unrecognized);
        state.document.session.merge(loaded.records).change.touched
    };
    refresh(store, &touched);
}

/// Takes in what is known first, before the rest has been read; whether there was something to be seen of it.
fn add_first(store: &Store, records: Vec<Record>) -> bool {
    if records.is_empty() {
        return false;
    }
    let touched = {
        let mut state = store.state_mut();
        // These are not brought to the quick place any more.
        state.document.saver.local_copy().mark_partial();
        state.document.session.merge(records).change.touched
    };
    show_loaded(store, &touched);
    !touched.is_empty()
}

/// Takes in what was read from the durable copy.
fn add_found(store: &Store, found: Found) {
    let delivery = delivery(store);
    *delivery.untidy.borrow_mut() = Some(found.compaction);
    let touched = {
        let mut state = store.state_mut();
        let state = &mut *state;
        *delivery.surplus.borrow_mut() = state.document.saver.local_copy().surplus();
        state.document.unread = None;
        put_aside(state, found.set_aside);
        leave_alone(state, found.unrecognized);
        tell_left_alone(state);
        let newer = state.document.saver.reconcile(state.document.session.records(), found.records);
        if let Some(failure) = found.failure {
            state.document.saver.durable_failed(failure);
        }
        state.document.session.merge(newer).change.touched
    };
    show_loaded(store, &touched);
    feature::each(|it| (it.read)(store));
}

/// Shows what has been read. The text was drawn a moment ago, and its highlights are to be seen before what is around
/// them, as it was.
fn show_loaded(store: &Store, touched: &[(ArticleId, Span)]) {
    if !touched.is_empty() {
        store.paint_text_next();
    }
    refresh(store, touched);
}

/// Reads the durable copy; whether it is still this one's turn.
pub(super) async fn read_durable(store: &Store, turn: u32) -> Result<bool, Failure> {
    with_timeout(store, turn, delivery(store).durable().store().ensure_open()).await?;
    if !delivery(store).is_turn(turn) {
        return Ok(false);
    }
    let here = store.read(|state| state.document.session.articles().texts());
    let part = first_part(store);
    let texts = async {
        let articles = with_timeout(store, turn, delivery(store).durable().load_articles(&here)).await;
        let taken = articles.map(|articles| {
            if delivery(store).is_turn(turn) {
                add_loaded(store, articles);
            }
        });
        // Who reads begins with the text, and not with its highlights.
        platform::yield_to_browser().await;
        taken
    };
    let (texts, begun) =
        both(texts, with_timeout(store, turn, delivery(store).durable().begin(part.as_ref()))).await;
    texts?;
    let mut reading = begun?;
    if !delivery(store).is_turn(turn) {
        return Ok(false);
    }
    if add_first(store, delivery(store).durable().first_records(&mut reading)) {
        feature::each(|it| (it.part_read)(store));
        platform::next_paint().await;
    }
    let found = with_timeout(store, turn, delivery(store).durable().finish(reading)).await?;
    // Where it was given up, another attempt is under way, which must not be crossed.
    let in_turn = delivery(store).is_turn(turn);
    if in_turn {
        add_found(store, found);
        feature::each(|it| (it.loaded)(store));
    }
    Ok(in_turn)
}

/// Begins to read what this browser keeps, and to listen to the other tabs.
pub(super) fn start(store: &Store) {
    load_local(store);
    let channel = {
        let store = store.clone();
        Channel::open(move |it| message(&store, it))
    };
    *delivery(store).channel.borrow_mut() = channel;
    deliver(store);
}
