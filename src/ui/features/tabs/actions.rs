//! Which tab this is, and what it or the one before it has left: its history, and its note without a tag.

use wasm_bindgen_futures::spawn_local;

use super::runtime;
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

/// So many milliseconds a tab waits for the lock of its own name, since its page from before it was loaded again may
/// not be gone yet. Whoever has it after that is another tab, of which this is a copy.
const LOCK_TIMEOUT: u32 = 2_000;

/// The histories of so many tabs that are gone are kept, for the next that are opened.
const MAX_CLOSED_TABS: usize = 8;

async fn lock_of(tab: &str, patience: u32) -> LockOutcome {
    lock(&format!("glossator:tab:{tab}"), patience).await
}

/// Finds out which tab this is. Nobody waits for it.
pub(super) fn start(store: &Store) {
    let store = store.clone();
    spawn_local(async move {
        let earlier = store.state_mut().document.saver().tab_state().earlier_name();
        let asked = match &earlier {
            Some(name) => lock_of(name, LOCK_TIMEOUT).await,
            // Whether there are locks at all.
            None => lock("glossator", 0).await,
        };
        match (earlier, asked) {
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

/// Gives this tab a name that no other has.
async fn claim_new_name(store: &Store) {
    let name = format!("{:016x}", platform::replica().0);
    match lock_of(&name, 0).await {
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

/// Gives a new tab the name of the one that was used last and is gone, or a name of its own; and forgets what too many
/// that are gone have left.
async fn adopt_closed_tab(store: &Store, tabs: Vec<SavedTab>) {
    let mut heir = false;
    let mut gone = 0;
    for it in tabs {
        // What is gone is let go again at the end of this, but for the first.
        let LockOutcome::Granted(lock) = lock_of(&it.tab, 0).await else { continue };
        gone += 1;
        if !heir {
            heir = true;
            set_name(store, it.tab, lock);
        } else if gone > MAX_CLOSED_TABS && it.draft.is_none() {
            // What cannot be forgotten now is tried again by the next tab.
            let _ = document::delivery(store).durable().delete_tab(&it.tab).await;
        }
    }
    if !heir {
        claim_new_name(store).await;
    }
}

/// Reads what the durable copy has of this tab, where that was not done: whether there was something to do, and whether
/// it is this one's turn to go on.
pub(crate) async fn read_own(store: Store, turn: u32) -> Result<Option<bool>, Failure> {
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
            runtime(store).adopts.set(true);
        }
        return Ok(Some(is_turn(store, turn)));
    }
    let Some(tab) = unread else { return Ok(None) };
    let (mut left, asides) =
        document::with_timeout(store, turn, document::delivery(store).durable().load_tab(&tab)).await?;
    if runtime(store).adopts.get() && store.read(|state| state.annotations.has_draft()) {
        // Somebody has begun a note here: that of the tab that is gone is left for another.
        let drafts: Vec<String> = left.take_draft().into_iter().collect();
        document::with_timeout(store, turn, document::delivery(store).durable().save_drafts(&drafts)).await?;
    }
    if is_turn(store, turn) {
        let news = store.update(|state| {
            document::add_set_aside(state, asides);
            state.document.saver().reconcile_tab(left, platform::now())
        });
        adopt(store, news);
        if runtime(store).adopts.take() {
            adopt_orphaned_draft(store);
        }
    }
    Ok(Some(is_turn(store, turn)))
}

/// Takes up what this tab has at hand, as the page is opened and when own articles have come.
pub(crate) fn adopt_local(store: &Store) {
    let quick = store.state_mut().document.saver().tab_state().items();
    let has_draft = store.read(|state| state.annotations.has_draft());
    let items = quick.into_iter().filter(|(item, _)| !(has_draft && *item == TabItem::Draft));
    adopt(store, items.map(|(item, value)| (item, Some(value))).collect());
}

/// Takes up steps and a note as they are kept, as far as their articles are here.
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

/// Keys and values of the notes without a tag, of this tab and of all others.
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

/// Takes up the latest note that a tab has left which is gone, if this one has none.
pub(crate) fn adopt_orphaned_draft(store: &Store) {
    let store = store.clone();
    spawn_local(async move {
        let Ok(tabs) = document::delivery(&store).durable().tabs().await else { return };
        for it in tabs {
            let Some(draft) = it.draft else { continue };
            if store.read(|state| state.annotations.has_draft()) {
                return;
            }
            let is_of_here = |state: &State| parse_draft(&draft, state.document.session().library()).is_ok();
            if let LockOutcome::Granted(_lock) = lock_of(&it.tab, 0).await
                && store.read(|state| !state.annotations.has_draft() && is_of_here(state))
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
