//! Work that takes long: it yields to the browser again and again, shows its progress, and can be cancelled.

mod view;

use std::{cell::Cell, rc::Rc};

use yew::html;

use super::progress::view::ProgressBar;
use crate::ui::{Store, feature::Feature, features::dialogs, parts::dialog::Dialog, platform};

pub(crate) const FEATURE: Feature = Feature::NONE;

pub(crate) type Slice = CurrentWork;

static PROGRESS: Dialog =
    Dialog { on_close: cancel, ..Dialog::new("progress", "Please wait", || html! { <ProgressBar /> }) };

/// The work that the person waits for.
#[derive(Debug, Default)]
pub(crate) struct CurrentWork {
    current: Option<Progress>,
}

/// How long the browser is kept from drawing and from what the person does, in milliseconds.
const SLICE: f64 = 12.0;

/// How many values of a file are read between two looks at the clock.
pub(crate) const VALUES: usize = 8;

/// How long work goes on before it is shown, in milliseconds: what is done at once only flickers.
const UNSEEN: f64 = 300.0;

/// What is shown of work under way.
#[derive(Clone, Debug)]
struct Progress {
    /// What is being done.
    pub(crate) what: String,
    /// How much of it is done, in hundredths.
    pub(crate) percent: u32,
    called_off: Rc<Cell<bool>>,
}

impl PartialEq for Progress {
    fn eq(&self, other: &Self) -> bool {
        (self.percent, &self.what) == (other.percent, &other.what)
    }
}

/// The person called the work off.
#[derive(Debug)]
pub(crate) struct Cancelled;

/// Work under way. It is over when this is dropped.
pub(crate) struct Work {
    store: Store,
    /// Whether the person is shown it.
    seen: bool,
    called_off: Rc<Cell<bool>>,
    began: f64,
    slice: f64,
}

/// Begins work that the person waits for; nothing while there is other such work, which is said.
pub(crate) fn begin(store: &Store, what: String) -> Option<Work> {
    let mut work = begin_unseen(store);
    let called_off = Rc::clone(&work.called_off);
    work.seen = store.update(|state| {
        if state.progress.current.is_some() {
            state.notices.fail("Please wait: another file is still being read or written.");
            return false;
        }
        state.progress.current = Some(Progress { what, percent: 0, called_off });
        true
    });
    work.seen.then_some(work)
}

/// Begins work that nobody waits for.
pub(crate) fn begin_unseen(store: &Store) -> Work {
    let now = platform::milliseconds();
    Work { store: store.clone(), seen: false, called_off: Rc::default(), began: now, slice: now }
}

/// Calls off the work that the person waits for.
fn cancel(store: &Store) {
    store.read(|state| {
        if let Some(work) = &state.progress.current {
            work.called_off.set(true);
        }
    });
}

impl Work {
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// Says what is being done now.
    pub(crate) fn name(&self, what: String) {
        self.show(|progress| progress.what = what);
    }

    /// Whether the browser has been kept long enough, so that the next rest gives way to it.
    pub(crate) fn is_due(&self) -> bool {
        platform::milliseconds() - self.slice >= SLICE
    }

    /// Gives way to the browser, when it has been kept long enough. `done` of `all` is behind.
    pub(crate) async fn rest(&mut self, done: usize, all: usize) -> Result<(), Cancelled> {
        if !self.is_due() {
            return Ok(());
        }
        let percent = (100 * done as u64 / all.max(1) as u64).min(100) as u32;
        self.show(|progress| progress.percent = percent);
        let long = platform::milliseconds() - self.began > UNSEEN;
        if self.seen && long && self.store.read(|state| state.dialogs.current() != Some(&PROGRESS)) {
            dialogs::open(&self.store, &PROGRESS);
        }
        platform::yield_to_browser().await;
        self.slice = platform::milliseconds();
        if self.called_off.get() { Err(Cancelled) } else { Ok(()) }
    }

    fn show(&self, change: impl FnOnce(&mut Progress)) {
        if self.seen {
            self.store.update(|state| state.progress.current.as_mut().map(change));
        }
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if self.seen {
            self.store.update(|state| {
                state.progress.current = None;
                state.dialogs.close(&PROGRESS);
            });
        }
    }
}
