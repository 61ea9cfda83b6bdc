//! `cargo xtask pictures`: takes the pictures of the documents, from a browser test in Chromium.

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::browsers::Browsers;
use crate::bundle;
use crate::command::run;
use crate::project::Project;
use crate::target::Target;
use crate::test::browser_tests;
use crate::tools::WebTools;

/// The scenario that takes them, and the start and end of their file names.
const SCENARIO: &str = "chromium::the_readme_session_works_by_keyboard_alone";
const PREFIX: &str = "guide-";
const SUFFIX: &str = "-chromium.png";

/// Takes the pictures again and copies them to `docs`.
pub(crate) fn pictures(project: &Project) -> Result<()> {
    let tools = WebTools::ensure(project)?;
    let browsers = Browsers::ensure(project)?;
    let target = Target::acquire(project)?;
    let dist = bundle::bundle(project, &tools, &target)?;
    run(browser_tests(project, &target, &browsers, &dist)?.arg(SCENARIO))?;
    let (from, to) = (project.root.join("target/screenshots"), project.root.join("docs"));
    let mut count = 0;
    for entry in fs::read_dir(&from).with_context(|| format!("{} cannot be read", from.display()))? {
        let path = entry?.path();
        let name = path.file_name().and_then(|it| it.to_str()).unwrap_or_default();
        if let Some(name) = name.strip_prefix(PREFIX).and_then(|it| it.strip_suffix(SUFFIX)) {
            let picture = to.join(format!("{name}.png"));
            fs::copy(&path, &picture).with_context(|| format!("{} cannot be written", picture.display()))?;
            println!("{}", picture.display());
            count += 1;
        }
    }
    ensure!(count > 0, "the scenario took no picture");
    Ok(())
}
