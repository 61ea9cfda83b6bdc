//! The folder that compiled code goes to, shared by all checkouts.

use std::env;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{self, Command};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::command::{output, run};
use crate::project::Project;

/// A target folder that this run may use until it is dropped.
pub(crate) struct Target {
    /// Nothing when the user chose a folder by `CARGO_TARGET_DIR`: it is left to Cargo then.
    shared: Option<Shared>,
}

struct Shared {
    folder: PathBuf,
    /// Holds the lock for as long as it is open.
    _lock: File,
}

impl Target {
    /// Takes the shared target folder for this checkout, waiting for another that uses it.
    ///
    /// Cargo tells the packages of two checkouts apart neither by path nor by content, only by the times of the
    /// files: in a shared folder it would take the other checkout's code for this one's. So one checkout uses
    /// the folder at a time, and what the last one built of the workspace (not its dependencies) is removed first.
    pub(crate) fn take(project: &Project) -> Result<Self> {
        if env::var_os("CARGO_TARGET_DIR").is_some() {
            return Ok(Self { shared: None });
        }
        let rustc = output(project.command("rustc").arg("--version")).context("rustc cannot be run")?;
        let version = rustc.split_whitespace().nth(1).unwrap_or("unknown");
        let folder = project.cache.join("target").join(version);
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;

        let lock_path = folder.join(".xtask-lock");
        let lock =
            File::create(&lock_path).with_context(|| format!("{} cannot be written", lock_path.display()))?;
        if lock.try_lock().is_err() {
            println!("Waiting for another checkout that is building.");
            lock.lock().with_context(|| format!("{} cannot be locked", lock_path.display()))?;
        }

        let stamp_path = folder.join(".xtask-checkout");
        let stamp = checkout_stamp(project)?;
        if fs::read_to_string(&stamp_path).ok().as_ref() != Some(&stamp) {
            run(project.cargo().args(["clean", "--quiet", "--workspace", "--target-dir"]).arg(&folder))?;
            fs::write(&stamp_path, stamp)
                .with_context(|| format!("{} cannot be written", stamp_path.display()))?;
        }
        Ok(Self { shared: Some(Shared { folder, _lock: lock }) })
    }

    /// Makes a command, and what it starts, compile into this folder.
    pub(crate) fn apply<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        match &self.shared {
            Some(shared) => command.env("CARGO_TARGET_DIR", &shared.folder),
            None => command,
        }
    }
}

/// A text that is this checkout's alone: its path, and a number drawn when it was first built,
/// because another checkout may later lie at the same path.
fn checkout_stamp(project: &Project) -> Result<String> {
    let folder = project.root.join("target");
    let path = folder.join(".xtask-number");
    let number = if let Ok(number) = fs::read_to_string(&path) {
        number
    } else {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos());
        let number = format!("{now}-{}", process::id());
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        fs::write(&path, &number).with_context(|| format!("{} cannot be written", path.display()))?;
        number
    };
    Ok(format!("{}\n{number}\n", project.root.display()))
}
