//! `cargo xtask build`: builds the optimised app in `dist/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::command::run;
use crate::project::Project;
use crate::sizes;
use crate::target::Target;
use crate::tools::{WebTools, ensure_npm_package, reported_version};

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
    trunk.args(["build", "--release"]);
    run(target.apply(&mut trunk))?;
    optimise(project, &wasm_in(&dist)?);
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

/// Makes a module smaller with the first wasm-opt that can read it. Without one, warns and leaves it as it is.
fn optimise(project: &Project, wasm: &Path) {
    if let Ok(found) = which::which("wasm-opt") {
        match wasm_opt(Command::new(&found), wasm) {
            Ok(()) => return,
            // Releases that are some years old cannot read the output of today's rustc.
            Err(problem) => println!(
                "The wasm-opt on PATH ({}) cannot be used: {problem:#}",
                reported_version(&found)
                    .map_or_else(|| "of unknown version".to_owned(), |version| format!("version {version}"))
            ),
        }
    }
    let packaged =
        ensure_npm_package(project, "binaryen", "it contains wasm-opt, which makes the download smaller")
            .and_then(|package| {
                let node =
                    which::which("node").context("node is missing, which runs the wasm-opt from npm")?;
                let mut command = Command::new(node);
                command.arg(package.join("bin").join("wasm-opt"));
                wasm_opt(command, wasm)
            });
    if let Err(problem) = packaged {
        println!(
            "\nWARNING: the app was built without wasm-opt and is larger than necessary: {problem:#}.\n\
             Install Node.js with npm, or a recent Binaryen, and build again.\n"
        );
    }
}

/// Replaces a module by an optimised one. `command` starts a wasm-opt.
fn wasm_opt(command: Command, wasm: &Path) -> Result<()> {
    let before = size(wasm)?;
    let optimised = wasm.with_extension("wasm.optimised");
    let outcome = wasm_opt_into(command, wasm, &optimised);
    if outcome.is_err() {
        // It may be part of a module, and the folder is served as a whole.
        let _ = fs::remove_file(&optimised);
    }
    outcome?;
    fs::rename(&optimised, wasm).with_context(|| format!("{} cannot be replaced", wasm.display()))?;
    println!("wasm-opt reduced the module from {before} to {} bytes.", size(wasm)?);
    Ok(())
}

fn wasm_opt_into(mut command: Command, from: &Path, to: &Path) -> Result<()> {
    let output = command
        .arg("-Oz")
        .args(WASM_FEATURES)
        .arg(from)
        .arg("-o")
        .arg(to)
        .stdin(Stdio::null())
        .output()
        .context("it could not be started")?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        bail!("{}", errors.lines().next().unwrap_or("it failed"));
    }
    ensure!(size(to)? > 0, "it wrote nothing");
    Ok(())
}

fn size(path: &Path) -> Result<u64> {
    let metadata = fs::metadata(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(metadata.len())
}
