//! Fuzzes every function that reads data from outside, with the files of the corpus and with mutants of them.
//!
//! Every run tries the same mutants. `GLOSSATOR_SEED` chooses others, and `GLOSSATOR_FUZZ_CASES` sets how many each
//! target gets. A mutant that breaks a law is shrunk and printed; add it to the corpus. For a new reader, add a line to
//! [`TARGETS`], and samples of what it reads to `corpus/`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should stop there")]
#![allow(clippy::disallowed_methods, reason = "unlike the page, its tests run natively and have a clock")]

mod codebooks;
mod laws;
mod mutate;
mod own_articles;
#[path = "../support/properties.rs"]
mod properties;
mod tags;

use std::{
    cell::Cell,
    env, fs,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::mutate::mutants;

/// How many mutants each target usually gets, which takes some seconds.
const CASES: u32 = 2_000;

/// No reader needs this long, even on a busy machine. One that does would freeze the page.
const TIME_LIMIT: Duration = Duration::from_secs(10);

type Law = fn(&[u8]) -> Result<(), TestCaseError>;

/// What is fuzzed, and the law that holds for any input.
const TARGETS: &[(&str, Law)] = &[
    ("a file", laws::file),
    ("a damaged annotation between valid ones", laws::between_valid_ones),
    ("a stored item", laws::stored),
    ("a storage full of items", laws::storage),
    ("an item written by another tab", laws::other_tab),
    ("a step of the history", laws::step),
    ("a note without a tag", laws::draft),
    ("the time when a tab was used", laws::tab),
    ("the state of a closed tab", own_articles::closed_tab),
    ("a stored tag", tags::tag),
    ("a storage full of tags", tags::tags),
    ("a stored article", own_articles::article),
    ("a storage full of articles", own_articles::articles),
    ("the bytes of a text file", own_articles::bytes),
    ("the words of a web page", own_articles::page),
    ("a codebook file", codebooks::own),
    ("a REFI-QDA codebook", codebooks::qdc),
    ("a codebook in CSV", codebooks::csv),
];

/// A file of the corpus.
#[derive(Clone)]
pub(crate) struct Sample {
    name: String,
    bytes: Vec<u8>,
}

/// Every file of the corpus, sorted by name.
fn corpus() -> Vec<Sample> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    let mut samples: Vec<Sample> = fs::read_dir(folder)
        .expect("the corpus can be read")
        .map(|entry| {
            let path = entry.expect("the corpus can be listed").path();
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            Sample { name, bytes: fs::read(path).expect("a file of the corpus can be read") }
        })
        .collect();
    samples.sort_by(|a, b| a.name.cmp(&b.name));
    samples
}

/// Checks a law on some bytes. Taking too long is a failure as well.
fn check(law: Law, bytes: &[u8]) -> Result<(), TestCaseError> {
    let began = Instant::now();
    law(bytes)?;
    let took = began.elapsed();
    if took > TIME_LIMIT {
        return Err(TestCaseError::fail(format!("it took {took:?}")));
    }
    Ok(())
}

fn main() -> ExitCode {
    // Accepts the arguments of any test program: words select tests by name, and this is a single test.
    let mut arguments = env::args().skip(1);
    if arguments.any(|it| it == "--list" || (!it.starts_with('-') && !"fuzz".contains(it.as_str()))) {
        return ExitCode::SUCCESS;
    }
    let config =
        Config { cases: properties::cases("GLOSSATOR_FUZZ_CASES", CASES), ..properties::config(CASES) };
    let samples = corpus();
    let began = Instant::now();
    let run = Cell::new(0_u64);
    let mut failed = laws::samples_are_read(&samples);
    for (name, law) in TARGETS {
        for sample in &samples {
            run.set(run.get() + 1);
            if let Err(error) = check(*law, &sample.bytes) {
                failed.push(format!("{name}: {}: {error}", sample.name));
            }
        }
        let outcome = TestRunner::new(config.clone()).run(&mutants(&samples), |mutant| {
            run.set(run.get() + 1);
            check(*law, &mutant.bytes)
        });
        if let Err(error) = outcome {
            failed.push(format!("{name}: {error}"));
        }
    }
    println!(
        "fuzzed {} readers with {} samples and {} cases in {:.1} s",
        TARGETS.len(),
        samples.len(),
        run.get(),
        began.elapsed().as_secs_f64()
    );
    for failure in &failed {
        eprintln!("\n{failure}");
    }
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
