//! What the scenarios are written in: a real browser, the built page served to it, and gestures in the field's words.

mod browser;
mod display;
mod driver;
mod exchange;
mod gestures;
mod keys;
mod look;
mod page;
pub(crate) mod records;
mod server;
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
    page::Page,
};

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

/// The scenario in a browser and a profile of its own; whatever makes it fail, the screenshot and the source are kept.
pub(crate) fn run(browser: Browser, name: &'static str, scenario: fn(&mut Page)) {
    let _place = Place::take();
    let mut page = Page::start(browser, name);
    if let Err(failure) = catch_unwind(AssertUnwindSafe(|| scenario(&mut page))) {
        page.keep_evidence();
        resume_unwind(failure);
    }
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
