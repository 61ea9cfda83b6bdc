//! `cargo xtask serve`: the page, rebuilt at every change.

use std::process::Command;

use anyhow::{Context, Result};

use crate::command::line;
use crate::project::Project;
use crate::target::Target;
use crate::tools::WebTools;

/// Installs what is missing, then becomes `trunk serve`, with the arguments given.
pub(crate) fn serve(project: &Project, args: &[String]) -> Result<()> {
    let mut trunk = WebTools::ensure(project)?.trunk(project)?;
    let target = Target::take(project)?;
    trunk.arg("serve").args(args);
    println!("$ {}", line(&trunk));
    println!("The page will be at {} once it is built.", address(args));
    become_command(trunk, target)
}

/// Where Trunk serves the page, given its arguments.
fn address(args: &[String]) -> String {
    let option = |long: &str, short: &str| {
        args.iter().enumerate().find_map(|(at, arg)| {
            if arg == long || arg == short {
                args.get(at + 1).cloned()
            } else {
                let value = arg.strip_prefix(long)?;
                value.strip_prefix('=').map(str::to_owned)
            }
        })
    };
    let variable = |name: &str| std::env::var(name).ok();
    let port =
        option("--port", "-p").or_else(|| variable("TRUNK_SERVE_PORT")).unwrap_or_else(|| "8080".to_owned());
    let host = option("--address", "-a")
        .or_else(|| variable("TRUNK_SERVE_ADDRESS"))
        .unwrap_or_else(|| "127.0.0.1".to_owned());
    if host.contains(':') { format!("http://[{host}]:{port}/") } else { format!("http://{host}:{port}/") }
}

/// Replaces this process, so that whoever stops it stops Trunk.
#[cfg(unix)]
fn become_command(mut command: Command, target: Target) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    target.hand_over(&mut command);
    Err(command.exec()).context("Trunk could not be started")
}

#[cfg(not(unix))]
fn become_command(mut command: Command, target: Target) -> Result<()> {
    let status = target.apply(&mut command).status().context("Trunk could not be started")?;
    anyhow::ensure!(status.success(), "Trunk stopped ({status})");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn the_address_follows_the_options() {
        let options = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(address(&options("--port 9000")), "http://127.0.0.1:9000/");
        assert_eq!(address(&options("--open -p 9001 -a ::1")), "http://[::1]:9001/");
        assert_eq!(address(&options("--address=0.0.0.0 --port=1")), "http://0.0.0.0:1/");
    }
}
