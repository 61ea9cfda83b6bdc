//! The benchmark, `cargo xtask bench`: compares the page with pages that only draw, and with other tools.
//!
//! Each round does the same on every side, one side after the other and each in a new browser, so that a busy machine
//! affects all sides. Times are measured in the page (`clock.js`), from real pointer, key and wheel events. Nothing is
//! asserted.

mod label_studio;
mod peers;
mod rounds;
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

/// What to measure.
struct Options {
    runs: usize,
    sizes: Vec<Size>,
    browser: Browser,
    /// Whether to measure other tools, too.
    peers: bool,
}

impl Options {
    /// Whether to measure Label Studio. Its page gets its scripts through Chromium's own protocol.
    fn label_studio(&self) -> bool {
        let size = self.sizes.iter().any(|it| Side::LabelStudio.has_size(*it));
        self.peers && self.browser == Browser::Chromium && size
    }
}

/// The argument that runs the benchmark instead of the tests.
pub(crate) const ARGUMENT: &str = "--bench";

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
                // A side that was too late once is not measured again.
                if measured.is_late(*size, side) || !side.has_size(*size) {
                    continue;
                }
                eprintln!("{}, run {} of {}: {side:?}", size.name, run + 1, options.runs);
                rounds::play(&options, label_studio.as_ref(), side, &sample, &mut measured);
            }
        }
        // The results so far, in case the rest is cancelled.
        publish(&report(&options, &measured, &before));
    }
    println!("{}", report(&options, &measured, &before));
    ExitCode::SUCCESS
}

fn publish(report: &str) {
    if let Some(path) = env::var_os("GLOSSATOR_BENCH") {
        fs::write(Path::new(&path), report).expect("the table can be written");
    }
}

/// The table, with the conditions under which it was measured.
fn report(options: &Options, measured: &Measured, before: &str) -> String {
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

/// The machine's processor, if the system tells.
fn machine() -> String {
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let named = |line: &str| Some(line.strip_prefix("model name")?.split_once(':')?.1.trim().to_owned());
    let model = processors.lines().find_map(named).unwrap_or_else(|| env::consts::ARCH.to_owned());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} cores of {model}")
}

/// The machine's load during the last minute, if the system tells.
fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split_whitespace().next().unwrap_or("unknown").to_owned()
}

fn options(arguments: &[String]) -> Result<Options, String> {
    let mut options =
        Options { runs: 5, sizes: Size::ALL.to_vec(), browser: Browser::Chromium, peers: false };
    let mut sizes = Vec::new();
    let mut arguments = arguments.iter().filter(|it| *it != ARGUMENT);
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
