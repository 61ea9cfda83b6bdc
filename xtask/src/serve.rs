//! `cargo xtask serve`: serves the app, and rebuilds it at every change.

use std::process::Command;

use anyhow::{Context, Result};

use crate::command::command_line;
use crate::project::Project;
use crate::target::Target;
use crate::tools::WebTools;

/// Installs missing tools, then becomes `trunk serve` with the given arguments.
pub(crate) fn serve(project: &Project, args: &[String]) -> Result<()> {
    let mut trunk = WebTools::ensure(project)?.trunk(project)?;
    let target = Target::acquire(project)?;
    trunk.arg("serve").args(args);
    println!("$ {}", command_line(&trunk));
    println!("Glossator will be at {} when the build has finished.", url(args));
    become_command(trunk, target)
}

/// The URL at which Trunk serves the app, given its arguments.
fn url(args: &[String]) -> String {
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

/// Replaces this process, so that stopping it stops Trunk.
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
    use super::url;

    #[test]
    fn the_url_follows_the_options() {
        let options = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(url(&options("--port 9000")), "http://127.0.0.1:9000/");
        assert_eq!(url(&options("--open -p 9001 -a ::1")), "http://[::1]:9001/");
        assert_eq!(url(&options("--address=0.0.0.0 --port=1")), "http://0.0.0.0:1/");
    }
}
