//! Running browsers that scenarios share one after another, since starting one takes longer than most scenarios.

use std::sync::{Mutex, PoisonError};

use tempfile::TempDir;

use super::{Browser, page::fresh_profile, session::Session};

/// A browser with one empty window, and the session of its driver.
pub(super) struct PooledBrowser {
    // Declared, and so dropped, before the profile: the browser must be gone when its folder is removed.
    pub(super) session: Session,
    pub(super) profile: TempDir,
    browser: Browser,
}

static IDLE: Mutex<Vec<PooledBrowser>> = Mutex::new(Vec::new());

impl PooledBrowser {
    /// Takes an idle browser, or starts one.
    pub(super) fn take(browser: Browser) -> Self {
        let (waiting, others) = {
            let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
            let others: Vec<Self> = idle.extract_if(.., |it| it.browser != browser).collect();
            (idle.pop(), others)
        };
        // Scenarios run engine by engine, so the other engines are done, or nearly.
        drop(others);
        waiting.unwrap_or_else(|| {
            let profile = fresh_profile();
            Self { session: Session::open(browser, profile.path()), profile, browser }
        })
    }

    /// Returns the browser for another scenario, unless it cannot be reset.
    pub(super) fn give_back(self) {
        if self.session.reset().is_ok() {
            IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(self);
        }
    }
}

/// Ends every idle browser.
pub(crate) fn close_idle_browsers() {
    let idle = std::mem::take(&mut *IDLE.lock().unwrap_or_else(PoisonError::into_inner));
    drop(idle);
}
