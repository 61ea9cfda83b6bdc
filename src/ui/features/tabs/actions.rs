//! Names this tab, and loads the history and the draft that were saved under its name or left by a closed tab.

use wasm_bindgen_futures::spawn_local;

use super::state::runtime;
use crate::{
    interchange::{DRAFT_KEY, parse_draft},
    storage::{Failure, Lock, LockOutcome, SavedTab, TabItem, TabName, lock},
    text::SortedMap,
    ui::{
        State, Store,
        features::{annotations, document, history},
        platform,
    },
};

/// How long a tab waits for the lock of its own name, in milliseconds: after a reload, the previous page may still hold
/// it. If the lock is taken after that, this tab is a duplicate of another one.
const LOCK_TIMEOUT: u32 = 2_000;

/// How many closed tabs keep their history, for tabs that are opened later.
const MAX_CLOSED_TABS: usize = 8;

/// Finds out the name of this tab, in the background.
pub(super) fn start(store: &Store) {
    adopt_local(store);
    let store = store.clone();
    spawn_local(async move {
        let earlier = store.state_mut().document.saver().tab_state().earlier_name();
        let outcome = match &earlier {
            Some(name) => lock_name(name, LOCK_TIMEOUT).await,
            // This only tells whether the browser supports locks.
            None => lock("glossator", 0).await,
        };
        match (earlier, outcome) {
            (Some(name), LockOutcome::Granted(lock)) => set_name(&store, name, lock),
            (_, LockOutcome::Unsupported) => {
                store.update(|state| state.document.saver().tab_state().set_name(TabName::Nameless));
            }
            (Some(_), LockOutcome::Taken) => claim_new_name(&store).await,
            (None, _) => store.update(|state| state.document.saver().tab_state().set_name(TabName::New)),
        }
        document::deliver(&store);
    });
}

/// Gives this tab a new, unique name.
async fn claim_new_name(store: &Store) {
    let name = format!("{:016x}", platform::replica().0);
    match lock_name(&name, 0).await {
        LockOutcome::Granted(lock) => set_name(store, name, lock),
        LockOutcome::Taken | LockOutcome::Unsupported => {
            store.update(|state| state.document.saver().tab_state().set_name(TabName::Nameless));
        }
    }
}

fn set_name(store: &Store, name: String, lock: Lock) {
    *runtime(store).lock.borrow_mut() = Some(lock);
    store.update(|state| state.document.saver().tab_state().set_name(TabName::Named(name)));
}

/// Gives a new tab the name of the closed tab that was used last, or else a new name. Deletes the data of the oldest
/// closed tabs if there are too many; those with a draft are kept.
async fn adopt_closed_tab(store: &Store, tabs: Vec<SavedTab>) {
    let mut adopted = false;
    let mut closed = 0;
    for it in tabs {
        // A tab whose lock is free is closed. All locks but the first are released at the end of the iteration.
        let LockOutcome::Granted(lock) = lock_name(&it.tab, 0).await else { continue };
        closed += 1;
        if !adopted {
            adopted = true;
            set_name(store, it.tab, lock);
        } else if closed > MAX_CLOSED_TABS && it.draft.is_none() {
            // If this fails, the next new tab tries again.
            let _ = document::delivery(store).durable().delete_tab(&it.tab).await;
        }
    }
    if !adopted {
        claim_new_name(store).await;
    }
}

