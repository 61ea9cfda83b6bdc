//! Runs other programs, and reads command lines in tests.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Prints a command, runs it with its output shown, and fails unless it succeeds.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = command_line(command);
    println!("$ {line}");
    let status = command.status().with_context(|| format!("`{line}` could not be started"))?;
    ensure!(status.success(), "`{line}` failed ({status})");
    Ok(())
}

/// Like [`run`], and also passes each line of the command's standard output to `inspect`.
pub(crate) fn run_inspected(command: &mut Command, mut inspect: impl FnMut(&str)) -> Result<()> {
    let line = command_line(command);
    println!("$ {line}");
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("`{line}` could not be started"))?;
    for printed in child.stdout.take().into_iter().flat_map(|it| BufReader::new(it).lines()) {
        let printed = printed.with_context(|| format!("the output of `{line}` cannot be read"))?;
        println!("{printed}");
        inspect(&printed);
    }
    let status = child.wait().with_context(|| format!("`{line}` cannot be waited for"))?;
    ensure!(status.success(), "`{line}` failed ({status})");
    Ok(())
}

/// The standard output of a command, or `None` if it cannot be run or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A command as it would be typed, without the folder of its program.
pub(crate) fn command_line(command: &Command) -> String {
    let program = command.get_program();
    let program = std::path::Path::new(program).file_name().unwrap_or(program).to_string_lossy();
    let args = command.get_args().map(|arg| {
        let arg = arg.to_string_lossy();
        if arg.is_empty() || arg.contains([' ', '"', '\'']) { format!("{arg:?}") } else { arg.into_owned() }
    });
    std::iter::once(program.into_owned()).chain(args).collect::<Vec<_>>().join(" ")
}

/// What `parse` makes of a command line, or the problem in words.
#[cfg(test)]
pub(crate) fn parsed<T>(line: &str, parse: impl FnOnce(&[String]) -> Result<T>) -> Result<T, String> {
    let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
    parse(&args).map_err(|problem| problem.to_string())
}
