//! `cargo xtask soak`: runs the properties, the fuzzers and the kills with random seeds and many cases.
//!
//! `cargo xtask test` runs the same tests with a fixed seed. This command looks for failures that it cannot find.

use std::collections::BTreeSet;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::command::{command_line, run};
use crate::faults::{BROWSERS, Trial, TrialRunner, random_seed};
use crate::progress::minutes;
use crate::project::Project;
use crate::target::Target;

/// The test programs whose properties are run.
const PROPERTIES: [&str; 3] = ["laws", "interchange", "storage"];

/// The test program that holds the fuzzers.
const FUZZERS: &str = "fuzz";

/// How many cases each property gets in one round, unless the command line says otherwise.
const CASES: u32 = 500;

/// A fuzzer's cases are cheap: it gets this many times the cases of a property.
const FUZZ_FACTOR: u32 = 10;

/// How often each browser is killed in one round.
const KILLS: u64 = 5;

/// How long it goes on, unless the command line says otherwise.
const MINUTES: u64 = 30;

/// How long to go on.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Length {
    /// One round after another, until this time is over; at least one round.
    Time(Duration),
    /// One round, with this many cases of each property.
    Cases(u32),
}

/// What the command line asks for.
#[derive(Debug, PartialEq)]
pub(crate) struct Request {
    length: Length,
    /// The seed of the first round; `None` for a random one.
    seed: Option<u64>,
    kills: bool,
}

impl Request {
    /// Reads the arguments after `cargo xtask soak`.
    pub(crate) fn parse(args: &[String]) -> Result<Self> {
        let mut length = None;
        let (mut seed, mut kills) = (None, true);
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut value = || -> Result<u64> {
                let value = args.next().with_context(|| format!("`{arg}` needs a value."))?;
                value.parse().with_context(|| format!("`{arg} {value}`: that is not a number."))
            };
            let chosen = match arg.as_str() {
                "--minutes" => Length::Time(Duration::from_secs(value()?.saturating_mul(60))),
                "--cases" => {
                    let cases = u32::try_from(value()?).ok().filter(|it| *it > 0);
                    Length::Cases(cases.context("`--cases` is at least 1, and at most 4294967295.")?)
                }
                "--seed" => {
                    seed = Some(value()?);
                    continue;
                }
                "--no-kills" => {
                    kills = false;
                    continue;
                }
                unknown => bail!("There is no option `{unknown}`."),
            };
            ensure!(length.replace(chosen).is_none(), "`--minutes` and `--cases` cannot be combined.");
        }
        let length = length.unwrap_or(Length::Time(Duration::from_mins(MINUTES)));
        Ok(Self { length, seed, kills })
    }

    fn cases(&self) -> u32 {
        match self.length {
            Length::Time(_) => CASES,
            Length::Cases(cases) => cases,
        }
    }

    /// Whether a further round begins after some time.
    fn goes_on(&self, elapsed: Duration) -> bool {
        matches!(self.length, Length::Time(time) if elapsed < time)
    }
}

/// Runs round after round, and prints at the end what failed, with which seed, and how to replay it.
pub(crate) fn soak(project: &Project, request: &Request) -> Result<()> {
    let target = Target::acquire(project)?;
    let mut build = project.cargo();
    target.apply(&mut build).args(["test", "--no-run"]);
    for program in PROPERTIES.into_iter().chain([FUZZERS]) {
        build.args(["--test", program]);
    }
    run(&mut build)?;
    let runner = if request.kills { Some(TrialRunner::prepare(project, &target)?) } else { None };

    let first = request.seed.unwrap_or_else(random_seed);
    let start = Instant::now();
    let mut report = Report::default();
    loop {
        let seed = first.wrapping_add(report.rounds);
        println!("\nRound {}, seed {seed}", report.rounds + 1);
        for run in runs(project, &target, runner.as_ref(), seed, request.cases())? {
            report.add(seed, run.execute()?);
        }
        report.rounds += 1;
        if !request.goes_on(start.elapsed()) {
            break;
        }
    }
    report.conclude(start.elapsed())
}

/// A test program with the variables of one round.
struct TestRun {
    name: String,
    command: Command,
    /// The command that repeats it. If the program lists its tests, the name of one can be appended.
    replay: String,
    /// Whether its output lists the tests that failed.
    lists_tests: bool,
}

