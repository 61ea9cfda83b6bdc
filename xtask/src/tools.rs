//! Finds the build tools on `PATH` or in the cache, and installs missing ones into the cache.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::command::{output, run};
use crate::progress;
use crate::project::Project;

/// The target that the app is compiled for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

const TRUNK_VERSION: &str = "0.21.14";
const GECKODRIVER_VERSION: &str = "0.37.1";
const CARGO_DENY_VERSION: &str = "0.20.2";

/// How many lines of the log a failed installation prints.
const LOG_LINES: usize = 40;

/// A package that `cargo install` provides.
struct CargoTool<'a> {
    package: &'a str,
    version: &'a str,
    /// The programs that the package must contain. The first is looked up on `PATH`.
    programs: &'a [&'a str],
    /// Why it is needed; completes the sentence “Installing …: it …”.
    purpose: &'a str,
}

/// The tools that build the app.
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
                purpose: "it bundles and serves the app",
            },
        )?;
        Ok(Self { trunk, wasm_bindgen, test_runner })
    }

    /// The program that connects a module with its script.
    pub(crate) fn wasm_bindgen(&self) -> &Path {
        &self.wasm_bindgen
    }

    /// Trunk, set up to use this wasm-bindgen instead of downloading one.
    pub(crate) fn trunk(&self, project: &Project) -> Result<Command> {
        let mut command = project.command(&self.trunk);
        command.env("PATH", path_with(&self.wasm_bindgen)?).env("TRUNK_SKIP_VERSION_CHECK", "true");
        // By convention any value of NO_COLOR means yes, but Trunk accepts only `true` and `false`.
        match env::var_os("NO_COLOR") {
            Some(value) if !value.is_empty() => command.env("NO_COLOR", "true"),
            _ => command.env_remove("NO_COLOR"),
        };
        Ok(command)
    }
}

/// Installs the wasm target of the current toolchain if it is missing.
pub(crate) fn ensure_wasm_target(project: &Project) -> Result<()> {
    let mut rustc = project.command("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM]);
    if output(&mut rustc).is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    println!("Installing the Rust target {WASM}: the app is compiled for it.");
    run(project.command("rustup").args(["target", "add", WASM])).with_context(|| {
        format!("the Rust target {WASM} is missing; add it to your toolchain, for instance with rustup")
    })
}

/// Installs rustfmt and clippy if they are missing.
pub(crate) fn ensure_lint_components(project: &Project) -> Result<()> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if output(project.cargo().args([subcommand, "--version"])).is_none() {
            println!("Installing the Rust component {component}: it checks the source code.");
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
            purpose: "it checks the licences, sources and known vulnerabilities of all dependencies",
        },
    )
}

/// Finds or installs wasm-bindgen and its test runner, in the version of the crate in `Cargo.lock`.
fn ensure_wasm_bindgen(project: &Project) -> Result<(PathBuf, PathBuf)> {
    let programs = ["wasm-bindgen", "wasm-bindgen-test-runner"];
    let wasm_bindgen = ensure_cargo_tool(
        project,
        &CargoTool {
            package: "wasm-bindgen-cli",
            version: &project.locked_version("wasm-bindgen")?,
            programs: &programs,
            purpose: "it connects WebAssembly and JavaScript, and must match the crate in Cargo.lock",
        },
    )?;
    let test_runner = sibling(&wasm_bindgen, programs[1]);
    Ok((wasm_bindgen, test_runner))
}

/// Finds or installs geckodriver, with which tests control Firefox.
pub(crate) fn ensure_geckodriver(project: &Project) -> Result<PathBuf> {
    ensure_cargo_tool(
        project,
        &CargoTool {
            package: "geckodriver",
            version: GECKODRIVER_VERSION,
            programs: &["geckodriver"],
            purpose: "the browser tests control Firefox with it",
        },
    )
}

/// The first program of a tool: from `PATH`, else from the cache, else newly installed into the cache.
fn ensure_cargo_tool(project: &Project, tool: &CargoTool) -> Result<PathBuf> {
    let name = tool.programs[0];
    if let Ok(found) = which::which(name)
        && tool.is_complete(&found)
    {
        return Ok(found);
    }
    let tools = tools_folder(project)?;
    let title = format!("{} {}", tool.package, tool.version);
    let folder = tools.join(format!("{}-{}", tool.package, tool.version));
    let program = folder.join("bin").join(format!("{name}{}", env::consts::EXE_SUFFIX));
    if tool.is_complete(&program) {
        return Ok(program);
    }
    let _lock = lock_tools(project)?;
    // Another run may have installed it in the meantime.
    if tool.is_complete(&program) {
        return Ok(program);
    }
    println!("Installing {title} into {}: {}. This happens once.", folder.display(), tool.purpose);
    let log = |verb: &str| tools.join(format!("{verb}-{}-{}.log", tool.package, tool.version));
    if has_binstall(project) {
        let log = log("download");
        let status =
            progress::run(&mut tool.binstall(project, &folder), &format!("Downloading {title}"), &log)?;
        if status.success() && tool.is_complete(&program) {
            return Ok(program);
        }
        println!("cargo-binstall did not provide it (its log: {}). Compiling it instead.", log.display());
    }
    let log = log("compile");
    let mut install = tool.compile(project, &folder, &program)?;
    let status = progress::run(&mut install, &format!("Compiling {title}"), &log)?;
    ensure!(
        status.success(),
        "{title} could not be compiled ({status}). The log is in {}; its last lines:\n{}",
        log.display(),
        progress::tail(&log, LOG_LINES)
    );
    ensure!(
        tool.is_complete(&program),
        "{title} was installed, but {} does not report this version",
        program.display()
    );
    Ok(program)
}

