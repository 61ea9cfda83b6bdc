//! Retries a scenario once where the browser, and not the page, is at fault: a browser that was starved on a busy
//! machine, or one of its known crashes.

use std::{
    any::Any,
    panic::resume_unwind,
    sync::{Mutex, PoisonError},
};

/// Topics that are never retried after a timeout: there, a timeout may mean lost data, which a second run could hide by
/// chance.
const NEVER_AFTER_TIMEOUT: [&str; 7] =
    ["backup", "concurrent_tabs", "kills", "other_versions", "persistence", "storage", "storage_faults"];

/// What the harness says when a browser does not answer, or a condition does not come true, in time.
const TIMEOUTS: [&str; 5] = ["in vain", "no answer in", "did not start", "does not open", "draws no more"];

/// What `WebKit` reports although the page is sound: a fault of its compiler for modules, as in
/// <https://github.com/oven-sh/bun/issues/17146>; and the crash of its compositor inside Mesa's software renderer
/// (22.3, according to the kernel's log), after which its driver finds no process of the page. If our stack overflowed,
/// it would do so in the second run too.
const BROWSER_FAULTS: [&str; 2] = ["Out of bounds memory access", "Could not parse script result"];

/// The most retries in one run: where more scenarios fail, the machine is not the cause.
const MOST_RETRIES: usize = 6;

/// Each scenario that was retried, and how it failed at first.
static RETRIED: Mutex<Vec<String>> = Mutex::new(Vec::new());

type Failure = Box<dyn Any + Send>;

/// Runs a scenario, and a second time where the browser was at fault. A failed comparison is never retried.
pub(super) fn run(topic: &str, name: &str, scenario: impl Fn() -> Result<(), Failure>) {
    let Err(failure) = scenario() else { return };
    let message = message(&failure);
    let timed_out = TIMEOUTS.iter().any(|it| message.contains(it)) && !NEVER_AFTER_TIMEOUT.contains(&topic);
    let is_browser_fault = BROWSER_FAULTS.iter().any(|it| message.contains(it));
    let first_line = message.lines().next().unwrap_or_default();
    if !(timed_out || is_browser_fault) || !count_retry(format!("{name}: {first_line}")) {
        resume_unwind(failure);
    }
    eprintln!("{name} is retried after: {message}");
    if let Err(failure) = scenario() {
        resume_unwind(failure);
    }
}

/// Prints which scenarios were retried. Fix those that often are.
pub(crate) fn print_retries() {
    for each in RETRIED.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        println!("retried: {each}");
    }
}

/// Notes a retry, unless there were too many.
fn count_retry(what: String) -> bool {
    let mut retried = RETRIED.lock().unwrap_or_else(PoisonError::into_inner);
    let is_allowed = retried.len() < MOST_RETRIES;
    if is_allowed {
        retried.push(what);
    }
    is_allowed
}

pub(super) fn message(failure: &Failure) -> String {
    let text = failure.downcast_ref::<String>().cloned();
    text.or_else(|| failure.downcast_ref::<&str>().map(|it| (*it).to_owned())).unwrap_or_default()
}
