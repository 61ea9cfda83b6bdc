//! A virtual screen for the browser that needs one.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// An X server in memory, for one session alone.
///
/// On a shared screen, windows of other sessions would open and close under its only real pointer. Each time the
/// browser underneath would get a pointer move, which in the middle of a drag would change the selection.
pub(crate) struct Display {
    server: Child,
    name: String,
}

impl Display {
    pub(super) fn start(program: &Path) -> Self {
        let mut server = Command::new(program)
            // So large that the pointer, which rests in the middle, is outside every window.
            .args(["-displayfd", "1", "-screen", "0", "5400x3200x24", "-nolisten", "tcp", "-noreset"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} did not start: {error}", program.display()));
        let output = server.stdout.take().expect("the output is piped");
        let mut number = String::new();
        // The server writes its number once it accepts connections, and closes its output if it cannot start.
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
        // SIGTERM, and not SIGKILL, so that it removes its lock file.
        let terminated = Command::new("kill")
            .arg(self.server.id().to_string())
            .status()
            .is_ok_and(|status| status.success());
        if !terminated {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
    }
}
