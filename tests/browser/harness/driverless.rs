//! A browser without a driver, which can be killed and started again with everything that it stored.

use std::time::Duration;

use tempfile::TempDir;

use super::{
    Browser, Fixture,
    page::fresh_profile,
    processes::ProcessTree,
    server::{Message, Server, dist},
};

/// Longer than a page needs for anything that it is asked to do.
const TIMEOUT: Duration = Duration::from_mins(1);

/// A browser in which only scripts in the page act and report, since no driver is connected.
pub(crate) struct DriverlessBrowser {
    // Dropped before the profile: the browser must be gone when its folder is removed.
    running: Option<ProcessTree>,
    // The same server throughout: another port would be another origin, with another storage.
    server: Server,
    profile: TempDir,
    browser: Browser,
}

impl Fixture for DriverlessBrowser {
    fn set_up(browser: Browser, _scenario: &'static str) -> Self {
        Self { running: None, server: Server::start(dist()), profile: fresh_profile(), browser }
    }

    /// There is no evidence besides what the scenario prints.
    fn keep_evidence(&self) -> Option<String> {
        None
    }

    fn tear_down(self) {}
}

impl DriverlessBrowser {
    pub(crate) fn browser(&self) -> Browser {
        self.browser
    }

    /// Starts the browser with the page, which runs these scripts before its own.
    pub(crate) fn launch(&mut self, scripts: &[&str]) {
        self.server.inject(scripts);
        let mut command = self.browser.without_driver(self.profile.path(), &self.server.address());
        self.running = Some(ProcessTree::start(&mut command, self.profile.path(), self.browser.display()));
    }

    /// Waits for the next message from a script in the page.
    pub(crate) fn next_message(&self) -> Message {
        let message = self.server.next_message(TIMEOUT);
        message.unwrap_or_else(|| panic!("the page in {} sends nothing for {TIMEOUT:?}", self.browser.name()))
    }

    /// Kills the browser with all its processes, without warning. Returns the messages that it had sent until then.
    pub(crate) fn kill(&mut self) -> Vec<Message> {
        if let Some(mut running) = self.running.take() {
            running.kill();
        }
        std::iter::from_fn(|| self.server.next_message(Duration::ZERO)).collect()
    }
}
