//! `cargo xtask test`: runs the lints, the native tests, the wasm tests and the browser tests.

use std::cmp::Reverse;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

use crate::browsers::{Browsers, Chromium};
use crate::bundle;
use crate::command::run;
use crate::progress::minutes;
use crate::project::Project;
use crate::target::Target;
use crate::tools::{WASM, WebTools, ensure_cargo_deny, ensure_lint_components, ensure_wasm_target};

/// The package of the app.
const PACKAGE: &str = "glossator";

/// A part of the checks that can be run by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Lint,
    Native,
    Wasm,
    Browser,
}

/// What the command line asks for.
#[derive(Debug, PartialEq)]
pub(crate) struct Request {
    /// `None` for all parts.
    part: Option<Part>,
    /// Arguments for the test programs.
    args: Vec<String>,
}

impl Request {
    /// Reads the arguments after `cargo xtask test`.
    pub(crate) fn parse(args: &[String]) -> Result<Self> {
        let Some((part, rest)) = args.split_first() else {
            return Ok(Self { part: None, args: Vec::new() });
        };
        let part = match part.as_str() {
            "lint" => Part::Lint,
            "native" => Part::Native,
            "wasm" => Part::Wasm,
            "browser" => Part::Browser,
            unknown => bail!("There is no part `{unknown}` of the tests."),
        };
        // Cargo itself wants `--` before such arguments, so people type it here as well.
        let rest = match rest.split_first() {
            Some((first, rest)) if first == "--" => rest,
            _ => rest,
        };
        if part == Part::Lint && !rest.is_empty() {
            bail!("The lints take no arguments.");
        }
        Ok(Self { part: Some(part), args: rest.to_vec() })
    }

    fn wants(&self, part: Part) -> bool {
        self.part.is_none_or(|wanted| wanted == part)
    }
}

/// Installs what the request needs, then runs one part after another, also after one has failed.
pub(crate) fn test(project: &Project, request: &Request) -> Result<()> {
    let (lint, native) = (request.wants(Part::Lint), request.wants(Part::Native));
    let (wasm, browser) = (request.wants(Part::Wasm), request.wants(Part::Browser));

    // Tools come first, so that whoever has to install one by hand learns it at once.
    let lint_tools = Requirement::when(lint, || {
        ensure_lint_components(project)?;
        ensure_wasm_target(project)
    });
    let cargo_deny = Requirement::when(lint, || ensure_cargo_deny(project));
    let web_tools = Requirement::when(wasm || browser, || WebTools::ensure(project));
    let browsers = Requirement::when(browser, || Browsers::ensure(project));
    let chromium = Requirement::when(wasm, Chromium::ensure);
    let target = Target::acquire(project)?;

    let mut report = Report::default();
    let checks = Checks { project, target: &target, args: &request.args };
    if lint {
        report.part("formatting", || lint_tools.get().and_then(|()| checks.formatting()));
        report.part("clippy", || lint_tools.get().and_then(|()| checks.clippy()));
        report.part("clippy for wasm", || lint_tools.get().and_then(|()| checks.clippy_for_wasm()));
        report.part("documentation", || checks.documentation());
        report.part("dependencies", || checks.dependencies(cargo_deny.get()?));
    }
    if native {
        report.part("native tests", || checks.native());
    }
    if wasm {
        report.part("wasm tests", || checks.wasm(web_tools.get()?, chromium.get()?));
    }
    if browser {
        let mut dist = Err(anyhow!("the release build failed"));
        report.part("release build", || {
            dist = Ok(bundle::bundle(project, web_tools.get()?, &target)?);
            Ok(())
        });
        report.part("browser tests", || checks.browser(browsers.get()?, &dist?));
    }
    report.conclude()
}

/// Something that a part needs, or the reason why it is missing.
struct Requirement<T>(Result<T>);

impl<T> Requirement<T> {
    /// Provides it if a requested part needs it. Prints why it cannot.
    fn when(needed: bool, provide: impl FnOnce() -> Result<T>) -> Self {
        if !needed {
            return Self(Err(anyhow!("no requested part needs it")));
        }
        let provided = provide();
        if let Err(problem) = &provided {
            eprintln!("\nxtask: {problem:#}\n");
        }
        Self(provided)
    }

