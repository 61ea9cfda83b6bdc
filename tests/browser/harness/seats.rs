//! Browsers that are running already: starting one takes longer than most scenarios.

use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;

use super::{Browser, page::fresh_profile, wire::Wire};

/// A browser with one empty window and the driver that carries it.
pub(super) struct Seat {
    // Declared, so dropped, before the profile: the browser must be gone when its folder is removed.
    pub(super) wire: Wire,
    pub(super) profile: TempDir,
    browser: Browser,
}

static IDLE: Mutex<Vec<Seat>> = Mutex::new(Vec::new());

impl Seat {
    /// A browser that waits, or a new one.
    pub(super) fn take(browser: Browser) -> Self {
        let (waiting, others) = {
            let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
            let others: Vec<Self> = idle.extract_if(.., |it| it.browser != browser).collect();
            (idle.pop(), others)
        };
        // The tests are through with them, or nearly so.
        drop(others);
        waiting.unwrap_or_else(|| {
            let profile = fresh_profile();
            Self { wire: Wire::open(browser, profile.path()), profile, browser }
        })
    }

    /// Lets another scenario have the browser, unless it cannot be tidied.
    pub(super) fn give_back(self) {
        if self.wire.tidy().is_ok() {
            IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(self);
        }
    }
}

/// Ends every browser that waits for a scenario.
pub(crate) fn close_all() {
    let idle = std::mem::take(&mut *IDLE.lock().unwrap_or_else(PoisonError::into_inner));
    drop(idle);
}
