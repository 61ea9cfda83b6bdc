//! One driver process for each scenario, and the certainty that nothing of it stays behind.

use std::{
    fs::{self, File},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{Browser, display::Display};

/// A running `WebDriver` server. Dropping it ends it and every process that it started.
pub(super) struct Driver {
    child: Child,
    port: u16,
    log: PathBuf,
    profile: PathBuf,
    // Ends after the processes that draw on it.
    _display: Option<Display>,
}

impl Driver {
    /// Starts the browser's driver, with a home of its own under `profile`, and waits until it listens.
    pub(super) fn start(browser: Browser, profile: &Path) -> Self {
        let display = browser.display();
        let program = browser.driver();
        let port = free_port();
        let log = profile.join("driver.log");
        let output = File::create(&log).expect("the profile folder takes a log");
        let mut command = Command::new(&program);
        if let Some(display) = &display {
            command.env("DISPLAY", display.name()).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
        }
        let child = command
            .args(browser.driver_arguments(port))
            // Also the mark by which all that it starts is found again.
            .current_dir(profile)
            // Browsers write to the home and the cache whatever they are told about the profile.
            .env("HOME", profile)
            .env("XDG_CACHE_HOME", profile.join("cache"))
            .env("XDG_CONFIG_HOME", profile.join("config"))
            .env("XDG_DATA_HOME", profile.join("data"))
            .env("NO_AT_BRIDGE", "1")
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::null())
            .stdout(output.try_clone().expect("a second handle on the log"))
            .stderr(output)
            .spawn()
            .unwrap_or_else(|error| panic!("{} did not start: {error}", program.display()));
        let mut driver = Self { child, port, log, profile: profile.to_owned(), _display: display };
        driver.wait_until_it_listens(&program);
        driver
    }

    /// Where sessions are asked for.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What the driver wrote so far, for the message of a failure.
    pub(super) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    fn wait_until_it_listens(&mut self, program: &Path) {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let began = Instant::now();
        while TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_err() {
            let ended = self.child.try_wait().ok().flatten();
            assert!(
                ended.is_none() && began.elapsed() < Duration::from_secs(30),
                "{} does not listen on {address} ({ended:?}); it wrote:\n{}",
                program.display(),
                self.log()
            );
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Collected before the driver ends: afterwards its children have another parent.
        let offspring = self.offspring();
        // Both fail only for a process that is gone already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
        kill(&offspring);
        // Until they are gone they write to the profile, which is about to be removed.
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
}

impl Driver {
    /// What it started, and what that started, even where the one between has ended.
    fn offspring(&self) -> Vec<u32> {
        let mut found = descendants(self.child.id());
        found.extend(
            working_in(&self.profile)
                .filter(|pid| *pid != self.child.id() && !found.contains(pid))
                .collect::<Vec<_>>(),
        );
        found
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

/// A port that nothing listens on at this moment.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port on the loopback");
    listener.local_addr().expect("a bound listener has an address").port()
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
