//! Finds the browsers of the tests and their drivers, and installs missing ones with apt-get on Debian and Ubuntu.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::{IsTerminal as _, stdin};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::command::{output, run};
use crate::project::Project;
use crate::tools::{ensure_geckodriver, ensure_npm_package, reported_version};

/// A program that the tests need and that Cargo cannot install.
struct Program {
    /// Its name in messages.
    name: &'static str,
    /// The variable that passes its path to the tests. If it is set already, that path is used.
    variable: &'static str,
    /// The commands that may start it.
    commands: &'static [&'static str],
    /// The Debian package that contains it.
    debian: &'static str,
    /// What to do on Ubuntu, if Ubuntu's package of that name does not contain it.
    ubuntu: Option<&'static str>,
    /// What to do on other systems.
    elsewhere: &'static str,
}

const CHROMIUM: Program = Program {
    name: "Chromium",
    variable: "GLOSSATOR_CHROMIUM",
    commands: &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
    debian: "chromium",
    ubuntu: Some("install Google Chrome's Debian package, or `sudo snap install chromium`"),
    elsewhere: "install Chromium or Google Chrome",
};

const CHROMEDRIVER: Program = Program {
    name: "ChromeDriver",
    variable: "GLOSSATOR_CHROMEDRIVER",
    commands: &["chromedriver", "chromium.chromedriver"],
    debian: "chromium-driver",
    ubuntu: Some("install the ChromeDriver of the browser's version (the chromium snap brings its own)"),
    elsewhere: "install the ChromeDriver of the browser's version",
};

const FIREFOX: Program = Program {
    name: "Firefox",
    variable: "GLOSSATOR_FIREFOX",
    commands: &["firefox-esr", "firefox"],
    debian: "firefox-esr",
    ubuntu: Some("install Mozilla's Debian package `firefox` (geckodriver cannot start the snap)"),
    elsewhere: "install Firefox",
};

const WEBKIT_DRIVER: Program = Program {
    name: "WebKitWebDriver",
    variable: "GLOSSATOR_WEBKITDRIVER",
    commands: &["WebKitWebDriver"],
    debian: "webkit2gtk-driver",
    ubuntu: None,
    elsewhere: "install WebKitGTK with its WebDriver (there is none for macOS and Windows)",
};

const MINIBROWSER: Program = Program {
    name: "WebKitGTK's MiniBrowser",
    variable: "GLOSSATOR_MINIBROWSER",
    commands: &["MiniBrowser"],
    debian: "libwebkit2gtk-4.1-0",
    ubuntu: None,
    elsewhere: "install WebKitGTK with its MiniBrowser (there is none for macOS and Windows)",
};

const XVFB: Program = Program {
    name: "Xvfb, the virtual screen for WebKitGTK",
    variable: "GLOSSATOR_XVFB",
    commands: &["Xvfb"],
    debian: "xvfb",
    ubuntu: None,
    elsewhere: "install Xvfb",
};

const NPM: Program = Program {
    name: "npm",
    variable: "GLOSSATOR_NPM",
    commands: &["npm"],
    debian: "npm",
    ubuntu: None,
    elsewhere: "install Node.js with npm",
};

/// Bare machines have no fonts, and the tests need glyphs for all text on the page.
const FONTS: [&str; 3] = ["fonts-dejavu-core", "fonts-noto-core", "fonts-noto-color-emoji"];

/// Chromium and its driver.
pub(crate) struct Chromium {
    /// The browser.
    pub(crate) browser: PathBuf,
    /// Its driver, in the same version.
    pub(crate) driver: PathBuf,
}

impl Chromium {
    /// Finds or installs both.
    pub(crate) fn ensure() -> Result<Self> {
        ensure_installed(&[&CHROMIUM, &CHROMEDRIVER])?;
        let chromium = Self { browser: CHROMIUM.require()?, driver: CHROMEDRIVER.require()? };
        let major = |program: &Path| {
            let version = reported_version(program)?;
            version.split('.').next().map(str::to_owned)
        };
        let (browser, driver) = (major(&chromium.browser), major(&chromium.driver));
        ensure!(
            browser == driver,
            "{} is version {} and {} is version {}: browser and driver must have the same version",
            chromium.browser.display(),
            browser.as_deref().unwrap_or("unknown"),
            chromium.driver.display(),
            driver.as_deref().unwrap_or("unknown"),
        );
        Ok(chromium)
    }
}

