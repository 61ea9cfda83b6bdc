//! The target folder for compiled code, which all checkouts share.

use std::env;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{self, Command};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::command::{output, run};
use crate::project::Project;
use crate::tools::WASM;

/// The target folder of this run. The shared one is locked until this is dropped.
pub(crate) struct Target {
    /// `None` if Cargo chooses: `CARGO_TARGET_DIR`, or `target/` in the checkout.
    shared: Option<Shared>,
}

struct Shared {
    folder: PathBuf,
    /// Keeps the folder for this checkout while it is open.
    #[cfg_attr(not(unix), allow(dead_code))]
    lock: File,
}

impl Target {
    /// Locks the shared folder for this checkout. If another checkout uses it, chooses the checkout's own folder.
    ///
    /// Cargo distinguishes the packages of two checkouts neither by path nor by content, only by file times. In a
    /// shared folder it would use the code of the other checkout. So only one checkout uses the folder at a time, and
    /// the workspace's own packages of the previous one are removed first. Dependencies stay.
    pub(crate) fn acquire(project: &Project) -> Result<Self> {
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
        // Runs of one checkout share the lock. Changing the checkout needs it exclusively. An exclusive lock cannot
        // become a shared one without being released, so the stamp is read again afterwards.
        for _ in 0..2 {
            lock.lock_shared().with_context(unlockable)?;
            if fs::read_to_string(&stamp_path).is_ok_and(|text| text == stamp) {
                return Ok(Self { shared: Some(Shared { folder, lock }) });
            }
            lock.unlock().with_context(unlockable)?;
            if lock.try_lock().is_err() {
                break;
            }
            // `cargo clean` cleans one profile of one target.
            for options in [&[][..], &["--release"], &["--target", WASM], &["--release", "--target", WASM]] {
                let mut clean = project.cargo();
                clean.args(["clean", "--quiet", "--workspace"]).args(options);
                run(clean.arg("--target-dir").arg(&folder))?;
            }
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

    /// The folder.
    pub(crate) fn folder(&self, project: &Project) -> PathBuf {
        match &self.shared {
            Some(shared) => shared.folder.clone(),
            None => project
                .root
                .join(env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)),
        }
    }

    /// Makes a command and its children compile into this folder.
    pub(crate) fn apply<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        match &self.shared {
            Some(shared) => command.env("CARGO_TARGET_DIR", &shared.folder),
            None => command,
        }
    }

    /// Gives the folder and its lock to a command that replaces this process. The command keeps the lock because it
    /// inherits the lock file, which is empty, as its standard input.
    #[cfg(unix)]
    pub(crate) fn hand_over(self, command: &mut Command) {
        self.apply(command);
        if let Some(shared) = self.shared {
            command.stdin(shared.lock);
        }
    }
}

/// A text that identifies this checkout: its path, and a number from its first build, because another checkout
/// may later have the same path.
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
