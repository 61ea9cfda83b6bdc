//! What this tab holds as long as it is open.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use crate::{storage::Lock, ui::Store};

/// The slice of this tab.
#[derive(Default)]
pub(crate) struct Tab {
    runtime: Rc<Runtime>,
}

/// State that is not rendered and lives as long as the tab.
#[derive(Default)]
pub(super) struct Runtime {
    /// Tells other tabs that this one is open.
    pub(super) lock: RefCell<Option<Lock>>,
    /// True if this tab is new and is to adopt the history of a closed tab.
    pub(super) adopts_closed_tab: Cell<bool>,
}

/// The state of this tab that is not rendered.
pub(super) fn runtime(store: &Store) -> Rc<Runtime> {
    store.read(|state| Rc::clone(&state.tabs.runtime))
}
