//! What the scenarios are written in: a real browser, the built page served to it, and gestures in the field's words.

mod attempts;
mod browser;
pub(crate) mod chance;
mod display;
mod driver;
mod exchange;
mod gestures;
mod keys;
mod look;
mod page;
mod processes;
pub(crate) mod records;
mod seats;
mod server;
mod touch;
mod undriven;
mod weight;
mod wire;

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{Condvar, Mutex, PoisonError},
};

use libtest_mimic::Trial;

pub(crate) use self::{
    attempts::tell as tell_attempts,
    browser::Browser,
    driver::free_port,
    exchange::{Download, RECORD_DOWNLOADS},
    gestures::Point,
    keys::Key,
    page::{Page, comes_true, comes_true_within},
    processes::Family,
    seats::close_all,
    server::{Told, dist as built_page},
    undriven::Undriven,
};

/// The script that edits the page at random, and reads what the header says of the work.
pub(crate) const EDITOR: &str = concat!(include_str!("scripts/said.js"), include_str!("scripts/editor.js"));

/// Every scenario as one test for each browser: `chromium::tag_by_key`, `firefox::tag_by_key`, `webkit::tag_by_key`.
///
/// All of one browser before the next: what was started for one scenario then serves another.
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

/// What a scenario is played on, with a storage that nobody used before.
pub(crate) trait Stage {
    fn start(browser: Browser, scenario: &'static str) -> Self;

    /// The scenario has failed: keeps what may tell why. Gives what the page says of itself, should it have stopped.
    fn keep_evidence(&self) -> Option<String>;

    /// The scenario has passed: what can serve another one is given back.
    fn end(self);
}

pub(crate) fn trial<S: Stage + 'static>(
    browser: Browser,
    topic: &'static str,
    name: &'static str,
    scenario: fn(&mut S),
) -> Trial {
    let full = format!("{}::{name}", browser.name());
    Trial::test(full.clone(), move || {
        attempts::play(topic, &full, || run(browser, name, scenario));
        Ok(())
    })
}

/// Plays the scenario, and keeps evidence whatever makes it fail.
fn run<S: Stage>(
    browser: Browser,
    name: &'static str,
    scenario: fn(&mut S),
) -> Result<(), Box<dyn Any + Send>> {
    let _place = Place::take();
    let mut stage = catch_unwind(AssertUnwindSafe(|| S::start(browser, name)))?;
    let played = catch_unwind(AssertUnwindSafe(|| scenario(&mut stage)));
    let Err(failure) = played else {
        stage.end();
        return Ok(());
    };
    Err(match stage.keep_evidence() {
        Some(said) => Box::new(format!("{}; the page has stopped: {said}", attempts::message(&failure))),
        None => failure,
    })
}

/// A host that is not the page's, and notes who asks it for what.
pub(crate) fn another_host() -> server::Server {
    server::Server::start(server::dist())
}

/// Where pictures go, those asked for and those of failures.
fn screenshots() -> PathBuf {
    std::env::var_os("GLOSSATOR_SCREENSHOTS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/screenshots"), PathBuf::from)
}

/// One of the few places for a running browser: more of them than cores only make each other late.
struct Place;

const PLACES: usize = 3;
static TAKEN: Mutex<usize> = Mutex::new(0);
static FREED: Condvar = Condvar::new();

impl Place {
    fn take() -> Self {
        let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        while *taken >= PLACES {
            taken = FREED.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += 1;
        Self
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *TAKEN.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        FREED.notify_one();
    }
}
