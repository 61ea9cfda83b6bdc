//! One driver process for each scenario.

use std::{
    fs::{self, File},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use super::{Browser, processes::Family};

/// A running `WebDriver` server. Dropping it ends it and every process that it started.
pub(super) struct Driver {
    family: Family,
    port: u16,
    log: PathBuf,
}

impl Driver {
    /// Starts the browser's driver, with a home of its own under `profile`, and waits until it listens.
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
        let family = Family::start(&mut command, profile, browser.display());
        let mut driver = Self { family, port, log };
        driver.wait_until_it_listens(&program);
        driver
    }

    /// Where sessions are asked for.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Everything that it started.
    pub(super) fn processes(&self) -> Vec<u32> {
        self.family.offspring()
    }

    /// What the driver wrote so far, for the message of a failure.
    pub(super) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    fn wait_until_it_listens(&mut self, program: &Path) {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let began = Instant::now();
        while TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_err() {
            let ended = self.family.ended();
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

/// A port that nothing listens on at this moment.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port on the loopback");
    listener.local_addr().expect("a bound listener has an address").port()
}
