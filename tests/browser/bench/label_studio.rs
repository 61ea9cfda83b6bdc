//! Label Studio, which is an application with a server of its own.

use std::{env, fs, net::TcpStream, process::Command, time::Duration};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::sample::Sample;
use crate::harness::{Family, Page, comes_true_within, free_port};

/// Names the program where it is installed.
const VARIABLE: &str = "GLOSSATOR_LABEL_STUDIO";

const USER: &str = "bench@example.org";
const PASSWORD: &str = "only for the bench";

/// What scrolls, what holds the text, and the region that keys speak of, in Label Studio's page.
pub(super) const READER: &str = ".lsf-main-content";
pub(super) const PARAGRAPHS: &str = ".lsf-richtext__line";
pub(super) const FOCUSED: &str = ".htx-highlight.__active";

/// What the clock asks: all regions are painted in one step, each as one element at least.
pub(super) const DRAWN: &str = "const regions = () => document.querySelectorAll('.htx-highlight').length; \
    window.drawn = { shown: () => regions() >= window.wanted.regions, changes: regions };";

/// A running server, which has nothing of what it served before.
pub(super) struct LabelStudio {
    // Declared, so dropped, before the folder it writes to.
    _server: Family,
    _home: TempDir,
    port: u16,
}

impl LabelStudio {
    /// Starts the server, where there is one.
    pub(super) fn start() -> Option<Self> {
        let program = env::var_os(VARIABLE)?;
        let home =
            tempfile::Builder::new().prefix("glossator-label-studio-").tempdir().expect("a temporary folder");
        let log = home.path().join("log");
        let output = fs::File::create(&log).expect("the folder takes a log");
        let port = free_port();
        let mut command = Command::new(program);
        command
            .args(["start", "--no-browser", "--internal-host", "127.0.0.1", "--port", &port.to_string()])
            .args(["--username", USER, "--password", PASSWORD])
            // It has to ask nobody outside.
            .env("COLLECT_ANALYTICS", "False")
            .env("LATEST_VERSION_CHECK", "False")
            .env("SENTRY_DSN", "")
            .env("FRONTEND_SENTRY_DSN", "")
            .stdout(output.try_clone().expect("a second handle on the log"))
            .stderr(output);
        eprintln!("Label Studio starts, which takes some minutes");
        let mut server = Family::start(&mut command, home.path(), None);
        let mut ended = None;
        // It listens when its database is made.
        comes_true_within(Duration::from_mins(10), || {
            ended = server.ended();
            ended.is_some() || TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        assert!(
            ended.is_none() && TcpStream::connect(("127.0.0.1", port)).is_ok(),
            "Label Studio does not listen ({ended:?}); it wrote:\n{}",
            fs::read_to_string(&log).unwrap_or_default()
        );
        Some(Self { _server: server, _home: home, port })
    }

    /// Logs the browser in and gives the server the sample; says where that is shown, and the server's version.
    pub(super) fn take(&self, page: &Page, sample: &Sample) -> (String, String) {
        let read = |name: &str| {
            fs::read_to_string(sample.folder.path().join("floor").join(name)).expect("the floor's data")
        };
        let spans: Value = serde_json::from_str(&read("annotations.json")).expect("numbers");
        let host = format!("http://127.0.0.1:{}", self.port);
        page.visit(&format!("{host}/user/login/"));
        let arguments = [json!(USER), json!(PASSWORD), json!(read("text.txt")), spans];
        let made = page.script_awaited(include_str!("label-studio.js"), &arguments);
        let (path, version): (String, String) = serde_json::from_value(made).expect("two texts");
        (host + &path, version)
    }
}
