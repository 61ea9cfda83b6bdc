//! `cargo xtask build`: builds the optimised app in `dist/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::command::run;
use crate::project::Project;
use crate::shrink;
use crate::sizes;
use crate::split::split;
use crate::target::Target;
use crate::tools::{WASM, WebTools, ensure_npm_package, reported_version};

/// The WebAssembly features that rustc uses. wasm-opt must read them, and may use no others.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds the app and prints its download size.
pub(crate) fn build(project: &Project) -> Result<()> {
    let tools = WebTools::ensure(project)?;
    let target = Target::acquire(project)?;
    let dist = bundle(project, &tools, &target)?;
    println!("\nBuilt {}: any static host can serve it, at any path.", dist.display());
    Ok(())
}

/// Builds and optimises the app, prints its download size, and returns its folder.
pub(crate) fn bundle(project: &Project, tools: &WebTools, target: &Target) -> Result<PathBuf> {
    let dist = project.root.join("dist");
    let mut trunk = tools.trunk(project)?;
    // The splitter finds what the parts consist of by the names that `strip` would remove.
    trunk.args(["build", "--release", "--features", "split"]).env("CARGO_PROFILE_RELEASE_STRIP", "none");
    run(target.apply(&mut trunk))?;
    let wasm = wasm_in(&dist)?;
    let script = script_of(&wasm)?;
    let compiled = target.folder(project).join(WASM).join("release").join("glossator.wasm");
    let lazy = split(project, tools, &compiled, &wasm, &script)?;
    optimise(project, &[(&wasm, Some(&script)), (&lazy, None)]);
    sizes::print(&dist)?;
    Ok(dist)
}

/// The WebAssembly module of the built app.
fn wasm_in(dist: &Path) -> Result<PathBuf> {
    let unreadable = || format!("{} cannot be read", dist.display());
    for entry in fs::read_dir(dist).with_context(unreadable)? {
        let path = entry.with_context(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            return Ok(path);
        }
    }
    bail!("Trunk put no WebAssembly into {}", dist.display())
}

/// Makes modules, each with its script, smaller with the first wasm-opt that can read them; without one, warns and
/// leaves them.
fn optimise(project: &Project, modules: &[(&Path, Option<&Path>)]) {
    if let Ok(found) = which::which("wasm-opt") {
        match shrink_all(|| Command::new(&found), modules) {
            Ok(()) => return,
            // Releases that are some years old do not know what today's rustc emits.
            Err(problem) => println!(
                "The wasm-opt on PATH ({}) cannot be used: {problem:#}",
                reported_version(&found)
                    .map_or_else(|| "of unknown version".to_owned(), |version| format!("version {version}"))
            ),
        }
    }
    let packaged = ensure_npm_package(project, "binaryen", "it holds wasm-opt, which makes the page smaller")
        .and_then(|package| {
            let node = which::which("node").context("node is missing, which runs npm's wasm-opt")?;
            let wasm_opt = || {
                let mut command = Command::new(&node);
                command.arg(package.join("bin").join("wasm-opt"));
                command
            };
            shrink_all(wasm_opt, modules)
        });
    if let Err(problem) = packaged {
        println!(
            "\nWARNING: the page was built without wasm-opt and is larger than it need be: {problem:#}.\n\
             Install Node.js with npm, or a recent Binaryen, and build again.\n"
        );
    }
}

fn shrink_all(command: impl Fn() -> Command, modules: &[(&Path, Option<&Path>)]) -> Result<()> {
    modules.iter().try_for_each(|(wasm, script)| shrink(&command, wasm, *script))
}

/// Optimises a module and puts the result in its place, and its script's beside it. `command` makes a wasm-opt.
fn shrink(command: impl Fn() -> Command, wasm: &Path, script: Option<&Path>) -> Result<()> {
    let before = size(wasm)?;
    let smaller = wasm.with_extension("wasm.optimised");
    let outcome = shrink_into(command, wasm, script, &smaller);
    if outcome.is_err() {
        // It may be part of a module, which must not be served.
        let _ = fs::remove_file(&smaller);
    }
    outcome?;
    println!("wasm-opt made the module {} bytes of {before}.", size(wasm)?);
    Ok(())
}

fn shrink_into(
    command: impl Fn() -> Command,
    wasm: &Path,
    script: Option<&Path>,
    smaller: &Path,
) -> Result<()> {
    wasm_opt(command(), &[], wasm, smaller)?;
    let module = fs::read(smaller).with_context(|| format!("{} cannot be read", smaller.display()))?;
    fs::write(smaller, shrink::named_by_code(&module)?)?;
    wasm_opt(command(), &["--reorder-functions-by-name"], smaller, smaller)?;

    let mut words = None;
    if let Some(script) = script {
        let module = fs::read(smaller)?;
        let long =
            fs::read_to_string(script).with_context(|| format!("{} cannot be read", script.display()))?;
        let (module, short) = shrink::with_short_names(&module, &long)?;
        fs::write(smaller, module)?;
        words = Some((script, short));
    }
    fs::rename(smaller, wasm).with_context(|| format!("{} cannot be replaced", wasm.display()))?;
    words.map_or(Ok(()), |(script, words)| {
        fs::write(script, words).with_context(|| format!("{} cannot be written", script.display()))
    })
}

/// The script that wasm-bindgen writes beside a module.
fn script_of(wasm: &Path) -> Result<PathBuf> {
    let name = wasm.file_stem().and_then(|it| it.to_str()).and_then(|it| it.strip_suffix("_bg"));
    let name = name.with_context(|| format!("{} is not named as wasm-bindgen does", wasm.display()))?;
    Ok(wasm.with_file_name(format!("{name}.js")))
}

/// Runs one wasm-opt.
fn wasm_opt(mut command: Command, options: &[&str], from: &Path, to: &Path) -> Result<()> {
    let output = command
        .arg("-Oz")
        .args(WASM_FEATURES)
        .args(options)
        .arg(from)
        .arg("-o")
        .arg(to)
        .stdin(Stdio::null())
        .output()
        .context("it could not be started")?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        bail!("{}", words.lines().next().unwrap_or("it failed"));
    }
    ensure!(size(to)? > 0, "it wrote nothing");
    Ok(())
}

fn size(path: &Path) -> Result<u64> {
    let metadata = fs::metadata(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(metadata.len())
}
