//! `cargo xtask bench`: the page beside pages that do nothing but draw, and beside other tools.

use std::env;
use std::path::{self, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::browsers::Browsers;
use crate::bundle;
use crate::command::run;
use crate::project::Project;
use crate::target::Target;
use crate::test::browser_tests;
use crate::tools::{WebTools, ensure_npm_package};

/// The libraries of other tools, and the variables that tell the bench where they are.
const PEERS: [(&str, &str); 2] =
    [("@recogito/text-annotator", "GLOSSATOR_RECOGITO"), ("mark.js", "GLOSSATOR_MARKJS")];

/// Names the program of Label Studio, which has a server of its own and is measured where it is installed.
const LABEL_STUDIO: &str = "GLOSSATOR_LABEL_STUDIO";

/// What to measure, as the command line asks for it.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Request {
    /// A page that is built already.
    dist: Option<PathBuf>,
    /// Whether other tools are measured, too.
    peers: bool,
    /// What the bench itself is asked for.
    args: Vec<String>,
}

impl Request {
    /// Reads the arguments after `cargo xtask bench`.
    pub(crate) fn parse(args: &[String]) -> Result<Self> {
        let mut request = Self::default();
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut value = || args.next().with_context(|| format!("`{arg}` needs a value."));
            match arg.as_str() {
                "--dist" => request.dist = Some(value()?.into()),
                "--firefox" => request.args.push(arg.clone()),
                "--peers" => {
                    request.peers = true;
                    request.args.push(arg.clone());
                }
                "--runs" => {
                    let runs = value()?;
                    let number: usize =
                        runs.parse().with_context(|| format!("`--runs {runs}`: that is not a number."))?;
                    ensure!(number > 0, "`--runs` is at least 1.");
                    request.args.extend([arg.clone(), runs.clone()]);
                }
                "--size" => request.args.extend([arg.clone(), value()?.clone()]),
                unknown => bail!("There is no option `{unknown}`."),
            }
        }
        Ok(request)
    }
}

/// Builds the page, measures it, and leaves the table in `target/bench.md`.
pub(crate) fn bench(project: &Project, request: &Request) -> Result<()> {
    let browsers = Browsers::ensure(project)?;
    let peers = if request.peers { peers(project)? } else { Vec::new() };
    let target = Target::take(project)?;
    let dist = match &request.dist {
        Some(dist) => dist.canonicalize().with_context(|| format!("{} is not there", dist.display()))?,
        None => bundle::bundle(project, &WebTools::ensure(project)?, &target)?,
    };
    let table = project.root.join("target").join("bench.md");
    let mut measuring = browser_tests(project, &target, &browsers, &dist)?;
    measuring.arg("--bench").args(&request.args).env("GLOSSATOR_BENCH", &table).envs(peers);
    run(&mut measuring)?;
    println!("\nWritten to {}", table.display());
    Ok(())
}

/// Finds or installs the other tools; gives where they are, each with its variable.
fn peers(project: &Project) -> Result<Vec<(&'static str, PathBuf)>> {
    let mut peers = Vec::new();
    for (package, variable) in PEERS {
        let folder = ensure_npm_package(project, package, "the bench measures the page beside it")?;
        peers.push((variable, folder));
    }
    let named = env::var_os(LABEL_STUDIO).map(PathBuf::from);
    match named.or_else(|| which::which("label-studio").ok()) {
        Some(program) => peers.push((LABEL_STUDIO, path::absolute(program)?)),
        None => println!(
            "Label Studio is left out, since it is not installed: `pip install label-studio==1.23.2` installs it, best \
             into an environment of its own, and {LABEL_STUDIO} names its program where it is not on PATH."
        ),
    }
    Ok(peers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_says_what_is_measured() {
        let parse = |line: &str| {
            let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            Request::parse(&args).map_err(|problem| problem.to_string())
        };
        assert_eq!(parse(""), Ok(Request::default()));
        let some = ["--firefox", "--runs", "3", "--size", "1MB"].map(str::to_owned).to_vec();
        assert_eq!(
            parse("--firefox --dist here --runs 3 --size 1MB"),
            Ok(Request { dist: Some("here".into()), peers: false, args: some })
        );
        assert_eq!(
            parse("--peers"),
            Ok(Request { dist: None, peers: true, args: vec!["--peers".to_owned()] })
        );
        assert_eq!(parse("--runs 0"), Err("`--runs` is at least 1.".to_owned()));
        assert_eq!(parse("--runs"), Err("`--runs` needs a value.".to_owned()));
        assert_eq!(parse("--slowly"), Err("There is no option `--slowly`.".to_owned()));
    }
}