/// All test programs of one round. The kills are left out if there is no `runner`.
fn runs(
    project: &Project,
    target: &Target,
    runner: Option<&TrialRunner>,
    seed: u64,
    cases: u32,
) -> Result<Vec<TestRun>> {
    let mut runs: Vec<TestRun> =
        PROPERTIES.iter().map(|name| properties(project, name, seed, cases)).collect();
    runs.push(fuzzers(project, seed, cases));
    for run in &mut runs {
        target.apply(&mut run.command);
    }
    let Some(runner) = runner else { return Ok(runs) };
    for browser in BROWSERS {
        runs.push(TestRun {
            name: format!("kills in {browser}"),
            command: runner.command(project, target, &[browser], Trial::Kills(KILLS), seed)?,
            replay: format!("cargo xtask faults --browser {browser} --kills {KILLS} --seed {seed}"),
            lists_tests: false,
        });
    }
    Ok(runs)
}

fn properties(project: &Project, name: &str, seed: u64, cases: u32) -> TestRun {
    cargo_test(project, name, &[("GLOSSATOR_SEED", seed), ("GLOSSATOR_CASES", cases.into())])
}

fn fuzzers(project: &Project, seed: u64, cases: u32) -> TestRun {
    let cases = cases.saturating_mul(FUZZ_FACTOR);
    cargo_test(project, FUZZERS, &[("GLOSSATOR_SEED", seed), ("GLOSSATOR_FUZZ_CASES", cases.into())])
}

fn cargo_test(project: &Project, name: &str, variables: &[(&str, u64)]) -> TestRun {
    let mut command = project.cargo();
    command.args(["test", "--quiet", "--test", name]);
    let mut words = Vec::new();
    for (variable, value) in variables {
        command.env(variable, value.to_string());
        words.push(format!("{variable}={value}"));
    }
    words.push(format!("cargo test --test {name}"));
    let replay = words.join(" ");
    TestRun { name: name.to_owned(), command, replay, lists_tests: true }
}

/// A test program that failed in one round.
#[derive(Debug, PartialEq)]
struct Failure {
    program: String,
    /// The failed tests, if the program names them.
    tests: BTreeSet<String>,
    replay: String,
}

impl TestRun {
    /// Runs it, prints one line, and its whole output if it fails.
    fn execute(mut self) -> Result<Option<Failure>> {
        let start = Instant::now();
        let output = self
            .command
            .output()
            .with_context(|| format!("`{}` could not be started", command_line(&self.command)))?;
        let time = minutes(start.elapsed());
        if output.status.success() {
            println!("passed  {}, {time}", self.name);
            return Ok(None);
        }
        let printed = String::from_utf8_lossy(&output.stdout);
        println!("{printed}\n{}", String::from_utf8_lossy(&output.stderr));
        println!("FAILED  {}, {time}\n  Replay it with: {}", self.name, self.replay);
        let tests = if self.lists_tests { failed_tests(&printed) } else { BTreeSet::new() };
        Ok(Some(Failure { program: self.name, tests, replay: self.replay }))
    }
}

/// The tests that the last list of failures of a test program names.
fn failed_tests(output: &str) -> BTreeSet<String> {
    let Some((_, list)) = output.rsplit_once("\nfailures:\n") else { return BTreeSet::new() };
    let names = list.lines().map_while(|line| line.strip_prefix("    "));
    names.map(str::to_owned).collect()
}

/// What failed, with the seed of the first round in which it did.
#[derive(Default)]
struct Report {
    rounds: u64,
    failures: Vec<(u64, Failure)>,
}

impl Report {
    /// Remembers a failure, unless the same tests failed in an earlier round.
    fn add(&mut self, seed: u64, failure: Option<Failure>) {
        let Some(failure) = failure else { return };
        let same = |it: &Failure| it.program == failure.program && it.tests == failure.tests;
        if !self.failures.iter().any(|(_, earlier)| same(earlier)) {
            self.failures.push((seed, failure));
        }
    }

    /// Prints every failure, and fails if there is one.
    fn conclude(&self, time: Duration) -> Result<()> {
        let rounds = if self.rounds == 1 { "1 round".to_owned() } else { format!("{} rounds", self.rounds) };
        println!("\n{rounds} in {}.", minutes(time));
        if self.failures.is_empty() {
            println!("Nothing failed.");
            return Ok(());
        }
        println!("{}\nAdd what they find to the tests as a fixed case.", self.list());
        bail!("found failures")
    }

