//! `cargo xtask faults`: kills browsers and runs tabs against each other, many times, and checks what was saved.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::browsers::Browsers;
use crate::bundle;
use crate::command::run_inspected;
use crate::project::Project;
use crate::target::Target;
use crate::test::browser_tests;
use crate::tools::WebTools;

/// The browsers, by their names in the tests.
pub(crate) const BROWSERS: [&str; 3] = ["chromium", "firefox", "webkit"];

/// What the command line asks for.
#[derive(Debug, PartialEq)]
pub(crate) struct Request {
    browsers: Vec<&'static str>,
    trial: Trial,
    /// `None` for a random one.
    seed: Option<u64>,
}

/// One of the tests that can be repeated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Trial {
    /// Kills the whole browser this many times during edits.
    Kills(u64),
    /// Makes this many edits at once in each of two tabs, then four.
    Tabs(u64),
}

impl Trial {
    fn test(self) -> &'static str {
        match self {
            Self::Kills(_) => "a_killed_browser_loses_no_saved_work",
            Self::Tabs(_) => "tabs_that_write_at_once_lose_nothing",
        }
    }

    /// The variable that sets the size of the test, and its value.
    fn variable(self) -> (&'static str, u64) {
        match self {
            Self::Kills(kills) => ("GLOSSATOR_KILLS", kills),
            Self::Tabs(edits) => ("GLOSSATOR_TAB_EDITS", edits),
        }
    }

    /// The head of the table whose rows the test prints.
    fn columns(self) -> &'static str {
        match self {
            Self::Kills(_) => {
                "| browser | kills | edits | saved | own texts | lost | own texts lost | undo steps lost | names of tags lost | revived | duplicated |\n\
                 |---|---|---|---|---|---|---|---|---|---|"
            }
            Self::Tabs(_) => {
                "| browser | tabs | edits each | time | missing in each tab, a new one, the database, localStorage |\n\
                 |---|---|---|---|---|"
            }
        }
    }
}

impl Request {
    /// Reads the arguments after `cargo xtask faults`.
    pub(crate) fn parse(args: &[String]) -> Result<Self> {
        let mut request = Self { browsers: BROWSERS.to_vec(), trial: Trial::Kills(50), seed: None };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut value = || args.next().with_context(|| format!("`{arg}` needs a value."));
            let number = |value: &String| {
                value.parse().with_context(|| format!("`{arg} {value}`: that is not a number."))
            };
            match arg.as_str() {
                "--kills" => request.trial = Trial::Kills(number(value()?)?),
                "--tabs" => request.trial = Trial::Tabs(1_000),
                "--seed" => request.seed = Some(number(value()?)?),
                "--browser" => {
                    let name = value()?;
                    let known = BROWSERS.into_iter().find(|it| it == name);
                    request.browsers =
                        vec![known.with_context(|| format!("There is no browser `{name}` here."))?];
                }
                unknown => bail!("There is no option `{unknown}`."),
            }
        }
        Ok(request)
    }
}

/// The built app and the browsers that it is tried in.
pub(crate) struct TrialRunner {
    browsers: Browsers,
    dist: PathBuf,
}

impl TrialRunner {
    /// Finds or installs the browsers, and builds the app.
    pub(crate) fn prepare(project: &Project, target: &Target) -> Result<Self> {
        let tools = WebTools::ensure(project)?;
        let browsers = Browsers::ensure(project)?;
        let dist = bundle::bundle(project, &tools, target)?;
        Ok(Self { browsers, dist })
    }

    /// The command that runs a trial in some browsers, one after the other.
    pub(crate) fn command(
        &self,
        project: &Project,
        target: &Target,
        browsers: &[&str],
        trial: Trial,
        seed: u64,
    ) -> Result<Command> {
        let mut tests = browser_tests(project, target, &self.browsers, &self.dist)?;
        tests.arg("--test-threads=1");
        tests.args(browsers.iter().map(|browser| format!("{browser}::{}", trial.test())));
        let (variable, value) = trial.variable();
        tests.env(variable, value.to_string()).env("GLOSSATOR_SEED", seed.to_string());
        Ok(tests)
    }
}

/// A different seed in every run.
pub(crate) fn random_seed() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// Builds the app, runs the trial in one browser after the other, and prints a table of the results.
pub(crate) fn faults(project: &Project, request: &Request) -> Result<()> {
    let target = Target::acquire(project)?;
    let runner = TrialRunner::prepare(project, &target)?;
    let seed = request.seed.unwrap_or_else(random_seed);
    println!("Seed {seed}");
    let mut tests = runner.command(project, &target, &request.browsers, request.trial, seed)?;
    let mut rows = Vec::new();
    let outcome = run_inspected(&mut tests, |line| {
        if line.starts_with("| ") {
            rows.push(line.to_owned());
        }
    });
    println!("\n{}\n{}", request.trial.columns(), rows.join("\n"));
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::parsed;

    #[test]
    fn the_options_choose_the_trial_and_the_browsers() {
        let parse = |line| parsed(line, Request::parse);
        let all = |trial| Request { browsers: BROWSERS.to_vec(), trial, seed: None };
        assert_eq!(parse(""), Ok(all(Trial::Kills(50))));
        assert_eq!(parse("--tabs"), Ok(all(Trial::Tabs(1_000))));
        let one = Request { browsers: vec!["firefox"], trial: Trial::Kills(3), seed: Some(7) };
        assert_eq!(parse("--browser firefox --kills 3 --seed 7"), Ok(one));
        assert_eq!(parse("--browser opera"), Err("There is no browser `opera` here.".to_owned()));
        assert_eq!(parse("--kills"), Err("`--kills` needs a value.".to_owned()));
        assert_eq!(parse("--kills some"), Err("`--kills some`: that is not a number.".to_owned()));
    }
}
