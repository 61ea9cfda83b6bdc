//! What the scenarios are written with: real browsers, a server for the built page, and gestures in the terms of the
//! field.

mod appearance;
mod browser;
mod display;
mod driver;
mod driverless;
mod files;
mod gestures;
mod keys;
mod measuring;
mod page;
mod pool;
mod processes;
pub(crate) mod random;
pub(crate) mod records;
mod retry;
mod server;
mod session;
mod timing;
mod touch;

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{Condvar, Mutex, PoisonError},
};

use libtest_mimic::Trial;

pub(crate) use self::{
    browser::Browser,
    driver::free_port,
    driverless::DriverlessBrowser,
    files::{Download, RECORD_DOWNLOADS},
    gestures::Point,
    keys::Key,
    page::{Page, comes_true, comes_true_within},
    pool::close_idle_browsers,
    processes::ProcessTree,
    retry::print_retries,
    server::{Message, dist as built_page},
    timing::print_slowest,
};

/// Defines functions that read the page as a person sees it.
const SEEN: &str = include_str!("scripts/seen.js");

/// Defines `Editor`, which edits the page at random.
pub(crate) const EDITOR: &str = concat!(include_str!("scripts/seen.js"), include_str!("scripts/editor.js"));

/// Makes every scenario one test for each browser: `chromium::tag_by_key`, `firefox::tag_by_key`, `webkit::tag_by_key`.
///
/// The tests of one browser come before those of the next, so that they can share running browsers.
macro_rules! scenarios {
    ($($topic:ident: $($name:ident)+;)+) => {
        fn scenarios() -> Vec<libtest_mimic::Trial> {
            crate::harness::Browser::ALL
                .into_iter()
                .flat_map(|browser| {
                    [$($(crate::harness::trial(browser, stringify!($topic), stringify!($name), crate::$topic::$name)),+),+]
                })
                .collect()
        }
    };
}
pub(crate) use scenarios;

/// What a scenario runs on. Its storage is empty at the start.
pub(crate) trait Fixture {
    fn set_up(browser: Browser, scenario: &'static str) -> Self;

    /// Keeps evidence of why the scenario failed. Returns what the crash page says, if the page has crashed.
    fn keep_evidence(&self) -> Option<String>;

    /// The scenario has passed: gives back what another one can use.
    fn tear_down(self);
}

pub(crate) fn trial<F: Fixture + 'static>(
    browser: Browser,
    topic: &'static str,
    name: &'static str,
    scenario: fn(&mut F),
) -> Trial {
    let full = format!("{}::{name}", browser.name());
    Trial::test(full.clone(), move || {
        retry::run(topic, &full, || run(browser, name, &full, scenario));
        Ok(())
    })
}

/// Runs the scenario, and keeps evidence if it fails.
fn run<F: Fixture>(
    browser: Browser,
    name: &'static str,
    full: &str,
    scenario: fn(&mut F),
) -> Result<(), Box<dyn Any + Send>> {
    let _slot = Slot::take();
    let _clock = timing::Clock::start(full);
    let mut fixture = catch_unwind(AssertUnwindSafe(|| F::set_up(browser, name)))?;
    let played = catch_unwind(AssertUnwindSafe(|| scenario(&mut fixture)));
    let Err(failure) = played else {
        fixture.tear_down();
        return Ok(());
    };
    Err(match fixture.keep_evidence() {
        Some(crash) => Box::new(format!("{}; the page has crashed: {crash}", retry::message(&failure))),
        None => failure,
    })
}

/// A host other than the page's, which records the requests it gets.
pub(crate) fn another_host() -> server::Server {
    server::Server::start(server::dist())
}

/// The folder for screenshots, both those that scenarios take and those of failures.
fn screenshots() -> PathBuf {
    std::env::var_os("GLOSSATOR_SCREENSHOTS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/screenshots"), PathBuf::from)
}

/// One of the few slots for a running browser. More browsers than the cores can run would only slow each other down.
struct Slot;

const SLOTS: usize = 3;
static TAKEN: Mutex<usize> = Mutex::new(0);
static FREED: Condvar = Condvar::new();

impl Slot {
    /// Waits for a free slot.
    fn take() -> Self {
        let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        while *taken >= SLOTS {
            taken = FREED.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += 1;
        Self
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        *TAKEN.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        FREED.notify_one();
    }
}