    fn get(&self) -> Result<&T> {
        self.0.as_ref().map_err(|problem| anyhow!("{problem:#}"))
    }
}

/// The single checks.
struct Checks<'a> {
    project: &'a Project,
    target: &'a Target,
    args: &'a [String],
}

impl Checks<'_> {
    fn cargo(&self, args: &[&str]) -> Command {
        let mut cargo = self.project.cargo();
        self.target.apply(&mut cargo);
        cargo.args(args);
        cargo
    }

    fn formatting(&self) -> Result<()> {
        run(&mut self.cargo(&["fmt", "--all", "--check"]))
    }

    fn clippy(&self) -> Result<()> {
        run(&mut self.cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "--deny=warnings",
        ]))
    }

    /// Much of the app, and `tests/wasm.rs`, is compiled for wasm only.
    fn clippy_for_wasm(&self) -> Result<()> {
        run(&mut self.cargo(&[
            "clippy",
            "--package",
            PACKAGE,
            "--target",
            WASM,
            "--lib",
            "--bins",
            "--test",
            "wasm",
            "--",
            "--deny=warnings",
        ]))
    }

    fn documentation(&self) -> Result<()> {
        let document = |args: &[&str]| {
            let mut cargo = self.cargo(&["doc", "--no-deps", "--document-private-items"]);
            run(cargo.args(args).env("RUSTDOCFLAGS", "--deny=warnings"))
        };
        document(&["--workspace"])?;
        document(&["--package", PACKAGE, "--target", WASM])
    }

    /// `deny.toml` says which licences and sources are allowed.
    fn dependencies(&self, cargo_deny: &Path) -> Result<()> {
        let deny = |args: &[&str]| {
            let mut command = self.project.command(cargo_deny);
            command.args(["--locked", "--workspace"]).args(args);
            command
        };
        run(&mut deny(&["check", "--hide-inclusion-graph", "licenses", "bans", "sources"]))?;
        // The database of vulnerabilities is on GitHub, which not every machine can reach.
        let fetched = deny(&["fetch", "db"]).output().context("cargo-deny could not be started")?;
        if fetched.status.success() {
            return run(&mut deny(&["check", "--hide-inclusion-graph", "advisories"]));
        }
        let words = String::from_utf8_lossy(&fetched.stderr);
        let reason = words.trim().lines().next_back().unwrap_or("their database could not be fetched");
        println!("Advisories were not checked: {reason}");
        Ok(())
    }

    fn native(&self) -> Result<()> {
        run(self.cargo(&["test", "--workspace", "--"]).args(self.args))
    }

    fn wasm(&self, tools: &WebTools, chromium: &Chromium) -> Result<()> {
        // On its own the driver looks for the browser only in the usual places.
        let capabilities = serde_json::json!({
            "goog:chromeOptions": { "binary": chromium.browser }
        });
        let folder = self.project.root.join("target");
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let webdriver = folder.join("webdriver.json");
        fs::write(&webdriver, capabilities.to_string())
            .with_context(|| format!("{} cannot be written", webdriver.display()))?;

        let mut cargo = self.cargo(&["test", "--package", PACKAGE, "--target", WASM, "--test", "wasm", "--"]);
        cargo
            .args(self.args)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", &tools.test_runner)
            .env("CHROMEDRIVER", &chromium.driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &webdriver)
            // Seconds. The defaults are too short for a slow machine.
            .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
            .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
        // The runner would prefer any of these to ChromeDriver.
        for other in [
            "GECKODRIVER",
            "SAFARIDRIVER",
            "GECKODRIVER_REMOTE",
            "SAFARIDRIVER_REMOTE",
            "CHROMEDRIVER_REMOTE",
        ] {
            cargo.env_remove(other);
        }
        run(&mut cargo)
    }

    fn browser(&self, browsers: &Browsers, dist: &Path) -> Result<()> {
        let mut cargo = browser_tests(self.project, self.target, browsers, dist)?;
        // A session mostly waits: three at once keep two cores busy.
        run(cargo.arg("--test-threads=3").args(self.args))
    }
}

