//! Chance that can be repeated.

use std::{
    env,
    time::{SystemTime, UNIX_EPOCH},
};

/// Numbers that follow from a seed: splitmix64.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A whole number below `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// What `GLOSSATOR_SEED` says, or another with each second.
pub(crate) fn seed() -> u64 {
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs());
    given("GLOSSATOR_SEED").unwrap_or_else(clock)
}

/// A number that the environment gives.
pub(crate) fn given(variable: &str) -> Option<u64> {
    let value = env::var(variable).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{variable} is `{value}`, which is no number")))
}