/// The programs of the browser tests.
pub(crate) struct Browsers {
    chromium: Chromium,
    firefox: PathBuf,
    geckodriver: PathBuf,
    minibrowser: PathBuf,
    webkit_driver: PathBuf,
    xvfb: PathBuf,
    axe: PathBuf,
}

impl Browsers {
    /// Finds or installs all of them.
    pub(crate) fn ensure(project: &Project) -> Result<Self> {
        let mut programs = vec![&CHROMIUM, &CHROMEDRIVER, &FIREFOX, &WEBKIT_DRIVER, &MINIBROWSER, &XVFB];
        // npm only fetches axe-core. If that is in the cache, neither npm nor a network is needed.
        let axe_purpose = "the browser tests check the page's accessibility with it";
        let axe = ensure_npm_package(project, "axe-core", axe_purpose);
        if axe.is_err() {
            programs.push(&NPM);
        }
        ensure_installed(&programs)?;
        let axe = match axe {
            Ok(package) => package,
            Err(_) => ensure_npm_package(project, "axe-core", axe_purpose)?,
        };
        Ok(Self {
            chromium: Chromium::ensure()?,
            firefox: FIREFOX.require()?,
            geckodriver: ensure_geckodriver(project)?,
            minibrowser: MINIBROWSER.require()?,
            webkit_driver: WEBKIT_DRIVER.require()?,
            xvfb: XVFB.require()?,
            axe: axe.join("axe.min.js"),
        })
    }

    /// Passes the paths of all of them to a command.
    pub(crate) fn set_variables<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("GLOSSATOR_AXE", &self.axe)
            .env(CHROMIUM.variable, &self.chromium.browser)
            .env(CHROMEDRIVER.variable, &self.chromium.driver)
            .env(FIREFOX.variable, &self.firefox)
            .env("GLOSSATOR_GECKODRIVER", &self.geckodriver)
            .env(MINIBROWSER.variable, &self.minibrowser)
            .env(WEBKIT_DRIVER.variable, &self.webkit_driver)
            .env(XVFB.variable, &self.xvfb)
    }
}

impl Program {
    /// The path of the program, if it is installed and runs.
    fn find(&self) -> Option<PathBuf> {
        if let Some(chosen) = env::var_os(self.variable) {
            return Some(PathBuf::from(chosen));
        }
        if self.variable == MINIBROWSER.variable {
            return find_minibrowser();
        }
        let found = self.commands.iter().filter_map(|command| which::which(command).ok());
        // Ubuntu has commands of these names that only tell people to install a snap. They do not report a version.
        if self.ubuntu.is_some() {
            found.into_iter().find(|program| reported_version(program).is_some())
        } else {
            found.into_iter().next()
        }
    }

    fn require(&self) -> Result<PathBuf> {
        self.find().with_context(|| format!("{} is missing", self.name))
    }
}

/// The test browser of `WebKitGTK`, which is among its libraries, in a folder named after its version.
fn find_minibrowser() -> Option<PathBuf> {
    let folders = |parent: &Path| {
        let entries = fs::read_dir(parent).into_iter().flatten();
        let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        folders.sort();
        folders
    };
    let mut places = Vec::new();
    for library in ["/usr/lib", "/usr/lib64", "/usr/libexec"] {
        for folder in folders(Path::new(library)) {
            // Debian adds a level named after the architecture, such as x86_64-linux-gnu.
            if folder.to_string_lossy().ends_with("-linux-gnu") {
                places.extend(folders(&folder));
            }
            places.push(folder);
        }
    }
    places
        .into_iter()
        .filter(|folder| folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with("webkit")))
        .map(|folder| folder.join("MiniBrowser"))
        .find(|program| program.is_file())
}