    /// Every failure with its seed and how to replay it.
    fn list(&self) -> String {
        let mut lines = Vec::new();
        for (seed, failure) in &self.failures {
            lines.push(format!("FAILED  {}, seed {seed}", failure.program));
            if failure.tests.is_empty() {
                lines.push(format!("  {}", failure.replay));
            }
            for test in &failure.tests {
                lines.push(format!("  {} {test}", failure.replay));
            }
        }
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::parsed;

    #[test]
    fn the_options_choose_the_length_and_the_seed() {
        let parse = |line| parsed(line, Request::parse);
        let time = |minutes| Length::Time(Duration::from_mins(minutes));
        assert_eq!(parse(""), Ok(Request { length: time(30), seed: None, kills: true }));
        let some = Request { length: Length::Cases(9), seed: Some(7), kills: false };
        assert_eq!(parse("--cases 9 --seed 7 --no-kills"), Ok(some));
        assert_eq!(parse("--minutes 2"), Ok(Request { length: time(2), seed: None, kills: true }));
        assert_eq!(
            parse("--minutes 2 --cases 9"),
            Err("`--minutes` and `--cases` cannot be combined.".to_owned())
        );
        assert_eq!(parse("--cases 0"), Err("`--cases` is at least 1, and at most 4294967295.".to_owned()));
        assert_eq!(parse("--seed"), Err("`--seed` needs a value.".to_owned()));
        assert_eq!(parse("--seed x"), Err("`--seed x`: that is not a number.".to_owned()));
        assert_eq!(parse("--slowly"), Err("There is no option `--slowly`.".to_owned()));
    }

    #[test]
    fn one_round_is_enough_for_cases_and_for_a_time_that_is_over() {
        let request = |length| Request { length, seed: None, kills: true };
        let second = Duration::from_secs(1);
        assert!(!request(Length::Cases(9)).goes_on(second));
        assert!(request(Length::Time(2 * second)).goes_on(second));
        assert!(!request(Length::Time(second)).goes_on(second));
    }

    #[test]
    fn the_failed_tests_are_those_of_the_last_list() {
        let output = "running 3 tests\n.FF\nfailures:\n\n---- text::a stdout ----\n    panicked\n\n\
                      failures:\n    text::a\n    text::b\n\ntest result: FAILED. 1 passed; 2 failed\n";
        let names: Vec<String> = failed_tests(output).into_iter().collect();
        assert_eq!(names, ["text::a", "text::b"]);
        assert!(failed_tests("a file: it took 12 s\n").is_empty());
    }

    #[test]
    fn a_failure_is_listed_with_its_seed_and_how_to_replay_it() {
        let mut report = Report::default();
        report.add(6, None);
        let failure = |program: &str, tests: &[&str], replay: &str| Failure {
            program: program.to_owned(),
            tests: tests.iter().map(|&it| it.to_owned()).collect(),
            replay: replay.to_owned(),
        };
        report.add(
            7,
            Some(failure("laws", &["text::a", "text::b"], "GLOSSATOR_SEED=7 cargo test --test laws")),
        );
        report.add(8, Some(failure("laws", &["text::a", "text::b"], "the same with another seed")));
        report.add(8, Some(failure("fuzz", &[], "GLOSSATOR_SEED=8 cargo test --test fuzz")));
        assert_eq!(
            report.list(),
            "\
FAILED  laws, seed 7
  GLOSSATOR_SEED=7 cargo test --test laws text::a
  GLOSSATOR_SEED=7 cargo test --test laws text::b
FAILED  fuzz, seed 8
  GLOSSATOR_SEED=8 cargo test --test fuzz"
        );
        assert!(report.conclude(Duration::ZERO).is_err());
        assert!(Report::default().conclude(Duration::ZERO).is_ok());
    }

    #[test]
    fn the_replay_names_seed_and_cases() -> Result<()> {
        let project = Project::open()?;
        assert_eq!(
            properties(&project, "laws", 7, 9).replay,
            "GLOSSATOR_SEED=7 GLOSSATOR_CASES=9 cargo test --test laws"
        );
        assert_eq!(
            fuzzers(&project, 7, 9).replay,
            "GLOSSATOR_SEED=7 GLOSSATOR_FUZZ_CASES=90 cargo test --test fuzz"
        );
        Ok(())
    }
}
