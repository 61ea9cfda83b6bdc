//! How fast the page is beside pages that do nothing but draw, and beside other tools: `cargo xtask bench`.
//!
//! Every round plays the same course in a fresh browser for each side, one side after the other, so that a machine that is
//! busy for a while is busy for all of them. The times are taken in the page (`clock.js`), from real pointer, key and wheel
//! events. Nothing is asserted of them.

mod course;
mod label_studio;
mod peers;
mod rows;
pub(crate) mod sample;

use std::{env, fs, path::Path, process::ExitCode, thread};

use self::{
    label_studio::LabelStudio,
    peers::Peer,
    rows::{Measured, Side},
    sample::{Sample, Size},
};
use crate::harness::Browser;

/// What is to be measured.
struct Options {
    runs: usize,
    sizes: Vec<Size>,
    browser: Browser,
    /// Whether other tools are measured, too.
    peers: bool,
}

impl Options {
    /// Whether Label Studio has a part. What its page runs first goes to it by Chromium's own protocol.
    fn label_studio(&self) -> bool {
        let size = self.sizes.iter().any(|it| Side::LabelStudio.takes(*it));
        self.peers && self.browser == Browser::Chromium && size
    }
}

/// The argument that asks for measuring in place of testing.
pub(crate) const ASKED: &str = "--bench";

/// Measures as the arguments say, prints the table, and writes it to the file that `GLOSSATOR_BENCH` names.
pub(crate) fn bench(arguments: &[String]) -> ExitCode {
    let options = match options(arguments) {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(2);
        }
    };
    let before = load();
    let mut measured = Measured::default();
    if options.peers {
        measured.peers = peers::libraries();
    }
    let label_studio = options.label_studio().then(LabelStudio::start).flatten();
    if label_studio.is_some() {
        measured.peers.push(Peer { side: Side::LabelStudio, name: "Label Studio".to_owned() });
    }
    let mut sides = Side::ALL.to_vec();
    sides.extend(measured.peers.iter().map(|it| it.side));
    for size in &options.sizes {
        let sample = Sample::new(*size);
        if options.peers {
            peers::write(sample.folder.path());
        }
        for run in 0..options.runs {
            for &side in &sides {
                // What was late once is not waited for again.
                if measured.is_late(*size, side) || !side.takes(*size) {
                    continue;
                }
                eprintln!("{}, run {} of {}: {side:?}", size.name, run + 1, options.runs);
                course::play(&options, label_studio.as_ref(), side, &sample, &mut measured);
            }
        }
        // What there is so far, should the rest be called off.
        publish(&told(&options, &measured, &before));
    }
    println!("{}", told(&options, &measured, &before));
    ExitCode::SUCCESS
}

fn publish(told: &str) {
    if let Some(path) = env::var_os("GLOSSATOR_BENCH") {
        fs::write(Path::new(&path), told).expect("the table can be written");
    }
}

/// The table, and what it was measured with and on.
fn told(options: &Options, measured: &Measured, before: &str) -> String {
    format!(
        "Medians of {} runs and, in parentheses, the middle half of all values, in milliseconds: {}, {}; load {before} before \
         and {} after.\n\n{}",
        options.runs,
        measured.browser,
        machine(),
        load(),
        measured.table(&options.sizes)
    )
}

/// What the machine is, where the system tells.
fn machine() -> String {
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let named = |line: &str| Some(line.strip_prefix("model name")?.split_once(':')?.1.trim().to_owned());
    let model = processors.lines().find_map(named).unwrap_or_else(|| env::consts::ARCH.to_owned());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} cores of {model}")
}

/// How busy the machine was during the last minute, where the system tells.
fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split_whitespace().next().unwrap_or("unknown").to_owned()
}

fn options(arguments: &[String]) -> Result<Options, String> {
    let mut options =
        Options { runs: 5, sizes: Size::ALL.to_vec(), browser: Browser::Chromium, peers: false };
    let mut sizes = Vec::new();
    let mut arguments = arguments.iter().filter(|it| *it != ASKED);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("`{argument}` needs a value."));
        match argument.as_str() {
            "--firefox" => options.browser = Browser::Firefox,
            "--peers" => options.peers = true,
            "--runs" => {
                options.runs = value()?.parse().map_err(|_| "`--runs` takes a number.".to_owned())?;
            }
            "--size" => {
                let name = value()?;
                let known = Size::ALL.into_iter().find(|it| it.name == name);
                sizes.push(known.ok_or_else(|| format!("There is no size `{name}`."))?);
            }
            unknown => return Err(format!("There is no option `{unknown}`.")),
        }
    }
    if !sizes.is_empty() {
        options.sizes = sizes;
    }
    Ok(options)
}
