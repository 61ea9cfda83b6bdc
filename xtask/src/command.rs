//! Running other programs.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Prints a command, runs it with its output shown, and fails unless it succeeds.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = line(command);
    println!("$ {line}");
    let status = command.status().with_context(|| format!("`{line}` could not be started"))?;
    ensure!(status.success(), "`{line}` failed ({status})");
    Ok(())
}

/// The same, showing each line of what it prints to `see` as well.
pub(crate) fn run_seen(command: &mut Command, mut see: impl FnMut(&str)) -> Result<()> {
    let line = line(command);
    println!("$ {line}");
    let started = || format!("`{line}` could not be started");
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(started)?;
    for printed in child.stdout.take().into_iter().flat_map(|it| BufReader::new(it).lines()) {
        let printed = printed.with_context(|| format!("what `{line}` prints cannot be read"))?;
        println!("{printed}");
        see(&printed);
    }
    let status = child.wait().with_context(|| format!("`{line}` cannot be waited for"))?;
    ensure!(status.success(), "`{line}` failed ({status})");
    Ok(())
}

/// What a command writes to standard output, or nothing when it cannot be run or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A command as one would type it, without the folder of its program.
pub(crate) fn line(command: &Command) -> String {
    let program = command.get_program();
    let program = std::path::Path::new(program).file_name().unwrap_or(program).to_string_lossy();
    let args = command.get_args().map(|arg| {
        let arg = arg.to_string_lossy();
        if arg.is_empty() || arg.contains([' ', '"', '\'']) { format!("{arg:?}") } else { arg.into_owned() }
    });
    std::iter::once(program.into_owned()).chain(args).collect::<Vec<_>>().join(" ")
}
