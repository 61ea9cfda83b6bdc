//! Deleting everything that this browser has saved for the page.

use wasm_bindgen_futures::spawn_local;

use super::{
    delivery::delivery,
    edit::settle,
    state::{all_records, rewrite},
};
use crate::{
    storage::{DurableStore as _, Failure, Message},
    ui::{Store, feature, platform},
};

/// Has everything on this page kept, whatever is kept already.
pub(super) fn save_all(store: &Store) {
    let records = {
        let mut state = store.state_mut();
        state.document.saver.set_closed(false);
        all_records(&state)
    };
    settle(store, rewrite(records));
}

/// Nothing is kept any more: the page is as on the first visit.
pub(super) fn restart(store: &Store) {
    feature::each(|it| (it.cleared)(store));
    store.state_mut().document.saver.tab_state().clear();
    platform::reload();
}

/// Deletes everything that this browser keeps for the page, in every tab.
pub(crate) fn delete_everything(store: &Store) {
    let store = store.clone();
    spawn_local(async move {
        delivery(&store).tell(&Message::Clearing);
        store.update(|state| state.document.saver.set_closed(true));
        let durable = match delivery(&store).durable().store().clear().await {
            // There is nothing where there can be nothing.
            Err(Failure::Absent | Failure::Blocked) => Ok(()),
            other => other,
        };
        let quick = match store.state_mut().document.saver.local_copy().clear() {
            Err(Failure::Absent | Failure::Blocked) => Ok(()),
            other => other,
        };
        delivery(&store).tell(&Message::Cleared);
        match durable.and(quick) {
            Ok(()) => restart(&store),
            Err(failure) => {
                let what = format!(
                    "Not everything could be deleted: {failure}. Everything on this page is still here."
                );
                store.update(|state| state.notices.fail(what));
                save_all(&store);
            }
        }
    });
}