/// Whether `cargo binstall` is installed, which downloads compiled programs.
fn has_binstall(project: &Project) -> bool {
    output(project.cargo().args(["binstall", "-V"])).is_some()
}

impl CargoTool<'_> {
    /// Whether a program and all others of the package are there, in the right version.
    fn is_complete(&self, program: &Path) -> bool {
        self.programs.iter().all(|name| has_version(&sibling(program, name), self.version))
    }

    /// Downloads the compiled package into a folder.
    fn binstall(&self, project: &Project, folder: &Path) -> Command {
        let mut binstall = project.cargo();
        binstall
            .args(["binstall", "--no-confirm", "--force"])
            // This program compiles faster, with the options below.
            .args(["--disable-strategies", "compile", "--root"])
            .arg(folder)
            .arg(format!("{}@{}", self.package, self.version))
            .env("BINSTALL_DISABLE_TELEMETRY", "true");
        binstall
    }

    /// Compiles the package into a folder.
    fn compile(&self, project: &Project, folder: &Path, program: &Path) -> Result<Command> {
        let mut install = project.cargo();
        install
            // Cargo may have recorded an interrupted or broken installation as complete.
            .args(["install", "--locked", "--force", "--version", self.version, "--root"])
            .arg(folder)
            .arg(self.package)
            // Compiled dependencies are discarded. They must not fill the checkout's own target folder.
            .env_remove("CARGO_TARGET_DIR")
            // Otherwise Cargo advises adding the folder to PATH, which is not necessary.
            .env("PATH", path_with(program)?)
            // Link-time optimisation would take many minutes and gain nothing here.
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        Ok(install)
    }
}

/// The folder of an npm package in its pinned version, which is installed into the cache if it is missing.
pub(crate) fn ensure_npm_package(project: &Project, name: &str, purpose: &str) -> Result<PathBuf> {
    let version = project.npm_version(name)?;
    let folder = tools_folder(project)?.join(format!("{name}-{version}"));
    let package = folder.join("node_modules").join(name);
    if package.is_dir() {
        return Ok(package);
    }
    let npm = which::which("npm")
        .with_context(|| format!("npm is missing, which is needed to install {name} {version}"))?;
    let _lock = lock_tools(project)?;
    if package.is_dir() {
        return Ok(package);
    }
    println!("Installing {name} {version} from npm into {}: {purpose}.", folder.display());
    // Renamed when complete, so that an interrupted installation is never used.
    let partial = folder.with_added_extension("partial");
    for leftover in [&partial, &folder] {
        if leftover.exists() {
            fs::remove_dir_all(leftover)
                .with_context(|| format!("{} cannot be removed", leftover.display()))?;
        }
    }
    fs::create_dir_all(&partial).with_context(|| format!("{} cannot be made", partial.display()))?;
    for file in ["package.json", "package-lock.json"] {
        let from = project.npm_manifests(name).join(file);
        fs::copy(&from, partial.join(file))
            .with_context(|| format!("{} cannot be copied", from.display()))?;
    }
    run(Command::new(npm).current_dir(&partial).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    fs::rename(&partial, &folder).with_context(|| format!("{} cannot be renamed", partial.display()))?;
    ensure!(package.is_dir(), "npm did not install {}", package.display());
    Ok(package)
}

/// The version that a program reports, or `None` if it cannot be run.
pub(crate) fn reported_version(program: &Path) -> Option<String> {
    let text = output(Command::new(program).arg("--version"))?;
    version_in(&text).map(str::to_owned)
}

/// The first word that looks like a version: `0.2.129` in `wasm-bindgen 0.2.129 (abc)`.
fn version_in(text: &str) -> Option<&str> {
    text.split_whitespace()
        .map(|word| word.trim_start_matches('v'))
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

fn has_version(program: &Path, version: &str) -> bool {
    program.is_file() && reported_version(program).as_deref() == Some(version)
}

/// Another program in the same folder.
fn sibling(program: &Path, name: &str) -> PathBuf {
    program.with_file_name(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// `PATH` with the folder of a program added at the front.
fn path_with(program: &Path) -> Result<OsString> {
    let Some(folder) = program.parent() else {
        bail!("{} is in no folder", program.display());
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

/// Prevents two runs from installing tools at once, until the returned file is dropped.
fn lock_tools(project: &Project) -> Result<File> {
    let path = tools_folder(project)?.join(".lock");
    let file = File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
    if file.try_lock().is_err() {
        println!("Waiting for another run to finish installing tools.");
        file.lock().with_context(|| format!("{} cannot be locked", path.display()))?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn the_version_is_found_among_other_words() {
        assert_eq!(version_in("wasm-bindgen 0.2.129\n"), Some("0.2.129"));
        assert_eq!(version_in("geckodriver 0.37.1 (a 2026-01-01)\n\nThe source 1.0"), Some("0.37.1"));
        assert_eq!(version_in("Chromium 150.0.7871.46 built on Debian 12"), Some("150.0.7871.46"));
        assert_eq!(version_in("wasm-opt version 108"), Some("108"));
        assert_eq!(version_in("nothing here"), None);
    }
}
