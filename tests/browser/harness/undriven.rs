//! A browser without a driver, which can be killed and started again with all that it keeps.

use std::time::Duration;

use tempfile::TempDir;

use super::{
    Browser, Stage,
    page::fresh_profile,
    processes::Family,
    server::{Server, Told, dist},
};

/// Longer than anything takes that a page is asked to do.
const PATIENCE: Duration = Duration::from_mins(1);

/// A browser that scripts in the page act in, and tell of: nobody else looks.
pub(crate) struct Undriven {
    // Dropped before the profile: the browser must be gone when its folder is removed.
    running: Option<Family>,
    // The same as long as this lives: with another port, what the browser keeps would be of another page.
    server: Server,
    profile: TempDir,
    browser: Browser,
}

impl Stage for Undriven {
    fn start(browser: Browser, _scenario: &'static str) -> Self {
        Self { running: None, server: Server::start(dist()), profile: fresh_profile(), browser }
    }

    /// There is none but what the scenario says.
    fn keep_evidence(&self) -> Option<String> {
        None
    }

    fn end(self) {}
}

impl Undriven {
    pub(crate) fn browser(&self) -> Browser {
        self.browser
    }

    /// Starts the browser with the page, which runs these scripts before its own.
    pub(crate) fn launch(&mut self, scripts: &[&str]) {
        self.server.inject(scripts);
        let mut command = self.browser.undriven(self.profile.path(), &self.server.address());
        self.running = Some(Family::start(&mut command, self.profile.path(), self.browser.display()));
    }

    /// The next thing that a script in the page tells.
    pub(crate) fn told(&self) -> Told {
        let told = self.server.told(PATIENCE);
        told.unwrap_or_else(|| panic!("the page in {} tells nothing for {PATIENCE:?}", self.browser.name()))
    }

    /// Kills the browser, with all its processes and none being told; gives what it had told until then.
    pub(crate) fn kill(&mut self) -> Vec<Told> {
        if let Some(mut running) = self.running.take() {
            running.kill();
        }
        std::iter::from_fn(|| self.server.told(Duration::ZERO)).collect()
    }
}
