//! The commands with which Glossator is served, tested and built: `cargo xtask serve`, `test`, `faults`, `bench`,
//! `pictures` and `build`.
//!
//! Each installs what it needs and does not find, outside the checkout, and says so.

mod bench;
mod browsers;
mod bundle;
mod command;
mod faults;
mod pictures;
mod project;
mod serve;
mod shrink;
mod sizes;
mod target;
mod test;
mod tools;

use std::env;
use std::process::ExitCode;

use anyhow::{Result, ensure};

use crate::project::Project;

/// What is printed when the command line cannot be understood.
const USAGE: &str = "\
Usage: cargo xtask <command>

  serve [options]   Serve the page and rebuild it at every change (options go to `trunk serve`)
  test              Check everything: lints, native tests, wasm tests, release build, browser tests
  test <part>       Check one part: lint, native, wasm or browser
                    (further arguments go to the test programs: cargo xtask test native export)
  faults [options]  Kill browsers at random moments of random work, and compare what comes back with what
                    the page had said was saved (--kills <50>, --browser <name>, --seed <number>;
                    --tabs instead: two and four tabs that write at once)
  bench [options]   Measure the page beside pages that do nothing but draw, and print a table
                    (--runs <5>, --firefox, --size <10kB, 100kB, 1MB or 5MB>, which may be repeated;
                    --peers adds other tools: Recogito, mark.js and, where it is installed, Label Studio;
                    --dist <folder> takes a page that is built)
  pictures          Make the README's pictures anew, from what a test sees in Chromium
  build             Build the optimised page into dist/ and print its download size

What is missing is installed first: tools and compiled dependencies into your cache directory,
browsers (for `test`, on Debian and Ubuntu) with apt-get.";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let Some((command, rest)) = args.split_first() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let outcome = match command.as_str() {
        "serve" => on_project(|project| serve::serve(project, rest)),
        "test" => match test::Request::parse(rest) {
            Ok(request) => on_project(|project| test::test(project, &request)),
            Err(problem) => return misunderstood(&problem.to_string()),
        },
        "faults" => match faults::Request::parse(rest) {
            Ok(request) => on_project(|project| faults::faults(project, &request)),
            Err(problem) => return misunderstood(&problem.to_string()),
        },
        "bench" => match bench::Request::parse(rest) {
            Ok(request) => on_project(|project| bench::bench(project, &request)),
            Err(problem) => return misunderstood(&problem.to_string()),
        },
        "pictures" => on_project(|project| {
            ensure!(rest.is_empty(), "`cargo xtask pictures` takes no arguments");
            pictures::pictures(project)
        }),
        "build" => on_project(|project| {
            ensure!(rest.is_empty(), "`cargo xtask build` takes no arguments");
            bundle::build(project)
        }),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        unknown => return misunderstood(&format!("There is no command `{unknown}`.")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\nxtask: {problem:#}");
            ExitCode::FAILURE
        }
    }
}

fn on_project(work: impl FnOnce(&Project) -> Result<()>) -> Result<()> {
    work(&Project::open()?)
}

fn misunderstood(problem: &str) -> ExitCode {
    eprintln!("{problem}\n\n{USAGE}");
    ExitCode::from(2)
}
