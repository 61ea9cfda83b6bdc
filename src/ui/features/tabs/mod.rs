//! The identity of this tab, and the history and draft that it restores or adopts from a closed tab.

mod actions;

pub(crate) use actions::adopt_orphaned_draft;
pub(crate) use actions::drafts;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use crate::{
    storage::Lock,
    ui::{Store, feature::Feature},
};

pub(crate) const FEATURE: Feature = Feature {
    start: actions::start,
    read: actions::adopt_local,
    task: Some(|store, turn| Box::pin(actions::load_tab(store.clone(), turn))),
    ..Feature::NONE
};

pub(crate) type Slice = Tab;

/// The slice of this tab.
#[derive(Default)]
pub(crate) struct Tab {
    runtime: Rc<Runtime>,
}

/// State that is not rendered and lives as long as the tab.
#[derive(Default)]
struct Runtime {
    /// Tells other tabs that this one is open.
    lock: RefCell<Option<Lock>>,
    /// True if this tab is new and is to adopt the history of a closed tab.
    adopts_closed_tab: Cell<bool>,
}

fn runtime(store: &Store) -> Rc<Runtime> {
    store.read(|state| Rc::clone(&state.tabs.runtime))
}
