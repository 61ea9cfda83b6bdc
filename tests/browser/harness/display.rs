//! A screen for the one browser that draws on one.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// An X server in memory, of one session alone.
///
/// On a screen that is shared, the windows of other sessions come and go under its one real pointer, and each time the
/// browser below is told that the pointer moved: in the middle of a drag, that selects something else.
pub(crate) struct Display {
    server: Child,
    name: String,
}

impl Display {
    pub(super) fn start(program: &Path) -> Self {
        let mut server = Command::new(program)
            // So large that the pointer, which rests in the middle, lies outside of every window.
            .args(["-displayfd", "1", "-screen", "0", "5400x3200x24", "-nolisten", "tcp", "-noreset"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} did not start: {error}", program.display()));
        let output = server.stdout.take().expect("the output is piped");
        let mut number = String::new();
        // It writes the number once it can be connected to, and ends its output when it cannot be.
        BufReader::new(output).read_line(&mut number).expect("the output can be read");
        let display = Self { server, name: format!(":{}", number.trim()) };
        assert!(!number.trim().is_empty(), "{} gives no display", program.display());
        display
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // Asked rather than killed, it takes its lock file with it.
        let asked = Command::new("kill")
            .arg(self.server.id().to_string())
            .status()
            .is_ok_and(|status| status.success());
        if !asked {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
    }
}
