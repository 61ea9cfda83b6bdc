//! `cargo xtask bench`: compares the speed of the app with minimal pages and with other tools.

use std::env;
use std::fs;
use std::path::{self, Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::browsers::Browsers;
use crate::bundle;
use crate::command::run;
use crate::project::Project;
use crate::target::Target;
use crate::test::browser_tests;
use crate::tools::{WebTools, ensure_npm_package};

/// The npm packages of other tools, and the variables that pass their folders to the bench.
const PEERS: [(&str, &str); 2] =
    [("@recogito/text-annotator", "GLOSSATOR_RECOGITO"), ("mark.js", "GLOSSATOR_MARKJS")];

/// The document that shows the table, and the markers around it.
const DOCUMENT: &str = "docs/performance.md";
const BEGIN: &str = "<!-- bench:begin -->";
const END: &str = "<!-- bench:end -->";

/// The variable with the path of Label Studio, which is measured if it is installed. It is a server of its own.
const LABEL_STUDIO: &str = "GLOSSATOR_LABEL_STUDIO";

/// What the command line asks for.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Request {
    /// The folder of an app that is built already.
    dist: Option<PathBuf>,
    /// Whether other tools are measured as well.
    peers: bool,
    /// Whether only some of the sizes, or Firefox, are measured. Such a table does not go into the documents.
    partial: bool,
    /// Arguments for the bench itself.
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
                "--firefox" => {
                    request.partial = true;
                    request.args.push(arg.clone());
                }
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
                "--size" => {
                    request.partial = true;
                    request.args.extend([arg.clone(), value()?.clone()]);
                }
                unknown => bail!("There is no option `{unknown}`."),
            }
        }
        Ok(request)
    }
}

/// Builds the app, measures it, and writes the table to `target/bench.md`. A complete one goes into [`DOCUMENT`] too.
pub(crate) fn bench(project: &Project, request: &Request) -> Result<()> {
    let browsers = Browsers::ensure(project)?;
    let peers = if request.peers { peers(project)? } else { Vec::new() };
    let target = Target::acquire(project)?;
    let dist = match &request.dist {
        Some(dist) => dist.canonicalize().with_context(|| format!("{} is not there", dist.display()))?,
        None => bundle::bundle(project, &WebTools::ensure(project)?, &target)?,
    };
    let table = project.root.join("target").join("bench.md");
    let mut measuring = browser_tests(project, &target, &browsers, &dist)?;
    measuring.arg("--bench").args(&request.args).env("GLOSSATOR_BENCH", &table).envs(peers);
    run(&mut measuring)?;
    println!("\nWritten to {}", table.display());
    if request.partial {
        return Ok(());
    }
    let document = project.root.join(DOCUMENT);
    write_between_markers(&document, &table)?;
    println!("Written to {}", document.display());
    Ok(())
}

/// Replaces the text between the markers of a document by that of the file `table`.
fn write_between_markers(document: &Path, table: &Path) -> Result<()> {
    let read =
        |path: &Path| fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()));
    let text = between_markers(&read(document)?, &read(table)?)
        .with_context(|| format!("{} has no lines `{BEGIN}` and `{END}`", document.display()))?;
    fs::write(document, text).with_context(|| format!("{} cannot be written", document.display()))
}

/// A document with another text between its markers, or `None` if it has no markers.
fn between_markers(document: &str, text: &str) -> Option<String> {
    let (before, rest) = document.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", text.trim()))
}

/// Finds or installs the other tools. Returns the path of each, with the variable that passes it to the bench.
fn peers(project: &Project) -> Result<Vec<(&'static str, PathBuf)>> {
    let mut peers = Vec::new();
    for (package, variable) in PEERS {
        let folder = ensure_npm_package(project, package, "the bench compares the app with it")?;
        peers.push((variable, folder));
    }
    let named = env::var_os(LABEL_STUDIO).map(PathBuf::from);
    match named.or_else(|| which::which("label-studio").ok()) {
        Some(program) => peers.push((LABEL_STUDIO, path::absolute(program)?)),
        None => println!(
            "Label Studio is not measured, because it is not installed. `pip install label-studio==1.23.2` installs it, \
             preferably in a virtual environment. If it is not on PATH, set {LABEL_STUDIO} to its path."
        ),
    }
    Ok(peers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::parsed;

    #[test]
    fn the_options_choose_what_is_measured() {
        let parse = |line| parsed(line, Request::parse);
        assert_eq!(parse(""), Ok(Request::default()));
        let some = ["--firefox", "--runs", "3", "--size", "1MB"].map(str::to_owned).to_vec();
        assert_eq!(
            parse("--firefox --dist here --runs 3 --size 1MB"),
            Ok(Request { dist: Some("here".into()), peers: false, partial: true, args: some })
        );
        assert_eq!(
            parse("--peers"),
            Ok(Request { dist: None, peers: true, partial: false, args: vec!["--peers".to_owned()] })
        );
        assert_eq!(parse("--runs 0"), Err("`--runs` is at least 1.".to_owned()));
        assert_eq!(parse("--runs"), Err("`--runs` needs a value.".to_owned()));
        assert_eq!(parse("--slowly"), Err("There is no option `--slowly`.".to_owned()));
    }

    #[test]
    fn the_table_replaces_the_text_between_the_markers() {
        let document = "# Speed\n\n<!-- bench:begin -->\nold\n<!-- bench:end -->\n\nMore.\n";
        let renewed = "# Speed\n\n<!-- bench:begin -->\n\n| new |\n\n<!-- bench:end -->\n\nMore.\n";
        assert_eq!(between_markers(document, "| new |\n").as_deref(), Some(renewed));
        assert_eq!(between_markers(renewed, "| new |\n").as_deref(), Some(renewed), "the same once more");
        assert_eq!(between_markers("# Speed\n<!-- bench:begin -->\n", "| new |"), None);
    }
}
