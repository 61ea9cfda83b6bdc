//! The session with the driver, made to look synchronous: a scenario reads top to bottom and cleans up in `Drop`.

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

/// Longer than anything a browser does on a busy machine, so that only a hung one reaches it.
const PATIENCE: Duration = Duration::from_secs(90);

/// One browser session, and the driver process that carries it.
pub(super) struct Wire {
    runtime: Runtime,
    client: Client,
    driver: Driver,
}

impl Wire {
    pub(super) fn open(browser: Browser, profile: &Path) -> Self {
        let driver = Driver::start(browser, profile);
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let connecting = async {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(browser.capabilities(profile));
            timeout(PATIENCE, builder.connect(&driver.address())).await
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

    /// Real input: whatever the actions press and move, the browser sees as coming from its devices.
    pub(super) fn perform(&self, actions: Actions) -> Result<(), CmdError> {
        self.wait("pointer and key events", self.client.perform_actions(actions))
    }

    /// A click as the protocol does it: scrolled into view, in the middle, refused when something lies over it.
    pub(super) fn click(&self, selector: &str) -> Result<(), CmdError> {
        self.wait(selector, async { self.client.find(Locator::Css(selector)).await?.click().await })
    }

    /// Types into a field, or gives a file field the path of a file.
    pub(super) fn send(&self, selector: &str, keys: &str) -> Result<(), CmdError> {
        self.wait(selector, async { self.client.find(Locator::Css(selector)).await?.send_keys(keys).await })
    }

    pub(super) fn resize(&self, width: u32, height: u32) -> Result<(), CmdError> {
        self.wait("another size", self.client.set_window_rect(0, 0, width, height))
    }

    pub(super) fn go(&self, address: &str) {
        self.wait(address, self.client.goto(address))
            .unwrap_or_else(|error| panic!("{address} does not open: {error}"));
    }

    /// The same for a page that may take longer to load than anything else does.
    pub(super) fn set_out_for(&self, address: &str) {
        let _ = self.within(PATIENCE, self.client.goto(address));
    }

    pub(super) fn reload(&self) {
        self.wait("the page again", self.client.refresh()).expect("a page can be reloaded");
    }

    pub(super) fn back(&self) {
        self.wait("the page before", self.client.back()).expect("there is a page before");
    }

    /// Runs the body of a function in the page and gives what it returns.
    pub(super) fn script(&self, body: &str, arguments: Vec<Value>) -> Result<Value, CmdError> {
        self.wait("a script", self.client.execute(body, arguments))
    }

    /// The same in a page that may be at work for long, and answers nothing meanwhile: nothing if it does so all that time.
    pub(super) fn script_within(&self, patience: Duration, body: &str) -> Option<Result<Value, CmdError>> {
        self.within(patience, self.client.execute(body, Vec::new()))
    }

    /// The same for a body that is awaited.
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

    /// A second tab, or a second window where the browser lets only the tab in front have pointer and keys.
    pub(super) fn new_tab(&self, as_tab: bool) -> WindowHandle {
        self.wait("a new tab", self.client.new_window(as_tab)).expect("the browser opens a second tab").handle
    }

    /// Closes the window.
    pub(super) fn close(&self) {
        self.wait("the window's end", self.client.close_window()).expect("a window can be closed");
    }

    /// The processes of the browser, those of its driver included.
    pub(super) fn processes(&self) -> Vec<u32> {
        self.driver.processes()
    }

    /// Leaves one window, with nothing in it, and no key down.
    pub(super) fn tidy(&self) -> Result<(), CmdError> {
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
        self.within(PATIENCE, command).unwrap_or_else(|| {
            panic!("no answer in {PATIENCE:?} to {what}; the driver wrote:\n{}", self.driver.log())
        })
    }

    fn within<T>(&self, patience: Duration, command: impl Future<Output = T>) -> Option<T> {
        self.runtime.block_on(async { timeout(patience, command).await }).ok()
    }
}

/// A command that chromedriver hands on to the browser.
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

impl Drop for Wire {
    fn drop(&mut self) {
        // The browser is asked to leave first; whatever does not is ended with its driver.
        let client = self.client.clone();
        let _ = self.runtime.block_on(async { timeout(Duration::from_secs(10), client.close()).await });
    }
}
