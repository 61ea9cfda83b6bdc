//! What the scenarios are written in: a real browser, the built page served to it, and gestures in the field's words.

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
mod server;
mod undriven;
mod wire;

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::PathBuf,
    sync::{Condvar, Mutex, PoisonError},
};

pub(crate) use self::{
    browser::Browser,
    exchange::{Download, RECORD_DOWNLOADS},
    keys::Key,
    page::{Page, comes_true},
    server::Told,
    undriven::Undriven,
};

/// The script that edits the page at random.
pub(crate) const EDITOR: &str = include_str!("scripts/editor.js");

/// Every scenario as one test for each browser: `chromium::tag_by_key`, `firefox::tag_by_key`, `webkit::tag_by_key`.
macro_rules! scenarios {
    ($($topic:ident: $($name:ident)+;)+) => {
        scenarios!(@browser chromium Chromium; $($($topic $name)+)+);
        scenarios!(@browser firefox Firefox; $($($topic $name)+)+);
        scenarios!(@browser webkit WebKit; $($($topic $name)+)+);
    };
    (@browser $module:ident $browser:ident; $($topic:ident $name:ident)+) => {
        mod $module {
            $(
                #[test]
                fn $name() {
                    crate::harness::run(crate::harness::Browser::$browser, stringify!($name), crate::$topic::$name);
                }
            )+
        }
    };
}
pub(crate) use scenarios;

/// What a scenario is played on, in a browser and a profile of its own.
pub(crate) trait Stage {
    fn start(browser: Browser, scenario: &'static str) -> Self;

    /// The scenario has failed: keeps what may tell why.
    fn keep_evidence(&self);
}

/// Plays the scenario, and keeps evidence whatever makes it fail.
pub(crate) fn run<S: Stage>(browser: Browser, name: &'static str, scenario: fn(&mut S)) {
    let _place = Place::take();
    let mut stage = S::start(browser, name);
    if let Err(failure) = catch_unwind(AssertUnwindSafe(|| scenario(&mut stage))) {
        stage.keep_evidence();
        resume_unwind(failure);
    }
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
