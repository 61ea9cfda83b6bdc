//! Processes that start others, and the certainty that none of them stays behind.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::display::Display;

/// A program with all that it started. Dropping it kills them.
pub(crate) struct Family {
    head: Child,
    home: PathBuf,
    // Ends after the processes that draw on it.
    _display: Option<Display>,
}

impl Family {
    /// Starts the program in a home of its own, drawing on `display` where it needs one.
    pub(crate) fn start(command: &mut Command, home: &Path, display: Option<Display>) -> Self {
        if let Some(display) = &display {
            command.env("DISPLAY", display.name()).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
        }
        let head = command
            // Also the mark by which all that it starts is found again.
            .current_dir(home)
            // Browsers write to the home and the cache whatever they are told about the profile.
            .env("HOME", home)
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("NO_AT_BRIDGE", "1")
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} did not start: {error}", command.get_program().display()));
        Self { head, home: home.to_owned(), _display: display }
    }

    /// How the program ended, if it did.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.head.try_wait().ok().flatten()
    }

    /// Kills them all at one moment, none being told, and waits until they are gone.
    pub(super) fn kill(&mut self) {
        // Collected before the first dies: afterwards its children have another parent.
        let mut members = self.offspring();
        // Of one that has ended and been waited for, the number may be another's by now.
        if self.ended().is_none() {
            members.push(self.head.id());
        }
        kill(&members);
        // It fails only for a process that is gone already, which is what is wanted.
        let _ = self.head.wait();
        // Until they are gone they write to the home, and hold it against a successor.
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(10) {
            let left = self.offspring();
            if left.is_empty() {
                break;
            }
            kill(&left);
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// What the program started, and what that started, even where the one between has ended.
    pub(super) fn offspring(&self) -> Vec<u32> {
        let mut found = descendants(self.head.id());
        found.extend(
            working_in(&self.home)
                .filter(|pid| *pid != self.head.id() && !found.contains(pid))
                .collect::<Vec<_>>(),
        );
        found
    }
}

impl Drop for Family {
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

/// The processes that work in this folder, which no other than ours do.
fn working_in(folder: &Path) -> impl Iterator<Item = u32> {
    processes()
        .filter(move |pid| fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|at| at.starts_with(folder)))
}

/// Every process; none where the system does not list them in /proc.
fn processes() -> impl Iterator<Item = u32> {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
}

/// The processes under `root`.
fn descendants(root: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = processes()
        .filter_map(|pid| {
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            // The name, in parentheses, may itself hold anything; the parent is the second field after it.
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
