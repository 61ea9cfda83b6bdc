//! Own articles as the durable copy and other tabs have them.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::{
    delivery::{deliver, delivery},
    edit::refresh,
    status::{leave_alone, put_aside, tell_missing},
};
use crate::{
    annotation::ArticleRecord,
    storage::{Due, FoundArticles, read_again},
    text::{ArticleId, Span, Text},
    ui::{State, Store, feature},
};

/// Tells those who keep records what the articles are now, and reads what waited for one; the passages to draw anew.
pub(super) fn library_changed(state: &mut State) -> Vec<(ArticleId, Span)> {
    let library = state.document.session.library().clone();
    state.document.keeper.store().know(library.clone());
    state.document.delivery.durable.know(library.clone());
    if state.document.left_alone.is_empty() {
        return Vec::new();
    }
    let records = read_again(&mut state.document.left_alone, &library);
    let change = state.document.session.merge(records).change;
    // Until the durable copy has been read, they are compared with it when it is.
    if state.document.keeper.is_open() {
        state.document.keeper.send(change.records, Due { quick: true, durable: true });
    }
    change.touched
}

/// Takes in own articles as the durable copy has them.
pub(super) fn add_loaded(store: &Store, found: FoundArticles) {
    let touched = {
        let mut state = store.state_mut();
        let state = &mut *state;
        put_aside(state, found.set_aside);
        leave_alone(state, found.left_alone);
        state.document.session.take_texts(found.texts);
        let newer = state
            .document
            .keeper
            .reconcile_articles(state.document.session.articles().records(), found.records);
        state.document.session.merge_articles(newer);
        if let Some(failure) = found.failure {
            state.document.keeper.fails(failure);
        }
        tell_missing(state);
        library_changed(state)
    };
    refresh(store, &touched);
    feature::each(|it| (it.articles_changed)(store));
}

/// Another tab has this of an own article; `durable` when it is in the durable copy already. Where its text is not here
/// it is fetched first.
pub(super) fn receive(store: &Store, state: &mut State, record: ArticleRecord, durable: bool) {
    let needed = record.sha256().filter(|it| state.document.session.articles().text(it).is_none()).cloned();
    let near = needed.as_ref().and_then(|it| state.document.keeper.store().text(it));
    let store = store.clone();
    spawn_local(async move {
        let text = match (needed, near) {
            (Some(sha256), None) => delivery(&store).durable().text(&sha256).await.ok().flatten(),
            (_, near) => near,
        };
        add_received(&store, record, text, durable);
    });
}

fn add_received(store: &Store, record: ArticleRecord, text: Option<Rc<Text>>, durable: bool) {
    let touched = {
        let mut state = store.state_mut();
        let state = &mut *state;
        state.document.session.take_texts(text);
        let changed = state.document.session.merge_articles([record]);
        if !durable {
            // The tab that wrote it may be gone before it is in the durable copy.
            state.document.keeper.send(changed, Due { quick: false, durable: true });
        }
        library_changed(state)
    };
    refresh(store, &touched);
    feature::each(|it| (it.articles_changed)(store));
    deliver(store);
}
