//! Every reader of something from outside, given what nobody would write: files of the corpus, and what becomes of them.
//!
//! `GLOSSATOR_FUZZ_CASES` sets how many mutants each target gets. A mutant that breaks a law is shrunk and printed, and
//! belongs into the corpus. A new reader is one more line of [`TARGETS`], and samples of what it reads in `corpus/`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should stop there")]
#![allow(clippy::disallowed_methods, reason = "unlike the page, its tests run natively and have a clock")]

mod laws;
mod mutate;
mod own;

use std::{
    cell::Cell,
    env, fs,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::mutate::mutants;

/// How many mutants each target gets, unless a variable says otherwise: some seconds' worth.
const CASES: u32 = 2_000;

/// Longer than anything that is read here takes even on a busy machine: what reaches it would hang a page.
const PATIENCE: Duration = Duration::from_secs(10);

type Law = fn(&[u8]) -> Result<(), TestCaseError>;

/// What is fuzzed, and the law that holds whatever it is given.
const TARGETS: &[(&str, Law)] = &[
    ("a file", laws::file),
    ("the kind of a file", laws::sniffed),
    ("a damaged annotation between good ones", laws::between_good_ones),
    ("a stored item", laws::stored),
    ("a place full of stored items", laws::place),
    ("what another tab wrote", laws::other_tab),
    ("a step of the history", laws::step),
    ("a note without a tag", laws::draft),
    ("when a tab was used", laws::tab),
    ("what a tab has left", own::left),
    ("a stored article", own::article),
    ("a place full of stored articles", own::articles),
    ("the bytes of a file that may be a text", own::bytes),
    ("the words of a web page", own::page),
];

/// A file of the corpus.
#[derive(Clone)]
pub(crate) struct Sample {
    name: String,
    bytes: Vec<u8>,
}

/// Every file of the corpus, by name.
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

/// Runs a law on some bytes, and takes long for a fault as well.
fn holds(law: Law, bytes: &[u8]) -> Result<(), TestCaseError> {
    let began = Instant::now();
    law(bytes)?;
    let took = began.elapsed();
    if took > PATIENCE {
        return Err(TestCaseError::fail(format!("it took {took:?}")));
    }
    Ok(())
}

fn main() -> ExitCode {
    // The arguments are those of any test program: words name tests, and this is one test.
    let mut arguments = env::args().skip(1);
    if arguments.any(|it| it == "--list" || (!it.starts_with('-') && !"fuzz".contains(it.as_str()))) {
        return ExitCode::SUCCESS;
    }
    let cases = env::var("GLOSSATOR_FUZZ_CASES").map_or(CASES, |it| it.parse().expect("a number of cases"));
    let samples = corpus();
    let began = Instant::now();
    let run = Cell::new(0_u64);
    let mut failed = laws::samples_are_read(&samples);
    for (name, law) in TARGETS {
        for sample in &samples {
            run.set(run.get() + 1);
            if let Err(error) = holds(*law, &sample.bytes) {
                failed.push(format!("{name}: {}: {error}", sample.name));
            }
        }
        let config =
            Config { cases, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
        let outcome = TestRunner::new(config).run(&mutants(&samples), |mutant| {
            run.set(run.get() + 1);
            holds(*law, &mutant.bytes)
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
