//! The checkout, the versions that it pins, and the cache directory.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

/// The checkout, and the cache that it shares with other checkouts.
pub(crate) struct Project {
    /// The folder with the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// `glossator/` in the user's cache directory.
    pub(crate) cache: PathBuf,
}

impl Project {
    /// Finds the checkout that this program was built from, and the cache directory.
    pub(crate) fn open() -> Result<Self> {
        // `cargo run` sets the variable. A binary started by hand uses the path at build time.
        let package =
            env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| OsString::from(env!("CARGO_MANIFEST_DIR")));
        let root = Path::new(&package).parent().context("the xtask package is in no workspace")?.to_owned();
        let cache = dirs::cache_dir()
            .context("this account has no cache directory: set HOME (or XDG_CACHE_HOME)")?
            .join("glossator");
        Ok(Self { root, cache })
    }

    /// A command that runs at the root of the checkout.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// The Cargo that runs this program.
    pub(crate) fn cargo(&self) -> Command {
        self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// The version of a crate in `Cargo.lock`.
    pub(crate) fn locked_version(&self, name: &str) -> Result<String> {
        let path = self.root.join("Cargo.lock");
        let text = read(&path)?;
        locked_version(&text, name).with_context(|| format!("in {}", path.display()))
    }

    /// The version of an npm package, pinned in `xtask/npm/<name>/package.json`.
    pub(crate) fn npm_version(&self, name: &str) -> Result<String> {
        #[derive(Deserialize)]
        struct Manifest {
            dependencies: std::collections::BTreeMap<String, String>,
        }
        let path = self.npm_manifests(name).join("package.json");
        let manifest: Manifest = serde_json::from_str(&read(&path)?)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        manifest
            .dependencies
            .get(name)
            .cloned()
            .with_context(|| format!("{} does not pin {name}", path.display()))
    }

    /// The folder with the manifests that pin an npm package and its checksum.
    pub(crate) fn npm_manifests(&self, name: &str) -> PathBuf {
        self.root.join("xtask").join("npm").join(name)
    }
}

/// Reads a text file of the checkout.
fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// The version of a crate in the text of a `Cargo.lock`.
fn locked_version(lock: &str, name: &str) -> Result<String> {
    #[derive(Deserialize)]
    struct Lock {
        package: Vec<Package>,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
        version: String,
    }
    let lock: Lock = toml::from_str(lock).context("the lock file cannot be parsed")?;
    lock.package
        .into_iter()
        .find(|package| package.name == name)
        .map(|package| package.version)
        .with_context(|| format!("no version of {name} is locked"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen-futures"
version = "0.4.79"

[[package]]
name = "wasm-bindgen"
version = "0.2.129"
dependencies = ["cfg-if"]
"#;

    #[test]
    fn the_locked_version_is_that_of_the_exact_name() -> Result<()> {
        assert_eq!(locked_version(LOCK, "wasm-bindgen")?, "0.2.129");
        Ok(())
    }

    #[test]
    fn the_error_names_a_crate_that_is_not_locked() {
        let problem = locked_version(LOCK, "yew").map_err(|problem| problem.to_string());
        assert_eq!(problem, Err("no version of yew is locked".to_owned()));
    }
}
