//! Which tab this is, and what it or the one before it has left: its history, and its note without a tag.

use wasm_bindgen_futures::spawn_local;

use super::runtime;
use crate::{
    interchange::{DRAFT_KEY, parse_draft},
    storage::{Asked, Failure, Leaf, LeftBy, Lock, Name, lock},
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

async fn lock_of(tab: &str, patience: u32) -> Asked {
    lock(&format!("glossator:tab:{tab}"), patience).await
}

/// Finds out which tab this is. Nobody waits for it.
pub(super) fn start(store: &Store) {
    let store = store.clone();
    spawn_local(async move {
        let earlier = store.state_mut().document.keeper().notebook().earlier_name();
        let asked = match &earlier {
            Some(name) => lock_of(name, LOCK_TIMEOUT).await,
            // Whether there are locks at all.
            None => lock("glossator", 0).await,
        };
        match (earlier, asked) {
            (Some(name), Asked::Ours(lock)) => set_name(&store, name, lock),
            (_, Asked::None) => {
                store.update(|state| state.document.keeper().notebook().set_name(Name::Nameless));
            }
            (Some(_), Asked::Taken) => claim_new_name(&store).await,
            (None, _) => store.update(|state| state.document.keeper().notebook().set_name(Name::New)),
        }
        document::deliver(&store);
    });
}

/// Gives this tab a name that no other has.
async fn claim_new_name(store: &Store) {
    let name = format!("{:016x}", platform::replica().0);
    match lock_of(&name, 0).await {
        Asked::Ours(lock) => set_name(store, name, lock),
        Asked::Taken | Asked::None => {
            store.update(|state| state.document.keeper().notebook().set_name(Name::Nameless));
        }
    }
}

fn set_name(store: &Store, name: String, lock: Lock) {
    *runtime(store).lock.borrow_mut() = Some(lock);
    store.update(|state| state.document.keeper().notebook().set_name(Name::Named(name)));
}

/// Gives a new tab the name of the one that was used last and is gone, or a name of its own; and forgets what too many
/// that are gone have left.
async fn adopt_closed_tab(store: &Store, tabs: Vec<LeftBy>) {
    let mut heir = false;
    let mut gone = 0;
    for it in tabs {
        // What is gone is let go again at the end of this, but for the first.
        let Asked::Ours(lock) = lock_of(&it.tab, 0).await else { continue };
        gone += 1;
        if !heir {
            heir = true;
            set_name(store, it.tab, lock);
        } else if gone > MAX_CLOSED_TABS && it.draft.is_none() {
            // What cannot be forgotten now is tried again by the next tab.
            let _ = document::delivery(store).durable().forget(&it.tab).await;
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
        let notebook = state.document.keeper().notebook();
        (notebook.name().clone(), notebook.unread().map(str::to_owned))
    };
    if name == Name::New {
        let tabs = document::with_timeout(store, turn, document::delivery(store).durable().tabs()).await?;
        if is_turn(store, turn) {
            adopt_closed_tab(store, tabs).await;
            runtime(store).adopts.set(true);
        }
        return Ok(Some(is_turn(store, turn)));
    }
    let Some(tab) = unread else { return Ok(None) };
    let (mut left, asides) =
        document::with_timeout(store, turn, document::delivery(store).durable().left_by(&tab)).await?;
    if runtime(store).adopts.get() && store.read(|state| state.annotations.has_draft()) {
        // Somebody has begun a note here: that of the tab that is gone is left for another.
        let drafts: Vec<String> = left.take_draft().into_iter().collect();
        document::with_timeout(store, turn, document::delivery(store).durable().leave(&drafts)).await?;
    }
    if is_turn(store, turn) {
        let news = store.update(|state| {
            document::put_aside(state, asides);
            state.document.keeper().reconcile_own(left, platform::now())
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
    let quick = store.state_mut().document.keeper().notebook().quick();
    let has_draft = store.read(|state| state.annotations.has_draft());
    let items = quick.into_iter().filter(|(leaf, _)| !(has_draft && *leaf == Leaf::Draft));
    adopt(store, items.map(|(leaf, value)| (leaf, Some(value))).collect());
}

/// Takes up steps and a note as they are kept, as far as their articles are here.
fn adopt(store: &Store, items: Vec<(Leaf, Option<String>)>) {
    let (mut steps, mut draft) = (Vec::new(), None);
    for (leaf, value) in items {
        match (leaf, value) {
            (Leaf::Draft, value) => draft = Some(value),
            (Leaf::Step(number), Some(value)) => steps.push((number, value)),
            (Leaf::Step(_), None) => {}
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
    let notebook = state.document.keeper().notebook();
    let here = match notebook.name() {
        Name::Named(name) => name.clone(),
        _ => "here".to_owned(),
    };
    let draft = notebook.quick().into_iter().find(|(leaf, _)| *leaf == Leaf::Draft);
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
            if let Asked::Ours(_lock) = lock_of(&it.tab, 0).await
                && store.read(|state| !state.annotations.has_draft() && is_of_here(state))
            {
                store.state_mut().document.keeper().notebook().inherit(
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
    document::delivery(store).is_turn(turn)
}
