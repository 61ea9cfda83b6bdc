//! `cargo xtask build`: the optimised page in `dist/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::command::run;
use crate::project::Project;
use crate::sizes;
use crate::target::Target;
use crate::tools::{WebTools, ensure_npm_package, stated_version};

/// What rustc lets WebAssembly use, and so what wasm-opt has to read and may write.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds the page and prints its download size.
pub(crate) fn build(project: &Project) -> Result<()> {
    let tools = WebTools::ensure(project)?;
    let target = Target::take(project)?;
    let dist = bundle(project, &tools, &target)?;
    println!("\nBuilt {}: any static host can serve it, under any path.", dist.display());
    Ok(())
}

/// Builds and optimises the page, prints its download size, and returns its folder.
pub(crate) fn bundle(project: &Project, tools: &WebTools, target: &Target) -> Result<PathBuf> {
    let dist = project.root.join("dist");
    let mut trunk = tools.trunk(project)?;
    trunk.args(["build", "--release"]);
    run(target.apply(&mut trunk))?;
    optimise(project, &wasm_in(&dist)?);
    sizes::print(&dist)?;
    Ok(dist)
}

/// The WebAssembly module of a built page.
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

/// Makes a module smaller with the first wasm-opt that can read it; without one, warns and leaves it.
fn optimise(project: &Project, wasm: &Path) {
    if let Ok(found) = which::which("wasm-opt") {
        match wasm_opt(&mut Command::new(&found), wasm) {
            Ok(()) => return,
            // Releases that are some years old do not know what today's rustc emits.
            Err(problem) => println!(
                "The wasm-opt on PATH ({}) cannot be used: {problem:#}",
                stated_version(&found)
                    .map_or_else(|| "of unknown version".to_owned(), |version| format!("version {version}"))
            ),
        }
    }
    let packaged = ensure_npm_package(project, "binaryen", "it holds wasm-opt, which makes the page smaller")
        .and_then(|package| {
            let node = which::which("node").context("node is missing, which runs npm's wasm-opt")?;
            wasm_opt(Command::new(node).arg(package.join("bin").join("wasm-opt")), wasm)
        });
    if let Err(problem) = packaged {
        println!(
            "\nWARNING: the page was built without wasm-opt and is larger than it need be: {problem:#}.\n\
             Install Node.js with npm, or a recent Binaryen, and build again.\n"
        );
    }
}

/// Runs one wasm-opt on a module, and puts the result in its place.
fn wasm_opt(command: &mut Command, wasm: &Path) -> Result<()> {
    let smaller = wasm.with_extension("wasm.optimised");
    let output = command
        .arg("-Oz")
        .args(WASM_FEATURES)
        .arg(wasm)
        .arg("-o")
        .arg(&smaller)
        .stdin(Stdio::null())
        .output()
        .context("it could not be started")?;
    if !output.status.success() {
        // It may have written part of the module, which must not be served.
        let _ = fs::remove_file(&smaller);
        let words = String::from_utf8_lossy(&output.stderr);
        bail!("{}", words.lines().next().unwrap_or("it failed"));
    }
    let before = size(wasm)?;
    let after = size(&smaller)?;
    ensure!(after > 0, "it wrote nothing");
    fs::rename(&smaller, wasm).with_context(|| format!("{} cannot be replaced", wasm.display()))?;
    println!("wasm-opt made the module {after} bytes of {before}.");
    Ok(())
}

fn size(path: &Path) -> Result<u64> {
    let metadata = fs::metadata(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(metadata.len())
}
