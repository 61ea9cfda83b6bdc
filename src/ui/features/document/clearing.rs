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

/// Deletes everything that this browser has saved for the page, and reloads every tab.
pub(crate) fn delete_everything(store: &Store) {
    let store = store.clone();
    spawn_local(async move {
        delivery(&store).send(&Message::Clearing);
        store.update(|state| state.document.saver.set_closed(true));
        let durable = match delivery(&store).durable().store().clear().await {
            // If this browser has no database, there is nothing to delete.
            Err(Failure::Absent | Failure::Blocked) => Ok(()),
            other => other,
        };
        let local = match store.state_mut().document.saver.local_copy().clear() {
            Err(Failure::Absent | Failure::Blocked) => Ok(()),
            other => other,
        };
        delivery(&store).send(&Message::Cleared);
        match durable.and(local) {
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

/// Saves everything on this page again, whatever is saved already. Resumes saving after an interrupted deletion.
pub(super) fn save_all(store: &Store) {
    let records = {
        let mut state = store.state_mut();
        state.document.saver.set_closed(false);
        all_records(&state)
    };
    settle(store, rewrite(records));
}

/// Reloads the page as on a first visit, after everything was deleted.
pub(super) fn restart(store: &Store) {
    feature::each(|it| (it.cleared)(store));
    store.state_mut().document.saver.tab_state().clear();
    platform::reload();
}
