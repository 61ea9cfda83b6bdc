//! The `WebDriver` server of a browser.

use std::{
    fs::{self, File},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use super::{Browser, processes::ProcessTree};

/// A running `WebDriver` server. Dropping it kills it and every process that it started.
pub(super) struct Driver {
    processes: ProcessTree,
    port: u16,
    log: PathBuf,
}

impl Driver {
    /// Starts the browser's driver with `profile` as its home, and waits until it listens.
    pub(super) fn start(browser: Browser, profile: &Path) -> Self {
        let program = browser.driver();
        let port = free_port();
        let log = profile.join("driver.log");
        let output = File::create(&log).expect("the profile folder takes a log");
        let mut command = Command::new(&program);
        command
            .args(browser.driver_arguments(port))
            .stdout(output.try_clone().expect("a second handle on the log"))
            .stderr(output);
        let processes = ProcessTree::start(&mut command, profile, browser.display());
        let mut driver = Self { processes, port, log };
        driver.wait_until_it_listens(&program);
        driver
    }

    /// Where the server accepts sessions.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The ids of all processes that it started.
    pub(super) fn processes(&self) -> Vec<u32> {
        self.processes.descendants()
    }

    /// The driver's output so far, for the message of a failure.
    pub(super) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    fn wait_until_it_listens(&mut self, program: &Path) {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let began = Instant::now();
        while TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_err() {
            let ended = self.processes.exit_status();
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

/// A port on which nothing listens at the moment.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port on the loopback");
    listener.local_addr().expect("a bound listener has an address").port()
}
