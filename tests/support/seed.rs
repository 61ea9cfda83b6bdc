//! The seed of all random decisions in the tests: the same in every run unless the environment names another.

use std::env;

/// The seed of a run that names none.
const SEED: u64 = 1;

/// The number in `GLOSSATOR_SEED`, or the same number in every run.
pub(crate) fn seed() -> u64 {
    number("GLOSSATOR_SEED").unwrap_or(SEED)
}

/// The number in an environment variable, if it is set.
///
/// # Panics
///
/// If the variable holds anything but a whole number.
pub(crate) fn number(variable: &str) -> Option<u64> {
    let value = env::var(variable).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{variable} is `{value}`, which is not a whole number")))
}