/// Reads the data of this tab from the durable copy. Returns `None` if that was done already, and otherwise whether it
/// is still this task's turn.
pub(crate) async fn load_tab(store: Store, turn: u32) -> Result<Option<bool>, Failure> {
    let store = &store;
    let (name, unread) = {
        let mut state = store.state_mut();
        let tab_state = state.document.saver().tab_state();
        (tab_state.name().clone(), tab_state.unread().map(str::to_owned))
    };
    if name == TabName::New {
        let tabs = document::with_timeout(store, turn, document::delivery(store).durable().tabs()).await?;
        if is_turn(store, turn) {
            adopt_closed_tab(store, tabs).await;
            runtime(store).adopts_closed_tab.set(true);
        }
        return Ok(Some(is_turn(store, turn)));
    }
    let Some(tab) = unread else { return Ok(None) };
    let (mut saved, set_aside) =
        document::with_timeout(store, turn, document::delivery(store).durable().load_tab(&tab)).await?;
    if runtime(store).adopts_closed_tab.get() && store.read(|state| state.annotations.has_draft()) {
        // This tab already has a draft, so the draft of the closed tab is saved for another tab.
        let drafts: Vec<String> = saved.take_draft().into_iter().collect();
        document::with_timeout(store, turn, document::delivery(store).durable().save_drafts(&drafts)).await?;
    }
    if is_turn(store, turn) {
        let changed = store.update(|state| {
            document::add_set_aside(state, set_aside);
            state.document.saver().reconcile_tab(saved, platform::now())
        });
        adopt(store, changed);
        if runtime(store).adopts_closed_tab.take() {
            adopt_orphaned_draft(store);
        }
    }
    Ok(Some(is_turn(store, turn)))
}

/// Restores steps and the draft from the local copy, when the page is opened and when own articles have been loaded.
pub(crate) fn adopt_local(store: &Store) {
    let items = store.state_mut().document.saver().tab_state().items();
    let has_draft = store.read(|state| state.annotations.has_draft());
    let items = items.into_iter().filter(|(item, _)| !(has_draft && *item == TabItem::Draft));
    adopt(store, items.map(|(item, value)| (item, Some(value))).collect());
}

/// Restores saved steps and the saved draft, as far as their articles are loaded.
fn adopt(store: &Store, items: Vec<(TabItem, Option<String>)>) {
    let (mut steps, mut draft) = (Vec::new(), None);
    for (item, value) in items {
        match (item, value) {
            (TabItem::Draft, value) => draft = Some(value),
            (TabItem::Step(number), Some(value)) => steps.push((number, value)),
            (TabItem::Step(_), None) => {}
        }
    }
    history::adopt_steps(store, &steps);
    match draft {
        Some(Some(draft)) => annotations::adopt_draft(store, &draft),
        Some(None) => annotations::close_draft(store),
        None => {}
    }
}

/// The keys and values of the drafts of this tab and of all others.
pub(crate) async fn drafts(store: &Store) -> Vec<(String, String)> {
    let tabs = document::delivery(store).durable().tabs().await.unwrap_or_default();
    let mut notes: SortedMap<String, String> =
        tabs.into_iter().filter_map(|it| Some((it.tab, it.draft?))).collect();
    let mut state = store.state_mut();
    let tab_state = state.document.saver().tab_state();
    let here = match tab_state.name() {
        TabName::Named(name) => name.clone(),
        _ => "here".to_owned(),
    };
    let draft = tab_state.items().into_iter().find(|(item, _)| *item == TabItem::Draft);
    match draft {
        Some((_, draft)) => _ = notes.insert(here, draft),
        None => _ = notes.remove(&here),
    }
    notes.into_iter().map(|(tab, note)| (format!("{DRAFT_KEY}{tab}"), note)).collect()
}

/// Adopts the latest draft of a closed tab, if this tab has none.
pub(crate) fn adopt_orphaned_draft(store: &Store) {
    let store = store.clone();
    spawn_local(async move {
        let Ok(tabs) = document::delivery(&store).durable().tabs().await else { return };
        for it in tabs {
            let Some(draft) = it.draft else { continue };
            if store.read(|state| state.annotations.has_draft()) {
                return;
            }
            let is_readable = |state: &State| parse_draft(&draft, state.document.session().library()).is_ok();
            if let LockOutcome::Granted(_lock) = lock_name(&it.tab, 0).await
                && store.read(|state| !state.annotations.has_draft() && is_readable(state))
            {
                store.state_mut().document.saver().tab_state().adopt_draft(
                    draft.clone(),
                    it.tab,
                    platform::now(),
                );
                annotations::adopt_draft(&store, &draft);
                document::deliver(&store);
                return;
            }
        }
    });
}

fn is_turn(store: &Store, turn: u32) -> bool {
    document::delivery(store).is_current(turn)
}

/// Requests the lock of a tab's name, which every open tab holds.
async fn lock_name(tab: &str, timeout: u32) -> LockOutcome {
    lock(&format!("glossator:tab:{tab}"), timeout).await
}
