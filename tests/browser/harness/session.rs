//! The session with a browser's driver. Its functions block, so that a scenario reads from top to bottom.

use std::{path::Path, time::Duration};

use fantoccini::{
    Client, ClientBuilder, Locator,
    actions::Actions,
    error::CmdError,
    wd::{WebDriverCompatibleCommand, WindowHandle},
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::{
    runtime::{Builder, Runtime},
    time::timeout,
};

use super::{Browser, driver::Driver};

/// No command takes this long, even on a busy machine, unless the browser hangs.
const TIMEOUT: Duration = Duration::from_secs(90);

/// A browser session, and its driver.
pub(super) struct Session {
    runtime: Runtime,
    client: Client,
    driver: Driver,
}

impl Session {
    pub(super) fn open(browser: Browser, profile: &Path) -> Self {
        let driver = Driver::start(browser, profile);
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let connecting = async {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(browser.capabilities(profile));
            timeout(TIMEOUT, builder.connect(&driver.address())).await
        };
        let client = match runtime.block_on(connecting).map_err(|late| late.to_string()) {
            Ok(Ok(client)) => Ok(client),
            Ok(Err(error)) => Err(error.to_string()),
            Err(late) => Err(late),
        };
        let client = client.unwrap_or_else(|error| {
            panic!("{} did not start: {error}; its driver wrote:\n{}", browser.name(), driver.log())
        });
        Self { runtime, client, driver }
    }

    /// Performs real input, which the browser takes as coming from its devices.
    pub(super) fn perform(&self, actions: Actions) -> Result<(), CmdError> {
        self.wait("pointer and key events", self.client.perform_actions(actions))
    }

    /// Clicks as the protocol does: scrolls the element into view, and fails if something covers its middle.
    pub(super) fn click(&self, selector: &str) -> Result<(), CmdError> {
        self.wait(selector, async { self.client.find(Locator::Css(selector)).await?.click().await })
    }

    /// Types into a field, or chooses a file for a file field.
    pub(super) fn send(&self, selector: &str, keys: &str) -> Result<(), CmdError> {
        self.wait(selector, async { self.client.find(Locator::Css(selector)).await?.send_keys(keys).await })
    }

    pub(super) fn resize(&self, width: u32, height: u32) -> Result<(), CmdError> {
        self.wait("a new size", self.client.set_window_rect(0, 0, width, height))
    }

    pub(super) fn go(&self, address: &str) {
        self.wait(address, self.client.goto(address))
            .unwrap_or_else(|error| panic!("{address} does not open: {error}"));
    }

    /// Starts loading a page that may take longer than the usual limit.
    pub(super) fn begin_loading(&self, address: &str) {
        let _ = self.within(TIMEOUT, self.client.goto(address));
    }

    pub(super) fn reload(&self) {
        self.wait("reloading", self.client.refresh()).expect("a page can be reloaded");
    }

    pub(super) fn back(&self) {
        self.wait("going back", self.client.back()).expect("there is an earlier page");
    }

    /// Runs a function body in the page, and returns its result.
    pub(super) fn script(&self, body: &str, arguments: Vec<Value>) -> Result<Value, CmdError> {
        self.wait("a script", self.client.execute(body, arguments))
    }

    /// The same for a page that may be busy for a long time. None if it does not answer in time.
    pub(super) fn script_within(&self, timeout: Duration, body: &str) -> Option<Result<Value, CmdError>> {
        self.within(timeout, self.client.execute(body, Vec::new()))
    }

    /// The same for the body of an async function.
    pub(super) fn script_awaited(&self, body: &str, arguments: Vec<Value>) -> Result<Value, CmdError> {
        let last = arguments.len();
        let body = format!(
            "const done = arguments[{last}]; \
             (async function () {{ {body} }}).apply(null, arguments) \
             .then((value) => done({{ value }}), (error) => done({{ error: String(error) }}));"
        );
        let answer = self.wait("an awaited script", self.client.execute_async(&body, arguments))?;
        if let Some(error) = answer.get("error") {
            panic!("a script in the page failed: {error}");
        }
        Ok(answer.get("value").cloned().unwrap_or(Value::Null))
    }

    /// A command of Chromium's own protocol.
    pub(super) fn chromium(&self, command: &str, parameters: Value) -> Result<Value, CmdError> {
        let command = Devtools { command: command.to_owned(), parameters };
        self.wait("a command of Chromium's own", self.client.issue_cmd(command))
    }

    pub(super) fn source(&self) -> Result<String, CmdError> {
        self.wait("the source", self.client.source())
    }

    pub(super) fn picture(&self) -> Result<Vec<u8>, CmdError> {
        self.wait("a picture", self.client.screenshot())
    }

    pub(super) fn window(&self) -> WindowHandle {
        self.wait("the window", self.client.window()).expect("the session has a window")
    }

    pub(super) fn switch_to(&self, window: &WindowHandle) {
        self.wait("another window", self.client.switch_to_window(window.clone()))
            .expect("the other window is still there");
    }

    /// Opens another tab, or another window where the browser gives input only to the tab in front.
    pub(super) fn new_tab(&self, as_tab: bool) -> WindowHandle {
        self.wait("a new tab", self.client.new_window(as_tab)).expect("the browser opens a second tab").handle
    }

    /// Closes the window.
    pub(super) fn close(&self) {
        self.wait("closing the window", self.client.close_window()).expect("a window can be closed");
    }

    /// The ids of all processes of the browser and its driver.
    pub(super) fn processes(&self) -> Vec<u32> {
        self.driver.processes()
    }

    /// Releases all keys, and leaves a single empty window.
    pub(super) fn reset(&self) -> Result<(), CmdError> {
        self.wait("one empty window", async {
            self.client.release_actions().await?;
            let windows = self.client.windows().await?;
            for window in windows.iter().skip(1) {
                self.client.switch_to_window(window.clone()).await?;
                self.client.close_window().await?;
            }
            self.client.switch_to_window(windows[0].clone()).await?;
            self.client.goto("about:blank").await
        })
    }

    fn wait<T>(&self, what: &str, command: impl Future<Output = Result<T, CmdError>>) -> Result<T, CmdError> {
        self.within(TIMEOUT, command).unwrap_or_else(|| {
            panic!("no answer in {TIMEOUT:?} to {what}; the driver wrote:\n{}", self.driver.log())
        })
    }

    fn within<T>(&self, timeout: Duration, command: impl Future<Output = T>) -> Option<T> {
        self.runtime.block_on(async { tokio::time::timeout(timeout, command).await }).ok()
    }
}

/// A command that chromedriver passes on to the browser.
#[derive(Debug)]
struct Devtools {
    command: String,
    parameters: Value,
}

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({ "cmd": self.command, "params": self.parameters });
        (http::Method::POST, Some(body.to_string()))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Closes the browser properly. Processes that remain are killed with the driver.
        let client = self.client.clone();
        let _ = self.runtime.block_on(async { timeout(Duration::from_secs(10), client.close()).await });
    }
}
