//! The folder that compiled code goes to, shared by all checkouts.

use std::env;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{self, Command};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::command::{output, run};
use crate::project::Project;

/// Where this run compiles to, until it is dropped.
pub(crate) struct Target {
    /// Nothing when it is Cargo's own choice: `CARGO_TARGET_DIR`, or `target/` in the checkout.
    shared: Option<Shared>,
}

struct Shared {
    folder: PathBuf,
    /// Holds the folder for this checkout for as long as it is open.
    #[cfg_attr(not(unix), allow(dead_code))]
    lock: File,
}

impl Target {
    /// Takes the shared folder for this checkout, or the checkout's own while another uses the shared one.
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

        let stamp_path = folder.join(".xtask-checkout");
        let stamp = checkout_stamp(project)?;
        let lock_path = folder.join(".xtask-lock");
        let unlockable = || format!("{} cannot be locked", lock_path.display());
        let lock = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&lock_path)
            .with_context(unlockable)?;
        // Runs of one checkout hold the lock together. Changing to another checkout takes it alone; that lock
        // cannot be turned into the common one without letting go of it, so what was changed is looked at again.
        for _ in 0..2 {
            lock.lock_shared().with_context(unlockable)?;
            if fs::read_to_string(&stamp_path).is_ok_and(|text| text == stamp) {
                return Ok(Self { shared: Some(Shared { folder, lock }) });
            }
            lock.unlock().with_context(unlockable)?;
            if lock.try_lock().is_err() {
                break;
            }
            let mut clean = project.cargo();
            clean.args(["clean", "--quiet", "--workspace", "--target-dir"]).arg(&folder);
            run(&mut clean)?;
            fs::write(&stamp_path, &stamp)
                .with_context(|| format!("{} cannot be written", stamp_path.display()))?;
            lock.unlock().with_context(unlockable)?;
        }
        println!(
            "Another checkout is using {}: compiling into this checkout's own target folder.",
            folder.display()
        );
        Ok(Self { shared: None })
    }

    /// Makes a command, and what it starts, compile into this folder.
    pub(crate) fn apply<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        match &self.shared {
            Some(shared) => command.env("CARGO_TARGET_DIR", &shared.folder),
            None => command,
        }
    }

    /// Makes a command hold this folder even when it replaces this process: by the lock as its input,
    /// which is empty.
    #[cfg(unix)]
    pub(crate) fn hand_over(self, command: &mut Command) {
        self.apply(command);
        if let Some(shared) = self.shared {
            command.stdin(shared.lock);
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
