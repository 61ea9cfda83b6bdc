//! `cargo xtask`: serves, tests, measures and builds Glossator.
//!
//! Each command installs the tools that it needs and does not find. They go into a cache outside the checkout.

mod bench;
mod browsers;
mod bundle;
mod command;
mod faults;
mod pictures;
mod progress;
mod project;
mod serve;
mod shrink;
mod sizes;
mod soak;
mod split;
mod target;
mod test;
mod tools;

use std::env;
use std::process::ExitCode;

use anyhow::{Result, ensure};

use crate::project::Project;

/// The help text.
const USAGE: &str = "\
Usage: cargo xtask <command>

  serve [options]   Build and serve the app, print its URL, and rebuild it at every change
                    (the options are those of `trunk serve`)
  test              Run all checks: lints, native tests, wasm tests, release build, browser tests
  test <part>       Run one part: lint, native, wasm or browser
                    (further arguments go to the test programs: cargo xtask test native export)
  soak [options]    Run the properties, the fuzzers and the kills with random seeds and many cases, and print
                    the seed of each failure (--minutes <30>, or --cases <number> for one round;
                    --seed <number>; --no-kills leaves out the browsers)
  faults [options]  Kill browsers at random moments of random work, and compare what comes back with what
                    the page had shown as saved (--kills <50>, --browser <name>, --seed <number>;
                    --tabs instead: two and four tabs that write at once)
  bench [options]   Compare the speed of the app with minimal pages, and print a table. The table of all sizes
                    in Chromium also goes into docs/performance.md
                    (--runs <5>, --firefox, --size <10kB, 100kB, 1MB or 5MB>, which may be repeated;
                    --peers adds other tools: Recogito, mark.js and, if it is installed, Label Studio;
                    --dist <folder> measures an app that is built already)
  pictures          Take the pictures of the documents again, in Chromium
  build             Build the optimised app in dist/ and print its download size

Missing tools are installed first: build tools and compiled dependencies into your cache directory,
browsers with apt-get (for the tests, on Debian and Ubuntu).";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let Some((command, rest)) = args.split_first() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let outcome = match command.as_str() {
        "serve" => with_project(|project| serve::serve(project, rest)),
        "test" => match test::Request::parse(rest) {
            Ok(request) => with_project(|project| test::test(project, &request)),
            Err(problem) => return usage_error(&problem.to_string()),
        },
        "faults" => match faults::Request::parse(rest) {
            Ok(request) => with_project(|project| faults::faults(project, &request)),
            Err(problem) => return usage_error(&problem.to_string()),
        },
        "soak" => match soak::Request::parse(rest) {
            Ok(request) => with_project(|project| soak::soak(project, &request)),
            Err(problem) => return usage_error(&problem.to_string()),
        },
        "bench" => match bench::Request::parse(rest) {
            Ok(request) => with_project(|project| bench::bench(project, &request)),
            Err(problem) => return usage_error(&problem.to_string()),
        },
        "pictures" => with_project(|project| {
            ensure!(rest.is_empty(), "`cargo xtask pictures` takes no arguments");
            pictures::pictures(project)
        }),
        "build" => with_project(|project| {
            ensure!(rest.is_empty(), "`cargo xtask build` takes no arguments");
            bundle::build(project)
        }),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        unknown => return usage_error(&format!("There is no command `{unknown}`.")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\nxtask: {problem:#}");
            ExitCode::FAILURE
        }
    }
}

fn with_project(work: impl FnOnce(&Project) -> Result<()>) -> Result<()> {
    work(&Project::open()?)
}

fn usage_error(problem: &str) -> ExitCode {
    eprintln!("{problem}\n\n{USAGE}");
    ExitCode::from(2)
}
