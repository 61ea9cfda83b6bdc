//! How long each scenario takes, so that the slowest can be told at the end.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How many scenarios are printed at the end.
const SLOWEST: usize = 10;

static TIMES: Mutex<Vec<(Duration, String)>> = Mutex::new(Vec::new());

/// Measures a scenario until it is dropped.
pub(super) struct Clock<'a> {
    scenario: &'a str,
    started: Instant,
}

impl<'a> Clock<'a> {
    pub(super) fn start(scenario: &'a str) -> Self {
        Self { scenario, started: Instant::now() }
    }
}

impl Drop for Clock<'_> {
    fn drop(&mut self) {
        let entry = (self.started.elapsed(), self.scenario.to_owned());
        TIMES.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    }
}

/// Prints the slowest scenarios, and how long all took together.
pub(crate) fn print_slowest() {
    let mut times = TIMES.lock().unwrap_or_else(PoisonError::into_inner);
    if times.len() < 2 {
        return;
    }
    times.sort_unstable_by(|one, other| other.cmp(one));
    let total: Duration = times.iter().map(|(time, _)| *time).sum();
    println!("\nslowest of {} scenarios, which took {} s in all:", times.len(), total.as_secs());
    for (time, scenario) in times.iter().take(SLOWEST) {
        println!("{:6.1} s  {scenario}", time.as_secs_f64());
    }
}
