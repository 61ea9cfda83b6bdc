//! The three browsers: where their programs are, and how to start them.

use std::{
    env, fs,
    path::{Path, PathBuf, absolute},
    process::{Command, Stdio},
};

use serde_json::{Map, Value, json};

use super::display::Display;

/// A browser that the scenarios run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Browser {
    Chromium,
    Firefox,
    WebKit,
}

impl Browser {
    /// All browsers, in the order in which they are tested.
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Its name in the names of tests and screenshots.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The program of its driver.
    pub(super) fn driver(self) -> PathBuf {
        match self {
            Self::Chromium => program("GLOSSATOR_CHROMEDRIVER", &["chromedriver"]),
            Self::Firefox => program("GLOSSATOR_GECKODRIVER", &["geckodriver"]),
            Self::WebKit => program("GLOSSATOR_WEBKITDRIVER", &["WebKitWebDriver"]),
        }
    }

    /// The driver's arguments for listening on `port`.
    pub(super) fn driver_arguments(self, port: u16) -> Vec<String> {
        match self {
            // Port 0 chooses a free one for the second protocol; two geckodrivers would otherwise both want the
            // default.
            Self::Firefox => vec![format!("--port={port}"), "--websocket-port=0".to_owned()],
            Self::Chromium | Self::WebKit => vec![format!("--port={port}")],
        }
    }

    /// The capabilities for a new session. Everything that the browser writes goes under `profile`.
    pub(super) fn capabilities(self, profile: &Path) -> Map<String, Value> {
        let wanted = match self {
            Self::Chromium => json!({
                "goog:chromeOptions": { "binary": chromium(), "args": chromium_arguments(profile) },
            }),
            Self::Firefox => json!({
                "moz:firefoxOptions": {
                    "binary": firefox(),
                    "args": ["-headless", "-profile", firefox_profile(profile)],
                    "prefs": {
                        "browser.shell.checkDefaultBrowser": false,
                        "datareporting.policy.dataSubmissionEnabled": false,
                        // Has Firefox read the profile's own style sheet.
                        "toolkit.legacyUserProfileCustomizations.stylesheets": true,
                    },
                },
            }),
            Self::WebKit => {
                shrink_toolbar(profile);
                json!({
                    "webkitgtk:browserOptions": {
                        "binary": mini_browser(),
                        "args": ["--automation"],
                    },
                })
            }
        };
        match wanted {
            Value::Object(mut wanted) => {
                // In milliseconds. Scripts that wait have shorter limits of their own, and say what they waited for.
                wanted.insert("timeouts".to_owned(), json!({ "script": 80_000 }));
                wanted
            }
            other => unreachable!("capabilities are an object, not {other}"),
        }
    }

    /// The command that starts the browser at this address as a person would, without a driver. What it stores outlasts
    /// it.
    ///
    /// With a driver, `WebKitGTK`'s browser would store nothing.
    pub(super) fn without_driver(self, profile: &Path, address: &str) -> Command {
        let mut command = match self {
            Self::Chromium => {
                let mut command = Command::new(chromium());
                command.args(chromium_arguments(profile));
                command
            }
            Self::Firefox => {
                let folder = firefox_profile(profile);
                fs::write(folder.join("user.js"), FIREFOX_PREFERENCES)
                    .expect("the profile folder takes a file");
                let mut command = Command::new(firefox());
                command.args(["-headless", "-no-remote", "-profile"]).arg(folder);
                command
            }
            Self::WebKit => {
                let mut command = Command::new(mini_browser());
                command.arg("--geometry=1440x900");
                command
            }
        };
        command.arg(address).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// A screen for the browser, if it needs one.
    pub(super) fn display(self) -> Option<Display> {
        (self == Self::WebKit).then(|| Display::start(&program("GLOSSATOR_XVFB", &["Xvfb"])))
    }
}

/// What a driver would set: Firefox opens no pages of its own, and starts normally after it was killed.
const FIREFOX_PREFERENCES: &str = r#"
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.pagethumbnails.capturing_disabled", true);
user_pref("browser.sessionstore.resume_from_crash", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.startup.max_resumed_crashes", -1);
"#;

fn chromium() -> PathBuf {
    program("GLOSSATOR_CHROMIUM", &["chromium", "google-chrome", "chromium-browser"])
}

fn firefox() -> PathBuf {
    program("GLOSSATOR_FIREFOX", &["firefox", "firefox-esr"])
}

fn chromium_arguments(profile: &Path) -> Vec<String> {
    let given = [
        "--headless=new",
        // The sandbox cannot start for root, and only our own page is ever opened here.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--no-default-browser-check",
        "--force-color-profile=srgb",
        "--window-size=1440,900",
    ];
    let folder = format!("--user-data-dir={}", profile.join("chromium").display());
    given.into_iter().map(str::to_owned).chain([folder]).collect()
}

/// A profile in which Firefox's window may be as narrow as a phone. By default it is at least 500 pixels wide.
fn firefox_profile(profile: &Path) -> PathBuf {
    let folder = profile.join("firefox");
    fs::create_dir_all(folder.join("chrome")).expect("the profile folder takes a folder");
    fs::write(folder.join("chrome/userChrome.css"), ":root { min-width: 0 !important; }")
        .expect("the profile folder takes a style sheet");
    folder
}

/// Shrinks the toolbar of `MiniBrowser`, which would otherwise keep the window wider than a phone.
fn shrink_toolbar(profile: &Path) {
    let folder = profile.join("config/gtk-3.0");
    fs::create_dir_all(&folder).expect("the profile folder takes a folder");
    let style = "* { min-width: 0; margin: 0; padding: 0; border-width: 0; }";
    fs::write(folder.join("gtk.css"), style).expect("the profile folder takes a style sheet");
}

/// `WebKitGTK`'s small browser, which distributions install outside the PATH.
fn mini_browser() -> PathBuf {
    if let Some(path) = env::var_os("GLOSSATOR_MINIBROWSER") {
        return program("GLOSSATOR_MINIBROWSER", &[path.to_string_lossy().as_ref()]);
    }
    let mut tried = Vec::new();
    for library in
        ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/libexec", "/usr/lib64", "/usr/lib"]
    {
        for version in ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"] {
            let path = Path::new(library).join(version).join("MiniBrowser");
            if path.is_file() {
                return path;
            }
            tried.push(path.display().to_string());
        }
    }
    panic!(
        "no MiniBrowser: set GLOSSATOR_MINIBROWSER, or install WebKitGTK's driver package; looked at {}",
        tried.join(", ")
    );
}

/// The program that the variable names, or the first of `names` on the PATH. Panics if there is none, so that no
/// browser is skipped.
fn program(variable: &str, names: &[&str]) -> PathBuf {
    if let Some(path) = env::var_os(variable) {
        let path = PathBuf::from(path);
        assert!(path.is_file(), "{variable} names {}, which is not a file", path.display());
        // Absolute, since the drivers run in other folders.
        return absolute(path).expect("a working folder");
    }
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|candidate| candidate.is_file())
        .unwrap_or_else(|| {
            panic!(
                "no {} on the PATH: install it, set {variable}, or run `cargo xtask test`",
                names.join(" or ")
            )
        })
}
