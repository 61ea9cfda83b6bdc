//! Label Studio, an application with a server of its own.

use std::{env, fs, net::TcpStream, process::Command, time::Duration};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::sample::Sample;
use crate::harness::{Page, ProcessTree, comes_true_within, free_port};

/// The environment variable with the path of the program.
const VARIABLE: &str = "GLOSSATOR_LABEL_STUDIO";

const USER: &str = "bench@example.org";
const PASSWORD: &str = "only for the bench";

/// Selectors in Label Studio's page: the scrolling element, the paragraphs, and the region that keys act on.
pub(super) const READER: &str = ".lsf-main-content";
pub(super) const PARAGRAPHS: &str = ".lsf-richtext__line";
pub(super) const FOCUSED: &str = ".htx-highlight.__active";

/// Tells the clock what is drawn: all regions are drawn in one step, each as at least one element.
pub(super) const DRAWN: &str = "const regions = () => document.querySelectorAll('.htx-highlight').length; \
    window.drawn = { shown: () => regions() >= window.wanted.regions, changes: regions };";

/// A running server without any data.
pub(super) struct LabelStudio {
    // Declared, and so dropped, before the folder that it writes to.
    _server: ProcessTree,
    _home: TempDir,
    port: u16,
}

impl LabelStudio {
    /// Starts the server, if it is installed.
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
            // No requests to other hosts.
            .env("COLLECT_ANALYTICS", "False")
            .env("LATEST_VERSION_CHECK", "False")
            .env("SENTRY_DSN", "")
            .env("FRONTEND_SENTRY_DSN", "")
            .stdout(output.try_clone().expect("a second handle on the log"))
            .stderr(output);
        eprintln!("starting Label Studio takes some minutes");
        let mut server = ProcessTree::start(&mut command, home.path(), None);
        let mut exit = None;
        // It listens once its database is created.
        comes_true_within(Duration::from_mins(10), || {
            exit = server.exit_status();
            exit.is_some() || TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        assert!(
            exit.is_none() && TcpStream::connect(("127.0.0.1", port)).is_ok(),
            "Label Studio does not listen ({exit:?}); it wrote:\n{}",
            fs::read_to_string(&log).unwrap_or_default()
        );
        Some(Self { _server: server, _home: home, port })
    }

    /// Logs in, and uploads the sample. Returns the address that shows it, and the server's version.
    pub(super) fn upload(&self, page: &Page, sample: &Sample) -> (String, String) {
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
