//! Runs a long `cargo install` behind one line of progress, and writes its output to a log file.
//!
//! It reads what Cargo prints. It does not know which tool is installed, or why.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, IsTerminal as _, Read, Write as _};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::command::command_line;

/// How often the line is renewed on a terminal.
const TICK: Duration = Duration::from_secs(1);

/// How often a line is printed where there is no terminal.
const INTERVAL: Duration = Duration::from_secs(30);

/// Runs a command, shows how far it is, and writes its output to `log`. The caller judges the exit status.
pub(crate) fn run(command: &mut Command, title: &str, log: &Path) -> Result<ExitStatus> {
    let unwritable = || format!("{} cannot be written", log.display());
    let mut file = File::create(log).with_context(unwritable)?;
    let line = command_line(command);
    writeln!(file, "$ {line}").with_context(unwritable)?;
    // Cargo draws its progress bar only on a terminal, unless told otherwise.
    command
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "80")
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("`{line}` could not be started"))?;
    let (sender, lines) = mpsc::channel();
    if let Some(output) = child.stdout.take() {
        forward(output, sender.clone());
    }
    if let Some(output) = child.stderr.take() {
        forward(output, sender);
    }

    let mut display = Display::new(title);
    let mut stage = Stage::Started;
    loop {
        match lines.recv_timeout(TICK) {
            Ok(line) => match Stage::announced_by(&line) {
                Some(next) => stage = next,
                None => writeln!(file, "{line}").with_context(unwritable)?,
            },
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        display.update(stage);
    }
    let status = child.wait().with_context(|| format!("`{line}` cannot be waited for"))?;
    display.finish(status.success());
    Ok(status)
}

/// The last lines of a log file, or nothing if it cannot be read.
pub(crate) fn tail(log: &Path, count: usize) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

/// Sends each line of an output to a channel, from a thread of its own.
fn forward(output: impl Read + Send + 'static, lines: Sender<String>) {
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        while let Ok(Some(line)) = next_line(&mut output) {
            if lines.send(line).is_err() {
                return;
            }
        }
    });
}

/// The next line that is not blank. A carriage return ends a line too: Cargo writes one after its progress bar.
fn next_line(output: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    loop {
        let buffer = output.fill_buf()?;
        let ends = buffer.is_empty();
        let end = buffer.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        line.extend_from_slice(&buffer[..end.unwrap_or(buffer.len())]);
        let used = end.map_or(buffer.len(), |end| end + 1);
        output.consume(used);
        if end.is_some() || ends {
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end();
            if !text.is_empty() {
                return Ok(Some(text.to_owned()));
            }
            if ends {
                return Ok(None);
            }
            line.clear();
        }
    }
}

/// How far an installation is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    Started,
    Downloading,
    /// Cargo's own count: a step compiles a crate, or compiles or runs its build script.
    Compiling {
        done: u32,
        total: u32,
    },
}

impl Stage {
    /// The stage that a line of Cargo's progress bar announces. All other lines belong to the log.
    fn announced_by(line: &str) -> Option<Self> {
        let line = line.trim_start();
        if line.starts_with("Downloading ") {
            return Some(Self::Downloading);
        }
        let (_, count) = line.strip_prefix("Building [")?.split_once("] ")?;
        let (done, total) = count.split(':').next()?.split_once('/')?;
        Some(Self::Compiling { done: done.parse().ok()?, total: total.parse().ok()? })
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Started => write!(f, "started"),
            Self::Downloading => write!(f, "downloading"),
            Self::Compiling { done, total } => write!(f, "{done} of {total} steps compiled"),
        }
    }
}

/// One line that tells how far a command is.
struct Display<'a> {
    title: &'a str,
    terminal: bool,
    start: Instant,
    /// When a line was last printed where there is no terminal.
    printed: Instant,
    shown: String,
}

impl<'a> Display<'a> {
    fn new(title: &'a str) -> Self {
        let now = Instant::now();
        Self { title, terminal: io::stdout().is_terminal(), start: now, printed: now, shown: String::new() }
    }

    /// Renews the line on a terminal; elsewhere prints a new one, at most every [`INTERVAL`].
    fn update(&mut self, stage: Stage) {
        let text = format!("{}: {stage}, {}", self.title, minutes(self.start.elapsed()));
        if self.terminal {
            if text != self.shown {
                print!("\r\x1b[K{text}");
                // A line that cannot be shown is not worth stopping for.
                let _ = io::stdout().flush();
                self.shown = text;
            }
        } else if self.printed.elapsed() >= INTERVAL {
            println!("{text}");
            self.printed = Instant::now();
        }
    }

    fn finish(&self, succeeded: bool) {
        let clear = if self.terminal { "\r\x1b[K" } else { "" };
        let verb = if succeeded { "done" } else { "failed" };
        println!("{clear}{}: {verb} after {}.", self.title, minutes(self.start.elapsed()));
    }
}

/// A duration in words: `40 s`, `2 min 5 s`.
pub(crate) fn minutes(duration: Duration) -> String {
    match duration.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Cargo 1.95 prints to a pipe when its progress bar is always on.
    const OUTPUT: &str = "\
    \x20   Updating crates.io index\n\
    \x20Downloading 1 crate            \r  Downloaded itoa v1.0.19\n\
    \x20Downloading 0 crates, remaining bytes: 1.2MB\r  Downloaded 1 crate (15.6KiB) in 0.07s\n\
    \x20  Compiling cfg-if v1.0.5\n\
    \x20   Building [             ] 0/3: cfg-if         \r   Compiling itoa v1.0.19\n\
    \x20   Building [========>    ] 121/412: itoa, tiny(bin)\r   Compiling tiny v0.1.0 (/tmp/tiny)\n\
    \r\n\
    \x20   Finished `release` profile [optimized] target(s) in 1.43s";

    fn lines() -> Vec<String> {
        let mut output = OUTPUT.as_bytes();
        std::iter::from_fn(|| next_line(&mut output).ok().flatten()).collect()
    }

    #[test]
    fn the_progress_bar_gives_the_stages() {
        let stages: Vec<Stage> = lines().iter().filter_map(|line| Stage::announced_by(line)).collect();
        let compiling = |done, total| Stage::Compiling { done, total };
        assert_eq!(stages, [Stage::Downloading, Stage::Downloading, compiling(0, 3), compiling(121, 412)]);
        assert_eq!(compiling(121, 412).to_string(), "121 of 412 steps compiled");
    }

    #[test]
    fn the_log_has_all_other_lines() {
        let lines = lines();
        let logged: Vec<&str> = lines
            .iter()
            .filter(|line| Stage::announced_by(line).is_none())
            .map(|line| line.trim_start())
            .collect();
        assert_eq!(
            logged,
            [
                "Updating crates.io index",
                "Downloaded itoa v1.0.19",
                "Downloaded 1 crate (15.6KiB) in 0.07s",
                "Compiling cfg-if v1.0.5",
                "Compiling itoa v1.0.19",
                "Compiling tiny v0.1.0 (/tmp/tiny)",
                "Finished `release` profile [optimized] target(s) in 1.43s",
            ]
        );
    }

    #[test]
    fn a_malformed_progress_bar_is_a_line_of_the_log() {
        for line in ["Building [===> 1/2: a", "Building [===>] one of two: a", "Building a house", ""] {
            assert_eq!(Stage::announced_by(line), None, "{line}");
        }
    }

    #[test]
    fn a_duration_is_given_in_minutes_from_one_minute_on() {
        assert_eq!(minutes(Duration::from_secs(59)), "59 s");
        assert_eq!(minutes(Duration::from_secs(125)), "2 min 5 s");
    }
}
