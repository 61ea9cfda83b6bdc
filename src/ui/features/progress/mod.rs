//! Long-running work: it yields to the browser regularly, shows its progress in a dialog, and can be cancelled. Several
//! pieces can run in the background, but only one at a time in the foreground.

mod view;

use std::{cell::Cell, rc::Rc};

use yew::html;

use super::progress::view::ProgressBar;
use crate::ui::{
    Store,
    feature::Feature,
    features::dialogs,
    parts::{dialog::Dialog, lazy_html::LazyHtml},
    platform,
};

pub(crate) const FEATURE: Feature = Feature { lazy: &[PROGRESS_HTML], ..Feature::NONE };

pub(crate) type Slice = CurrentWork;

static PROGRESS: Dialog = Dialog { on_close: cancel, ..Dialog::new("progress", "Please wait") };
pub(super) const PROGRESS_HTML: LazyHtml = LazyHtml::of(&PROGRESS, || html! { <ProgressBar /> });

/// How long work runs before it yields to the browser, in milliseconds.
const SLICE: f64 = 12.0;

/// How many values of a file to read between two checks of the time.
pub(crate) const VALUES: usize = 8;

/// How long work runs before its dialog opens, in milliseconds. A dialog for shorter work would only flicker.
const SHOW_DELAY: f64 = 300.0;

/// The work in the foreground, for which the person waits.
#[derive(Debug, Default)]
pub(crate) struct CurrentWork {
    current: Option<Progress>,
}

/// The progress of the work in the foreground.
#[derive(Clone, Debug)]
struct Progress {
    /// What is being done.
    pub(crate) what: String,
    /// How much of it is done, in percent.
    pub(crate) percent: u32,
    cancelled: Rc<Cell<bool>>,
}

impl PartialEq for Progress {
    fn eq(&self, other: &Self) -> bool {
        (self.percent, &self.what) == (other.percent, &other.what)
    }
}

/// The person cancelled the work.
#[derive(Debug)]
pub(crate) struct Cancelled;

/// Running work. It ends when this is dropped.
pub(crate) struct Work {
    store: Store,
    in_foreground: bool,
    cancelled: Rc<Cell<bool>>,
    /// When the work began, in milliseconds.
    began: f64,
    /// When the current time slice began, in milliseconds.
    slice: f64,
}

/// Begins work in the foreground. If there is such work already, shows a notice and returns none.
pub(crate) fn begin(store: &Store, what: String) -> Option<Work> {
    let mut work = begin_in_background(store);
    let cancelled = Rc::clone(&work.cancelled);
    work.in_foreground = store.update(|state| {
        if state.progress.current.is_some() {
            state.notices.fail("Please wait: another file is still being read or written.");
            return false;
        }
        state.progress.current = Some(Progress { what, percent: 0, cancelled });
        true
    });
    work.in_foreground.then_some(work)
}

/// Begins work in the background, which shows no progress.
pub(crate) fn begin_in_background(store: &Store) -> Work {
    let now = platform::milliseconds();
    Work { store: store.clone(), in_foreground: false, cancelled: Rc::default(), began: now, slice: now }
}

/// Cancels the work in the foreground.
fn cancel(store: &Store) {
    store.read(|state| {
        if let Some(work) = &state.progress.current {
            work.cancelled.set(true);
        }
    });
}

impl Work {
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// Changes the description of what is being done.
    pub(crate) fn name(&self, what: String) {
        self.show(|progress| progress.what = what);
    }

    /// True if the time slice is used up, so that [`Self::yield_if_due`] will yield.
    pub(crate) fn is_due(&self) -> bool {
        platform::milliseconds() - self.slice >= SLICE
    }

    /// Yields to the browser if the time slice is used up. `done` of `all` is the progress so far.
    ///
    /// Returns an error if the person cancelled the work.
    pub(crate) async fn yield_if_due(&mut self, done: usize, all: usize) -> Result<(), Cancelled> {
        if !self.is_due() {
            return Ok(());
        }
        let percent = (100 * done as u64 / all.max(1) as u64).min(100) as u32;
        self.show(|progress| progress.percent = percent);
        let is_long = platform::milliseconds() - self.began > SHOW_DELAY;
        if self.in_foreground
            && is_long
            && self.store.read(|state| state.dialogs.current() != Some(&PROGRESS))
        {
            dialogs::open(&self.store, &PROGRESS);
        }
        platform::yield_to_browser().await;
        self.slice = platform::milliseconds();
        if self.cancelled.get() { Err(Cancelled) } else { Ok(()) }
    }

    fn show(&self, change: impl FnOnce(&mut Progress)) {
        if self.in_foreground {
            self.store.update(|state| state.progress.current.as_mut().map(change));
        }
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if self.in_foreground {
            self.store.update(|state| {
                state.progress.current = None;
                state.dialogs.close(&PROGRESS);
            });
        }
    }
}
