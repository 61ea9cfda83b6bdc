//! The build tools: found on `PATH` or in the cache, and installed into the cache where they are missing.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::command::{output, run};
use crate::project::Project;

/// The target the page is compiled for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

const TRUNK_VERSION: &str = "0.21.14";
const GECKODRIVER_VERSION: &str = "0.37.1";
const CARGO_DENY_VERSION: &str = "0.20.2";

/// A program that `cargo install` provides.
struct CargoTool<'a> {
    package: &'a str,
    version: &'a str,
    /// What the package must hold; the first is the one looked up.
    programs: &'a [&'a str],
    /// What Glossator wants it for.
    purpose: &'a str,
}

/// The tools that turn the crate into a page.
pub(crate) struct WebTools {
    trunk: PathBuf,
    wasm_bindgen: PathBuf,
    /// Runs wasm tests in a browser.
    pub(crate) test_runner: PathBuf,
}

impl WebTools {
    /// Finds or installs the wasm target, wasm-bindgen and Trunk.
    pub(crate) fn ensure(project: &Project) -> Result<Self> {
        ensure_wasm_target(project)?;
        let (wasm_bindgen, test_runner) = ensure_wasm_bindgen(project)?;
        let trunk = ensure_cargo_tool(
            project,
            &CargoTool {
                package: "trunk",
                version: TRUNK_VERSION,
                programs: &["trunk"],
                purpose: "it bundles and serves the page",
            },
        )?;
        Ok(Self { trunk, wasm_bindgen, test_runner })
    }

    /// Trunk, set up so that it finds the right wasm-bindgen rather than download one.
    pub(crate) fn trunk(&self, project: &Project) -> Result<Command> {
        let mut command = project.command(&self.trunk);
        command.env("PATH", path_with(&self.wasm_bindgen)?).env("TRUNK_SKIP_VERSION_CHECK", "true");
        // Trunk wants `true` or `false` here, although by convention any value means yes.
        match env::var_os("NO_COLOR") {
            Some(value) if !value.is_empty() => command.env("NO_COLOR", "true"),
            _ => command.env_remove("NO_COLOR"),
        };
        Ok(command)
    }
}

