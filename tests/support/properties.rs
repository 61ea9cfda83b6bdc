//! How property tests choose their cases, and how many.

#[path = "seed.rs"]
mod seed;

use proptest::test_runner::{Config, RngSeed};

/// The configuration of a property that usually tries this many cases.
///
/// Every run tries the same cases. `GLOSSATOR_SEED` chooses others, and `GLOSSATOR_CASES` sets how many each property
/// tries. A failure is shrunk and printed with its seed; add it as a fixed case. Nothing is written into the checkout.
pub(crate) fn config(usual: u32) -> Config {
    let seed = seed::seed();
    // Shown only if the test fails, since the output of a passing test is captured.
    println!("GLOSSATOR_SEED={seed}");
    let cases = cases("GLOSSATOR_CASES", usual);
    Config {
        cases,
        // In proportion, so that many cases may have as large a share of rejected ones.
        max_global_rejects: cases.max(1_024),
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::default()
    }
}

/// The number of cases in an environment variable, or the usual one.
pub(crate) fn cases(variable: &str, usual: u32) -> u32 {
    let cases = seed::number(variable);
    cases.map_or(usual, |it| u32::try_from(it).expect("a number of cases that fits in 32 bits"))
}
