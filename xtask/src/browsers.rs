//! The browsers and drivers of the tests: found where they are installed, and installed with apt-get
//! on Debian and Ubuntu.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::{IsTerminal as _, stdin};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::command::{output, run};
use crate::project::Project;
use crate::tools::{ensure_geckodriver, ensure_npm_package, stated_version};

/// A program the tests need, which this tool cannot build.
struct Need {
    /// What people call it.
    name: &'static str,
    /// The variable that names it to the tests; whoever sets it chooses the program.
    variable: &'static str,
    /// The commands it goes by.
    commands: &'static [&'static str],
    /// The package of Debian that holds it.
    debian: &'static str,
    /// What to do on Ubuntu, where the package of that name does not hold it.
    ubuntu: Option<&'static str>,
    /// What to install on other systems.
    elsewhere: &'static str,
}

const CHROMIUM: Need = Need {
    name: "Chromium",
    variable: "GLOSSATOR_CHROMIUM",
    commands: &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
    debian: "chromium",
    ubuntu: Some("install Google Chrome's Debian package, or `sudo snap install chromium`"),
    elsewhere: "install Chromium or Google Chrome",
};

const CHROMEDRIVER: Need = Need {
    name: "ChromeDriver",
    variable: "GLOSSATOR_CHROMEDRIVER",
    commands: &["chromedriver", "chromium.chromedriver"],
    debian: "chromium-driver",
    ubuntu: Some("install the ChromeDriver of the browser's version (the chromium snap brings its own)"),
    elsewhere: "install the ChromeDriver of the browser's version",
};

const FIREFOX: Need = Need {
    name: "Firefox",
    variable: "GLOSSATOR_FIREFOX",
    commands: &["firefox-esr", "firefox"],
    debian: "firefox-esr",
    ubuntu: Some("install Mozilla's Debian package `firefox` (geckodriver cannot start the snap)"),
    elsewhere: "install Firefox",
};

const WEBKIT_DRIVER: Need = Need {
    name: "WebKitWebDriver",
    variable: "GLOSSATOR_WEBKITDRIVER",
    commands: &["WebKitWebDriver"],
    debian: "webkit2gtk-driver",
    ubuntu: None,
    elsewhere: "install WebKitGTK with its WebDriver (there is none for macOS and Windows)",
};

const MINIBROWSER: Need = Need {
    name: "WebKitGTK's MiniBrowser",
    variable: "GLOSSATOR_MINIBROWSER",
    commands: &["MiniBrowser"],
    debian: "libwebkit2gtk-4.1-0",
    ubuntu: None,
    elsewhere: "install WebKitGTK with its MiniBrowser (there is none for macOS and Windows)",
};

const XVFB: Need = Need {
    name: "Xvfb, a screen for each WebKitGTK",
    variable: "GLOSSATOR_XVFB",
    commands: &["Xvfb"],
    debian: "xvfb",
    ubuntu: None,
    elsewhere: "install Xvfb",
};

const NPM: Need = Need {
    name: "npm",
    variable: "GLOSSATOR_NPM",
    commands: &["npm"],
    debian: "npm",
    ubuntu: None,
    elsewhere: "install Node.js with npm",
};

/// Text on the tested page must have glyphs, and a bare machine has no fonts at all.
const FONTS: [&str; 3] = ["fonts-dejavu-core", "fonts-noto-core", "fonts-noto-color-emoji"];

/// Chromium and its driver.
pub(crate) struct Chromium {
    /// The browser.
    pub(crate) browser: PathBuf,
    /// Its driver, of the same version.
    pub(crate) driver: PathBuf,
}

impl Chromium {
    /// Finds or installs both.
    pub(crate) fn ensure() -> Result<Self> {
        ensure_installed(&[&CHROMIUM, &CHROMEDRIVER])?;
        let chromium = Self { browser: CHROMIUM.found()?, driver: CHROMEDRIVER.found()? };
        let major = |program: &Path| {
            let version = stated_version(program)?;
            version.split('.').next().map(str::to_owned)
        };
        let (browser, driver) = (major(&chromium.browser), major(&chromium.driver));
        ensure!(
            browser == driver,
            "{} is of version {} and {} of version {}: the driver must be of the browser's version",
            chromium.browser.display(),
            browser.as_deref().unwrap_or("unknown"),
            chromium.driver.display(),
            driver.as_deref().unwrap_or("unknown"),
        );
        Ok(chromium)
    }
}