/// Finds or installs the wasm target of the toolchain in use.
pub(crate) fn ensure_wasm_target(project: &Project) -> Result<()> {
    let mut rustc = project.command("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM]);
    if output(&mut rustc).is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    println!("Installing the Rust target {WASM}: the page is compiled for it.");
    run(project.command("rustup").args(["target", "add", WASM])).with_context(|| {
        format!("the Rust target {WASM} is missing: add it to your toolchain, with rustup for instance")
    })
}

/// Finds or installs rustfmt and clippy.
pub(crate) fn ensure_lint_components(project: &Project) -> Result<()> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if output(project.cargo().args([subcommand, "--version"])).is_none() {
            println!("Installing the Rust component {component}: the sources are checked with it.");
            run(project.command("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

/// Finds or installs cargo-deny.
pub(crate) fn ensure_cargo_deny(project: &Project) -> Result<PathBuf> {
    ensure_cargo_tool(
        project,
        &CargoTool {
            package: "cargo-deny",
            version: CARGO_DENY_VERSION,
            programs: &["cargo-deny"],
            purpose: "it checks the licences, sources and known faults of all that Glossator is built from",
        },
    )
}

/// Finds or installs wasm-bindgen and its test runner, whose version must be that of the crate.
fn ensure_wasm_bindgen(project: &Project) -> Result<(PathBuf, PathBuf)> {
    let programs = ["wasm-bindgen", "wasm-bindgen-test-runner"];
    let wasm_bindgen = ensure_cargo_tool(
        project,
        &CargoTool {
            package: "wasm-bindgen-cli",
            version: &project.locked_version("wasm-bindgen")?,
            programs: &programs,
            purpose: "it joins the page's WebAssembly to JavaScript, and Cargo.lock asks for this version",
        },
    )?;
    let test_runner = sibling(&wasm_bindgen, programs[1]);
    Ok((wasm_bindgen, test_runner))
}

/// Finds or installs geckodriver, through which tests drive Firefox.
pub(crate) fn ensure_geckodriver(project: &Project) -> Result<PathBuf> {
    ensure_cargo_tool(
        project,
        &CargoTool {
            package: "geckodriver",
            version: GECKODRIVER_VERSION,
            programs: &["geckodriver"],
            purpose: "the browser tests drive Firefox through it",
        },
    )
}

/// The first program of a tool: from `PATH`, else from the cache, else newly installed there.
fn ensure_cargo_tool(project: &Project, tool: &CargoTool) -> Result<PathBuf> {
    let name = tool.programs[0];
    let whole =
        |program: &Path| tool.programs.iter().all(|name| has_version(&sibling(program, name), tool.version));
    if let Ok(found) = which::which(name)
        && whole(&found)
    {
        return Ok(found);
    }
    let folder = tools_folder(project)?.join(format!("{}-{}", tool.package, tool.version));
    let program = folder.join("bin").join(format!("{name}{}", env::consts::EXE_SUFFIX));
    if whole(&program) {
        return Ok(program);
    }
    let _lock = lock_tools(project)?;
    // Another run may have installed it while this one waited.
    if whole(&program) {
        return Ok(program);
    }
    println!(
        "Installing {} {} into {}: {}. This happens once and takes a few minutes.",
        tool.package,
        tool.version,
        folder.display(),
        tool.purpose,
    );
    let mut install = project.cargo();
    install
        // Forced, because an interrupted or broken install may be recorded as complete.
        .args(["install", "--locked", "--force", "--version", tool.version])
        .arg("--root")
        .arg(&folder)
        .arg(tool.package)
        // The build is thrown away: it must not fill the checkout's own target folder.
        .env_remove("CARGO_TARGET_DIR")
        // Else Cargo advises to put the folder on PATH, which nobody needs to do.
        .env("PATH", path_with(&program)?)
        // Link-time optimisation would take many minutes and gain nothing here.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    run(&mut install)?;
    ensure!(
        whole(&program),
        "{} was installed, but {} does not say that it is version {}",
        tool.package,
        program.display(),
        tool.version
    );
    Ok(program)
}

/// The folder of an npm package of the pinned version, installed into the cache where it is missing.
pub(crate) fn ensure_npm_package(project: &Project, name: &str, purpose: &str) -> Result<PathBuf> {
    let version = project.npm_version(name)?;
    let folder = tools_folder(project)?.join(format!("{name}-{version}"));
    let package = folder.join("node_modules").join(name);
    if package.is_dir() {
        return Ok(package);
    }
    let npm = which::which("npm")
        .with_context(|| format!("npm is missing, with which to install {name} {version}"))?;
    let _lock = lock_tools(project)?;
    if package.is_dir() {
        return Ok(package);
    }
    println!("Installing {name} {version} from npm into {}: {purpose}.", folder.display());
    // Installed aside and renamed when whole, so that an interrupted install is not taken for one.
    let aside = folder.with_added_extension("partial");
    for leftover in [&aside, &folder] {
        if leftover.exists() {
            fs::remove_dir_all(leftover)
                .with_context(|| format!("{} cannot be removed", leftover.display()))?;
        }
    }
    fs::create_dir_all(&aside).with_context(|| format!("{} cannot be made", aside.display()))?;
    for file in ["package.json", "package-lock.json"] {
        let from = project.npm_manifests(name).join(file);
        fs::copy(&from, aside.join(file)).with_context(|| format!("{} cannot be copied", from.display()))?;
    }
    run(Command::new(npm).current_dir(&aside).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    fs::rename(&aside, &folder).with_context(|| format!("{} cannot be renamed", aside.display()))?;
    ensure!(package.is_dir(), "npm did not install {}", package.display());
    Ok(package)
}

/// The version a program states, or nothing when it cannot be run.
pub(crate) fn stated_version(program: &Path) -> Option<String> {
    let text = output(Command::new(program).arg("--version"))?;
    version_in(&text).map(str::to_owned)
}

/// The first word of a text that looks like a version: `0.2.129` in `wasm-bindgen 0.2.129 (abc)`.
fn version_in(text: &str) -> Option<&str> {
    text.split_whitespace()
        .map(|word| word.trim_start_matches('v'))
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

fn has_version(program: &Path, version: &str) -> bool {
    program.is_file() && stated_version(program).as_deref() == Some(version)
}

/// Another program in the folder of one.
fn sibling(program: &Path, name: &str) -> PathBuf {
    program.with_file_name(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// `PATH` with the folder of a program put first.
fn path_with(program: &Path) -> Result<OsString> {
    let Some(folder) = program.parent() else {
        bail!("{} lies in no folder", program.display());
    };
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_owned()).chain(env::split_paths(&path));
    env::join_paths(folders).with_context(|| format!("{} cannot be put on PATH", folder.display()))
}

fn tools_folder(project: &Project) -> Result<PathBuf> {
    let folder = project.cache.join("tools");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    Ok(folder)
}

/// Keeps two runs from installing the same tool at once, until the returned file is dropped.
fn lock_tools(project: &Project) -> Result<File> {
    let path = tools_folder(project)?.join(".lock");
    let file = File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
    if file.try_lock().is_err() {
        println!("Waiting for another run that is installing tools.");
        file.lock().with_context(|| format!("{} cannot be locked", path.display()))?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn a_version_is_found_among_other_words() {
        assert_eq!(version_in("wasm-bindgen 0.2.129\n"), Some("0.2.129"));
        assert_eq!(version_in("geckodriver 0.37.1 (a 2026-01-01)\n\nThe source 1.0"), Some("0.37.1"));
        assert_eq!(version_in("Chromium 150.0.7871.46 built on Debian 12"), Some("150.0.7871.46"));
        assert_eq!(version_in("wasm-opt version 108"), Some("108"));
        assert_eq!(version_in("nothing here"), None);
    }
}
