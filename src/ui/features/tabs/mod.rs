//! Which tab this is, and what it takes over from one that was closed: its history and its note without a tag.

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
    task: Some(|store, turn| Box::pin(actions::read_own(store.clone(), turn))),
    ..Feature::NONE
};

pub(crate) type Slice = Tab;

/// This tab.
#[derive(Default)]
pub(crate) struct Tab {
    runtime: Rc<Runtime>,
}

/// What holds for as long as this tab is open.
#[derive(Default)]
struct Runtime {
    /// Tells other tabs that this one is open.
    lock: RefCell<Option<Lock>>,
    /// True if this tab is new and is to adopt the history of a closed tab.
    adopts: Cell<bool>,
}

fn runtime(store: &Store) -> Rc<Runtime> {
    store.read(|state| Rc::clone(&state.tabs.runtime))
}