/// Everything the browser tests drive, and what they check with.
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
    /// Finds or installs all of it.
    pub(crate) fn ensure(project: &Project) -> Result<Self> {
        let mut needs = vec![&CHROMIUM, &CHROMEDRIVER, &FIREFOX, &WEBKIT_DRIVER, &MINIBROWSER, &XVFB];
        // npm only fetches axe-core: where that is cached, npm may be missing and the network down.
        let axe_purpose = "the browser tests check the page's accessibility with it";
        let axe = ensure_npm_package(project, "axe-core", axe_purpose);
        if axe.is_err() {
            needs.push(&NPM);
        }
        ensure_installed(&needs)?;
        let axe = match axe {
            Ok(package) => package,
            Err(_) => ensure_npm_package(project, "axe-core", axe_purpose)?,
        };
        Ok(Self {
            chromium: Chromium::ensure()?,
            firefox: FIREFOX.found()?,
            geckodriver: ensure_geckodriver(project)?,
            minibrowser: MINIBROWSER.found()?,
            webkit_driver: WEBKIT_DRIVER.found()?,
            xvfb: XVFB.found()?,
            axe: axe.join("axe.min.js"),
        })
    }

    /// Tells a command where all of this lies.
    pub(crate) fn equip<'a>(&self, command: &'a mut Command) -> &'a mut Command {
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

impl Need {
    /// Where the program lies, if it is installed and runs.
    fn find(&self) -> Option<PathBuf> {
        if let Some(chosen) = env::var_os(self.variable) {
            return Some(PathBuf::from(chosen));
        }
        if self.variable == MINIBROWSER.variable {
            return find_minibrowser();
        }
        let found = self.commands.iter().filter_map(|command| which::which(command).ok());
        // Ubuntu has commands of these names that only say which snap to install: those do not run.
        if self.ubuntu.is_some() {
            found.into_iter().find(|program| stated_version(program).is_some())
        } else {
            found.into_iter().next()
        }
    }

    fn found(&self) -> Result<PathBuf> {
        self.find().with_context(|| format!("{} is missing", self.name))
    }
}

/// `WebKitGTK` keeps its test browser among its libraries, in a folder named for its version.
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
            // Debian has one more level, named for the machine: x86_64-linux-gnu.
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

/// The systems whose packages are known here.
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
        fs::read_to_string("/etc/os-release").map_or(Self::Other, |text| Self::named_in(&text))
    }

    /// The system an `os-release` file names, be it by what it derives from.
    fn named_in(os_release: &str) -> Self {
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

    /// Whether a need is met by installing the package of its name.
    fn packages(self, need: &Need) -> bool {
        match self {
            Self::Debian => true,
            Self::Ubuntu => need.ubuntu.is_none(),
            Self::Other => false,
        }
    }

    /// What someone has to do who lacks a program.
    fn advice(self, need: &Need) -> String {
        match (self, need.ubuntu) {
            (Self::Other, _) => need.elsewhere.to_owned(),
            (Self::Ubuntu, Some(advice)) => advice.to_owned(),
            _ => format!("sudo apt-get install {}", need.debian),
        }
    }
}

/// Installs what is missing where that is known how; else says what to install.
fn ensure_installed(needs: &[&Need]) -> Result<()> {
    let system = System::here();
    let absent: Vec<&&Need> = needs.iter().filter(|need| need.find().is_none()).collect();
    if absent.is_empty() {
        return Ok(());
    }
    let mut packages: Vec<&str> =
        absent.iter().filter(|need| system.packages(need)).map(|need| need.debian).collect();
    let mut trouble = None;
    if !packages.is_empty() {
        let names: Vec<&str> = absent.iter().map(|need| need.name).collect();
        println!("Missing for the tests in browsers: {}.", names.join("; "));
        packages.extend(FONTS);
        println!("Installing with apt-get: {}.", packages.join(" "));
        trouble = apt_install(&packages).err();
    }

    let absent: Vec<&&Need> = absent.into_iter().filter(|need| need.find().is_none()).collect();
    if absent.is_empty() {
        return Ok(());
    }
    let mut message = String::from("programs are missing that the tests in browsers need:");
    for need in absent {
        write!(message, "\n  {}: {} ({} may name it)", need.name, system.advice(need), need.variable)?;
    }
    if let Some(trouble) = trouble {
        write!(message, "\nInstalling them did not work: {trouble:#}")?;
    }
    bail!(message)
}

/// Runs apt-get as root, asking for a password only where someone is there to give it.
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
    // Lists that cannot be renewed may still do.
    if let Err(problem) = run(&mut apt(&["update", "--quiet"])) {
        println!("Going on with the package lists as they are: {problem:#}");
    }
    let mut install = apt(&["install", "--yes", "--quiet", "--no-install-recommends"]);
    run(install.args(packages))
}

#[cfg(test)]
mod tests {
    use super::System;

    #[test]
    fn systems_are_known_by_what_they_derive_from() {
        assert_eq!(System::named_in("NAME=\"Debian GNU/Linux\"\nID=debian\n"), System::Debian);
        assert_eq!(System::named_in("ID=ubuntu\nID_LIKE=debian\n"), System::Ubuntu);
        assert_eq!(System::named_in("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"), System::Ubuntu);
        assert_eq!(System::named_in("ID=fedora\nVERSION_ID=43\n"), System::Other);
    }
}
