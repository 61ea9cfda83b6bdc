//! Work that takes long: it gives way to the browser again and again, shows how far it is, and can be called off.

use std::{cell::Cell, rc::Rc};

use super::{App, Dialog};
use crate::ui::platform;

/// How long the browser is kept from drawing and from what the person does, in milliseconds.
const SLICE: f64 = 12.0;

/// How many values of a file are read between two looks at the clock.
pub(super) const VALUES: usize = 8;

/// How long work goes on before it is shown, in milliseconds: what is done at once only flickers.
const UNSEEN: f64 = 300.0;

/// What is shown of work under way.
#[derive(Clone, Debug)]
pub(in crate::ui) struct Progress {
    /// What is being done.
    pub(in crate::ui) what: String,
    /// How much of it is done, in hundredths.
    pub(in crate::ui) percent: u32,
    called_off: Rc<Cell<bool>>,
}

impl PartialEq for Progress {
    fn eq(&self, other: &Self) -> bool {
        (self.percent, &self.what) == (other.percent, &other.what)
    }
}

/// The person called the work off.
#[derive(Debug)]
pub(super) struct CalledOff;

/// Work under way. It is over when this is dropped.
pub(super) struct Work {
    app: App,
    /// Whether the person is shown it.
    seen: bool,
    called_off: Rc<Cell<bool>>,
    began: f64,
    slice: f64,
}

impl App {
    /// Begins work that the person waits for; nothing while there is other such work, which is said.
    pub(super) fn begin(&self, what: String) -> Option<Work> {
        let mut work = self.begin_unseen();
        let called_off = Rc::clone(&work.called_off);
        work.seen = self.update(|state| {
            if state.work.is_some() {
                state.fail("One thing after the other: something is being read or written still.");
                return false;
            }
            state.work = Some(Progress { what, percent: 0, called_off });
            true
        });
        work.seen.then_some(work)
    }

    /// Begins work that nobody waits for.
    pub(super) fn begin_unseen(&self) -> Work {
        let now = platform::milliseconds();
        Work { app: self.clone(), seen: false, called_off: Rc::default(), began: now, slice: now }
    }

    /// Calls off the work that the person waits for.
    pub(in crate::ui) fn call_off(&self) {
        self.read(|state| {
            if let Some(work) = &state.work {
                work.called_off.set(true);
            }
        });
    }
}

impl Work {
    pub(super) fn app(&self) -> &App {
        &self.app
    }

    /// Says what is being done now.
    pub(super) fn name(&self, what: String) {
        self.show(|progress| progress.what = what);
    }

    /// Whether the browser has been kept long enough, so that the next rest gives way to it.
    pub(super) fn is_due(&self) -> bool {
        platform::milliseconds() - self.slice >= SLICE
    }

    /// Gives way to the browser, when it has been kept long enough. `done` of `all` is behind.
    pub(super) async fn rest(&mut self, done: usize, all: usize) -> Result<(), CalledOff> {
        if !self.is_due() {
            return Ok(());
        }
        let percent = (100 * done as u64 / all.max(1) as u64).min(100) as u32;
        self.show(|progress| progress.percent = percent);
        let long = platform::milliseconds() - self.began > UNSEEN;
        if self.seen && long && self.app.read(|it| it.dialog != Some(Dialog::Progress)) {
            self.app.dialog(Some(Dialog::Progress));
        }
        platform::give_way().await;
        self.slice = platform::milliseconds();
        if self.called_off.get() { Err(CalledOff) } else { Ok(()) }
    }

    fn show(&self, change: impl FnOnce(&mut Progress)) {
        if self.seen {
            self.app.update(|state| state.work.as_mut().map(change));
        }
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if self.seen {
            self.app.update(|state| {
                state.work = None;
                state.dialog = state.dialog.filter(|it| *it != Dialog::Progress);
            });
        }
    }
}