/// The command that runs the browser tests on the app built in `dist`. Arguments for the tests can be added.
pub(crate) fn browser_tests(
    project: &Project,
    target: &Target,
    browsers: &Browsers,
    dist: &Path,
) -> Result<Command> {
    let screenshots = project.root.join("target").join("screenshots");
    fs::create_dir_all(&screenshots).with_context(|| format!("{} cannot be made", screenshots.display()))?;
    let mut cargo = project.cargo();
    target.apply(&mut cargo);
    cargo
        .args(["test", "--package", PACKAGE, "--features", "browser-tests", "--test", "browser", "--"])
        .env("GLOSSATOR_DIST", dist)
        .env("GLOSSATOR_SCREENSHOTS", screenshots);
    browsers.set_variables(&mut cargo);
    Ok(cargo)
}

/// The outcome and the duration of each part.
#[derive(Default)]
struct Report {
    parts: Vec<(&'static str, Duration, Result<()>)>,
}

impl Report {
    fn part(&mut self, name: &'static str, check: impl FnOnce() -> Result<()>) {
        println!("\n=== {name} ===");
        let start = Instant::now();
        let outcome = check();
        if let Err(problem) = &outcome {
            eprintln!("xtask: {name}: {problem:#}");
        }
        self.parts.push((name, start.elapsed(), outcome));
    }

    /// Prints the summary. Fails if a part failed, and names it.
    fn conclude(&self) -> Result<()> {
        println!("\n{}", self.summary());
        let failed: Vec<&str> =
            self.parts.iter().filter(|(_, _, outcome)| outcome.is_err()).map(|(name, ..)| *name).collect();
        if failed.is_empty() {
            println!("\nAll passed.");
            return Ok(());
        }
        bail!("failed: {}", failed.join(", "))
    }

    /// One line for each part, the longest first, with its share of the whole time.
    fn summary(&self) -> String {
        let width = self.parts.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
        let whole: Duration = self.parts.iter().map(|(_, duration, _)| *duration).sum();
        let mut parts: Vec<_> = self.parts.iter().collect();
        parts.sort_by_key(|(_, duration, _)| Reverse(*duration));
        let mut lines = vec![format!("{} in all, the longest part first:", minutes(whole))];
        lines.extend(parts.into_iter().map(|(name, duration, outcome)| {
            let seconds = duration.as_secs();
            let percent = 100 * duration.as_millis() / whole.as_millis().max(1);
            let times = format!("{name:width$}  {seconds:>4} s  {percent:>3} %");
            match outcome {
                Ok(()) => format!("passed  {times}"),
                Err(problem) => format!("FAILED  {times}  {problem:#}"),
            }
        }));
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::parsed;

    #[test]
    fn arguments_after_a_part_go_to_its_tests() {
        let parse = |line| parsed(line, Request::parse);
        let native = |args: &[&str]| Request {
            part: Some(Part::Native),
            args: args.iter().map(|&arg| arg.to_owned()).collect(),
        };
        assert_eq!(parse("native export --nocapture"), Ok(native(&["export", "--nocapture"])));
        assert_eq!(parse("native -- export"), Ok(native(&["export"])));
        assert_eq!(parse("everything"), Err("There is no part `everything` of the tests.".to_owned()));
    }

    #[test]
    fn the_report_names_what_failed() {
        let mut report = Report::default();
        report.part("native tests", || Ok(()));
        report.part("wasm tests", || bail!("no browser"));
        let problem = report.conclude().map_err(|problem| problem.to_string());
        assert_eq!(problem, Err("failed: wasm tests".to_owned()));
    }

    #[test]
    fn the_summary_begins_with_the_longest_part() {
        let seconds = Duration::from_secs;
        let parts = vec![
            ("clippy", seconds(20), Ok(())),
            ("browser tests", seconds(450), Err(anyhow!("3 tests failed"))),
            ("wasm tests", seconds(30), Ok(())),
        ];
        assert_eq!(
            Report { parts }.summary(),
            "\
8 min 20 s in all, the longest part first:
FAILED  browser tests   450 s   90 %  3 tests failed
passed  wasm tests       30 s    6 %
passed  clippy           20 s    4 %"
        );
    }
}
