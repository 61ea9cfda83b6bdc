//! Processes that start others, and that must not outlive a test.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::display::Display;

/// A process with all its descendants. Dropping it kills them.
pub(crate) struct ProcessTree {
    root: Child,
    home: PathBuf,
    // Ends after the processes that draw on it.
    _display: Option<Display>,
}

impl ProcessTree {
    /// Starts the program with `home` as its working and home folder, and on `display` if it needs one.
    pub(crate) fn start(command: &mut Command, home: &Path, display: Option<Display>) -> Self {
        if let Some(display) = &display {
            command.env("DISPLAY", display.name()).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
        }
        let root = command
            // All descendants inherit the working folder, and are found by it.
            .current_dir(home)
            // Browsers write to the home and the cache even if they have a profile elsewhere.
            .env("HOME", home)
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("NO_AT_BRIDGE", "1")
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} did not start: {error}", command.get_program().display()));
        Self { root, home: home.to_owned(), _display: display }
    }

    /// The exit status, once the program has ended.
    pub(crate) fn exit_status(&mut self) -> Option<ExitStatus> {
        self.root.try_wait().ok().flatten()
    }

    /// Kills all processes at once and without warning, and waits until they are gone.
    pub(super) fn kill(&mut self) {
        // Collected before the first dies, since its children then get another parent.
        let mut members = self.descendants();
        // Once it has ended and been waited for, its id may belong to another process.
        if self.exit_status().is_none() {
            members.push(self.root.id());
        }
        kill(&members);
        // Fails only if the process is gone already.
        let _ = self.root.wait();
        // Until they are gone they write to the home, and lock it.
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(10) {
            let left = self.descendants();
            if left.is_empty() {
                break;
            }
            kill(&left);
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The ids of all descendants, including those whose parents have ended.
    pub(super) fn descendants(&self) -> Vec<u32> {
        let mut found = descendants(self.root.id());
        found.extend(
            working_in(&self.home)
                .filter(|pid| *pid != self.root.id() && !found.contains(pid))
                .collect::<Vec<_>>(),
        );
        found
    }
}

impl Drop for ProcessTree {
    fn drop(&mut self) {
        self.kill();
    }
}

fn kill(processes: &[u32]) {
    if !processes.is_empty() {
        let _ = Command::new("kill")
            .arg("-KILL")
            .args(processes.iter().map(u32::to_string))
            .stderr(Stdio::null())
            .status();
    }
}

/// The processes whose working folder is this one or below it.
fn working_in(folder: &Path) -> impl Iterator<Item = u32> {
    processes()
        .filter(move |pid| fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|at| at.starts_with(folder)))
}

/// The ids of all processes. None if the system has no /proc.
fn processes() -> impl Iterator<Item = u32> {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
}

/// The processes below `root`.
fn descendants(root: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = processes()
        .filter_map(|pid| {
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            // The name, in parentheses, may contain anything. The parent is the second field after it.
            let parent = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()?;
            Some((pid, parent))
        })
        .collect();
    let mut found = vec![root];
    let mut next = 0;
    while let Some(&parent) = found.get(next) {
        found.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(pid, _)| *pid));
        next += 1;
    }
    found.split_off(1)
}
