//! The durable copy, the channel to other tabs, and what is being done with them.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo::timers::callback::Timeout;

use crate::{
    annotation::Context,
    storage::{Channel, Compaction, DurableCopy, IndexedDb, Message},
    ui::Store,
};

/// After this time without an answer, in milliseconds, a request to the durable copy counts as failed.
pub(super) const TIMEOUT: u32 = 8_000;

/// The durable copy, the channel to other tabs, and what is being done with them.
pub(crate) struct Delivery {
    pub(super) durable: DurableCopy<IndexedDb>,
    pub(super) channel: RefCell<Option<Channel>>,
    /// The number of the task that may use the durable copy. Incremented when a task that does not answer is given up.
    pub(super) current_task: Cell<u32>,
    pub(super) busy: Cell<bool>,
    /// How long to wait for the next answer, in milliseconds.
    pub(super) timeout: Cell<u32>,
    /// The next attempt to reach the durable copy, and its delay in milliseconds.
    pub(super) retry: RefCell<Option<(Timeout, u32)>>,
    /// Resumes saving if another tab that is deleting everything is closed before it finishes.
    pub(super) clearing_timeout: RefCell<Option<Timeout>>,
    /// Keys that can be removed from the local copy when idle, because the durable copy has them.
    pub(super) trimmable: RefCell<Vec<String>>,
    /// What can be compacted in the durable copy when idle.
    pub(super) compaction: RefCell<Option<Compaction>>,
}

impl Delivery {
    pub(super) fn new(context: Context) -> Self {
        Self {
            durable: DurableCopy::new(IndexedDb::default(), context),
            channel: RefCell::default(),
            current_task: Cell::default(),
            busy: Cell::default(),
            timeout: Cell::new(TIMEOUT),
            retry: RefCell::default(),
            clearing_timeout: RefCell::default(),
            trimmable: RefCell::default(),
            compaction: RefCell::default(),
        }
    }

    /// The durable copy.
    pub(crate) fn durable(&self) -> &DurableCopy<IndexedDb> {
        &self.durable
    }

    /// True if the task with this number may still use the durable copy.
    pub(crate) fn is_current(&self, task: u32) -> bool {
        self.current_task.get() == task
    }

    /// Gives up the current task, if there is one, and closes its connection.
    pub(super) fn give_up(&self) {
        self.current_task.set(self.current_task.get() + 1);
        self.busy.set(false);
        self.durable.store().disconnect();
    }

    /// Sends a message to the other tabs.
    pub(super) fn send(&self, message: &Message) {
        if let Some(channel) = self.channel.borrow().as_ref() {
            channel.send(message);
        }
    }
}

/// The page's [`Delivery`].
pub(crate) fn delivery(store: &Store) -> Rc<Delivery> {
    store.read(|state| Rc::clone(&state.document.delivery))
}