/// The kinds of systems, by how they install packages.
#[derive(Clone, Copy, Debug, PartialEq)]
enum System {
    Debian,
    Ubuntu,
    Other,
}

impl System {
    fn here() -> Self {
        if which::which("apt-get").is_err() {
            return Self::Other;
        }
        fs::read_to_string("/etc/os-release").map_or(Self::Other, |text| Self::from_os_release(&text))
    }

    /// The system that an `os-release` file names, by its own name or by what it derives from.
    fn from_os_release(os_release: &str) -> Self {
        let names = os_release
            .lines()
            .filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")))
            .flat_map(|value| value.trim_matches(['"', '\'']).split_whitespace());
        let mut system = Self::Other;
        for name in names {
            match name {
                "ubuntu" => return Self::Ubuntu,
                "debian" => system = Self::Debian,
                _ => {}
            }
        }
        system
    }

    /// Whether the Debian package of this name contains the program.
    fn packages(self, program: &Program) -> bool {
        match self {
            Self::Debian => true,
            Self::Ubuntu => program.ubuntu.is_none(),
            Self::Other => false,
        }
    }

    /// How to install a missing program.
    fn advice(self, program: &Program) -> String {
        match (self, program.ubuntu) {
            (Self::Other, _) => program.elsewhere.to_owned(),
            (Self::Ubuntu, Some(advice)) => advice.to_owned(),
            _ => format!("sudo apt-get install {}", program.debian),
        }
    }
}

/// Installs missing programs if the system is known. Fails with advice if some are still missing.
fn ensure_installed(programs: &[&Program]) -> Result<()> {
    let system = System::here();
    let missing: Vec<&&Program> = programs.iter().filter(|it| it.find().is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut packages: Vec<&str> =
        missing.iter().filter(|it| system.packages(it)).map(|it| it.debian).collect();
    let mut failure = None;
    if !packages.is_empty() {
        let names: Vec<&str> = missing.iter().map(|it| it.name).collect();
        println!("The browser tests need: {}.", names.join("; "));
        packages.extend(FONTS);
        println!("Installing with apt-get: {}.", packages.join(" "));
        failure = apt_install(&packages).err();
    }

    let missing: Vec<&&Program> = missing.into_iter().filter(|it| it.find().is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut message = String::from("programs are missing that the browser tests need:");
    for it in missing {
        write!(message, "\n  {}: {} (or set {} to its path)", it.name, system.advice(it), it.variable)?;
    }
    if let Some(failure) = failure {
        write!(message, "\nInstalling them failed: {failure:#}")?;
    }
    bail!(message)
}

/// Runs apt-get as root. Asks for a password only if there is a terminal.
fn apt_install(packages: &[&str]) -> Result<()> {
    let root = output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let apt = |args: &[&str]| {
        let mut command = if root {
            Command::new("apt-get")
        } else {
            let mut sudo = Command::new("sudo");
            if !stdin().is_terminal() {
                sudo.arg("-n");
            }
            sudo.args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
            sudo
        };
        command.args(args).env("DEBIAN_FRONTEND", "noninteractive");
        if root {
            command.stdin(Stdio::null());
        }
        command
    };
    // Old package lists may be good enough.
    if let Err(problem) = run(&mut apt(&["update", "--quiet"])) {
        println!("Continuing with the present package lists: {problem:#}");
    }
    let mut install = apt(&["install", "--yes", "--quiet", "--no-install-recommends"]);
    run(install.args(packages))
}

#[cfg(test)]
mod tests {
    use super::System;

    #[test]
    fn a_system_is_known_by_what_it_derives_from() {
        assert_eq!(System::from_os_release("NAME=\"Debian GNU/Linux\"\nID=debian\n"), System::Debian);
        assert_eq!(System::from_os_release("ID=ubuntu\nID_LIKE=debian\n"), System::Ubuntu);
        assert_eq!(System::from_os_release("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"), System::Ubuntu);
        assert_eq!(System::from_os_release("ID=fedora\nVERSION_ID=43\n"), System::Other);
    }
}
