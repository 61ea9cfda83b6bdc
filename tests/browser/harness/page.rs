//! The page in a browser: opening it, reading it, and waiting for it.

use std::{
    cell::Cell,
    fmt::Debug,
    fs,
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use fantoccini::wd::WindowHandle;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    Browser, Fixture, SEEN,
    gestures::Point,
    pool::PooledBrowser,
    records::{Annotation, Article, GLIMPSE},
    screenshots,
    server::{Request, Server},
    session::Session,
};

/// How long a condition may take to come true. Only a failing test waits this long.
const TIMEOUT: Duration = Duration::from_secs(75);

/// A browser with the page. Each has an origin, and so a storage, of its own.
pub(crate) struct Page {
    pooled: PooledBrowser,
    server: Server,
    browser: Browser,
    scenario: &'static str,
    /// When and where the pointer was last pressed.
    pub(super) last_press: Cell<Option<(Instant, Point)>>,
}

/// A highlight as it is drawn: all `mark` elements of one annotation together.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub(crate) struct Mark {
    pub(crate) id: String,
    pub(crate) tag: String,
    pub(crate) text: String,
    pub(crate) focused: bool,
}

/// A card in the margin.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub(crate) struct Card {
    pub(crate) id: String,
    pub(crate) tag: String,
    pub(crate) quote: String,
    pub(crate) focused: bool,
}

impl Fixture for Page {
    fn set_up(browser: Browser, scenario: &'static str) -> Self {
        Self::serving(browser, scenario, super::server::dist())
    }

    /// Keeps a screenshot of the page, and its source.
    fn keep_evidence(&self) -> Option<String> {
        let folder = screenshots();
        let name = format!("failed-{}-{}", self.browser.name(), self.scenario);
        let _ = fs::create_dir_all(&folder);
        // The test has failed already, and another failure would only hide why.
        if let Ok(picture) = self.session().picture() {
            let _ = fs::write(folder.join(format!("{name}.png")), picture);
        }
        if let Ok(source) = self.session().source() {
            let _ = fs::write(folder.join(format!("{name}.html")), source);
        }
        eprintln!("a screenshot and the source of the page are in {}/{name}.*", folder.display());
        let said = "const stopped = document.getElementById('crash'); \
                    return stopped && !stopped.hidden ? document.getElementById('crash-detail').textContent : null";
        self.session().script(said, Vec::new()).ok()?.as_str().map(str::to_owned)
    }

    fn tear_down(self) {
        self.pooled.give_back();
    }
}

impl Page {
    /// Serves the files of `root` in place of the built page.
    pub(crate) fn serving(browser: Browser, scenario: &'static str, root: PathBuf) -> Self {
        let server = Server::start(root);
        let pooled = PooledBrowser::take(browser);
        let page = Self { pooled, server, browser, scenario, last_press: Cell::new(None) };
        page.resize(1440, 900);
        page
    }

    pub(super) fn session(&self) -> &Session {
        &self.pooled.session
    }

    pub(crate) fn profile(&self) -> &std::path::Path {
        self.pooled.profile.path()
    }

    pub(crate) fn browser(&self) -> Browser {
        self.browser
    }

    /// Opens the page as it is built, or opens it again.
    pub(crate) fn open(&self) {
        self.open_with(&[]);
    }

    /// Opens the page with scripts that run before its own, to break functions of the browser or to listen to them.
    pub(crate) fn open_with(&self, scripts: &[&str]) {
        self.load_with(scripts);
        self.wait_until_ready();
    }

    /// The same, without waiting until the article is drawn.
    pub(crate) fn load_with(&self, scripts: &[&str]) {
        self.server.inject(scripts);
        self.session().go(&self.server.address());
    }

    /// Opens the page at another origin, whose storage is empty.
    pub(crate) fn move_to_new_origin(&mut self, scripts: &[&str]) {
        let before = std::mem::replace(&mut self.server, Server::start(super::server::dist()));
        self.open_with(scripts);
        drop(before);
    }

    /// Opens an article by its entry in the list of articles.
    pub(crate) fn open_article(&self, article: &Article) {
        let entry = format!("#articles .doc[data-article='{}']", article.id);
        self.wait_until(&format!("the list has {}", article.id), || self.count(&entry) == 1);
        if self.attribute(&entry, "aria-current").as_deref() != Some("true") {
            self.click(&entry);
        }
        self.wait_for("the open article", Some("true".to_owned()), || self.attribute(&entry, "aria-current"));
        self.wait_for("the article's title", Some(article.title()), || self.text_of("#title"));
        self.wait_until(&format!("the text of {} is there", article.id), || {
            self.text_of("#text").is_some_and(|text| text == article.text)
        });
    }

    /// Opens the page at this fragment of its address, from `#` on.
    pub(crate) fn open_at(&self, fragment: &str) {
        // Otherwise the browser would not load the page again for another fragment.
        self.session().go("about:blank");
        self.session().go(&format!("{}{fragment}", self.server.address()));
        self.wait_until_ready();
    }

    /// The browser's Back.
    pub(crate) fn back(&self) {
        self.session().back();
    }

    /// The browser's Forward.
    pub(crate) fn forward(&self) {
        // fantoccini has no function for it.
        self.script("history.forward()", &[]);
    }

    pub(crate) fn reload(&self) {
        // The driver may answer while the old page is still there.
        let _ = self.session().script("window.isOld = true", Vec::new());
        self.session().reload();
        self.wait_until("the page is loaded again", || self.truth("!window.isOld"));
        self.wait_until_ready();
    }

    /// Opens the page in a second tab. Returns the first tab and the second.
    pub(crate) fn open_second_tab(&self) -> (WindowHandle, WindowHandle) {
        (self.window(), self.open_tab())
    }

    /// Opens the page in one more tab, and switches to it.
    pub(crate) fn open_tab(&self) -> WindowHandle {
        let tab = self.open_tab_at("");
        self.wait_until_ready();
        tab
    }

    /// Opens another file of the page's folder in one more tab, and switches to it.
    pub(crate) fn open_tab_at(&self, file: &str) -> WindowHandle {
        // MiniBrowser never brings a new tab to the front, and input for a tab behind would be awaited forever.
        let tab = self.session().new_tab(self.browser != Browser::WebKit);
        self.session().switch_to(&tab);
        self.session().go(&format!("{}{file}", self.server.address()));
        tab
    }

    /// Begins to load a file of the page's folder in a new tab, with scripts as in [`Page::open_with`]. Closes the
    /// present tab before, so that nothing in it goes on.
    pub(crate) fn in_fresh_tab(&self, file: &str, scripts: &[&str]) {
        self.server.inject(scripts);
        self.fresh_tab();
        self.session().begin_loading(&format!("{}{file}", self.server.address()));
    }

    /// The same for a page of another host. Works only in Chromium.
    pub(crate) fn in_fresh_tab_elsewhere(&self, address: &str, scripts: &[&str]) {
        self.fresh_tab();
        let script = json!({ "source": super::server::joined(scripts) });
        self.devtools("Page.addScriptToEvaluateOnNewDocument", script);
        self.session().begin_loading(address);
    }

    fn fresh_tab(&self) {
        let before = self.window();
        let tab = self.session().new_tab(true);
        self.in_tab(&before);
        self.session().close();
        self.in_tab(&tab);
    }

    /// Opens any address.
    pub(crate) fn visit(&self, address: &str) {
        self.session().go(address);
    }

    /// The present tab.
    pub(crate) fn window(&self) -> WindowHandle {
        self.session().window()
    }

    /// Closes a tab, and switches to another.
    pub(crate) fn close(&self, tab: &WindowHandle, next: &WindowHandle) {
        self.in_tab(tab);
        self.session().close();
        self.session().switch_to(next);
    }

    pub(crate) fn in_tab(&self, tab: &WindowHandle) {
        self.session().switch_to(tab);
    }

    fn wait_until_ready(&self) {
        self.wait_until("the article and its highlights are drawn", || {
            self.truth("document.readyState === 'complete' && document.body?.dataset.ready === 'true'")
        });
    }

    /// Waits until the condition holds. `what` names it in the message of a failure.
    pub(crate) fn wait_until(&self, what: &str, condition: impl FnMut() -> bool) {
        assert!(comes_true(condition), "{} waited {TIMEOUT:?} in vain until {what}", self.browser.name());
    }

    /// Waits until both are equal. A failure shows the last value seen.
    pub(crate) fn wait_for<T: PartialEq + Debug>(&self, what: &str, wanted: T, mut look: impl FnMut() -> T) {
        let mut seen = None;
        let equal = comes_true(|| seen.insert(look()) == &wanted);
        assert!(
            equal,
            "{} waited {TIMEOUT:?} in vain for {what}\n  wanted: {wanted:?}\n    seen: {seen:?}",
            self.browser.name()
        );
    }

    /// Runs a function body in the page, and returns its result.
    pub(crate) fn script(&self, body: &str, arguments: &[Value]) -> Value {
        self.session()
            .script(body, arguments.to_vec())
            .unwrap_or_else(|error| panic!("a script failed: {error}\n{body}"))
    }

    /// The same for the body of an async function.
    pub(crate) fn script_awaited(&self, body: &str, arguments: &[Value]) -> Value {
        self.session()
            .script_awaited(body, arguments.to_vec())
            .unwrap_or_else(|error| panic!("a script failed: {error}\n{body}"))
    }

    /// Waits until the page has drawn two frames, and so has done what it had deferred to the next.
    pub(crate) fn wait_for_frames(&self) {
        let frames = "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";
        self.session()
            .script_awaited(frames, Vec::new())
            .unwrap_or_else(|error| panic!("the page draws no more: {error}"));
    }

    /// Whether an expression is true in the page. False while the page is being replaced.
    pub(crate) fn truth(&self, expression: &str) -> bool {
        self.session()
            .script(&format!("return Boolean({expression})"), Vec::new())
            .is_ok_and(|value| value == json!(true))
    }

    /// Whether an expression becomes true in time, in a page that may be busy for as long.
    pub(crate) fn comes_true_within(&self, timeout: Duration, expression: &str) -> bool {
        let began = Instant::now();
        let body = format!("return Boolean({expression})");
        while let Some(seen) = self.session().script_within(timeout.saturating_sub(began.elapsed()), &body) {
            if seen.is_ok_and(|it| it == json!(true)) {
                return true;
            }
            thread::sleep(Duration::from_millis(40));
        }
        false
    }

    /// The number of elements that the selector finds.
    pub(crate) fn count(&self, selector: &str) -> usize {
        let script = "return document.querySelectorAll(arguments[0]).length";
        let mut count = None;
        // Firefox answers with nothing while the page is being replaced.
        let is_counted = comes_true(|| {
            count = self.script(script, &[json!(selector)]).as_u64();
            count.is_some()
        });
        assert!(is_counted, "`{selector}` cannot be counted");
        count.and_then(|it| usize::try_from(it).ok()).unwrap_or_default()
    }

    /// Whether the selector finds an element that is visible and takes up space.
    pub(crate) fn shows(&self, selector: &str) -> bool {
        self.script(
            "return [...document.querySelectorAll(arguments[0])].some((element) => \
             element.getClientRects().length > 0 && element.checkVisibility({ visibilityProperty: true }))",
            &[json!(selector)],
        ) == json!(true)
    }

    pub(crate) fn wait_until_shown(&self, selector: &str) {
        self.wait_until(&format!("`{selector}` is shown"), || self.shows(selector));
    }

    pub(crate) fn wait_until_gone(&self, selector: &str) {
        self.wait_until(&format!("`{selector}` is gone"), || !self.shows(selector));
    }

    /// The text of the first element found, hidden or not.
    pub(crate) fn text_of(&self, selector: &str) -> Option<String> {
        let text = self
            .script("return document.querySelector(arguments[0])?.textContent ?? null", &[json!(selector)]);
        text.as_str().map(str::to_owned)
    }

    /// What the header says about the work, as a person sees it: `saved`, `saving`, `local` or `unsaved`. Empty without
    /// a header.
    pub(crate) fn status(&self) -> String {
        let status = self.script(&format!("{SEEN} return seenStatus()"), &[]);
        status.as_str().unwrap_or_default().to_owned()
    }

    /// An attribute of the first element found.
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let value = self.script(
            "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null",
            &[json!(selector), json!(name)],
        );
        value.as_str().map(str::to_owned)
    }

    /// Clicks the first element found, in its middle, as soon as it has stopped moving and nothing covers it.
    pub(crate) fn click(&self, selector: &str) {
        // An element that still moves would be missed: by the time of the click it is elsewhere.
        let is_still = "const [selector] = arguments; \
             const frame = () => new Promise(requestAnimationFrame); \
             const place = () => { \
               const box = document.querySelector(selector)?.getBoundingClientRect(); \
               return box && [box.x, box.y, box.width, box.height].join(); \
             }; \
             await frame(); \
             await frame(); \
             const before = place(); \
             await frame(); \
             return Boolean(before) && before === place()";
        let mut last = None;
        let done = comes_true(|| {
            let outcome = match self.session().script_awaited(is_still, vec![json!(selector)]) {
                Ok(Value::Bool(true)) => self.session().click(selector),
                Ok(_) => return false,
                Err(error) => Err(error),
            };
            last = outcome.err();
            last.is_none()
        });
        assert!(done, "`{selector}` cannot be clicked: {last:?}");
    }

    /// The requested paths that the server did not have.
    pub(crate) fn missing_files(&self) -> Vec<String> {
        self.server.missing()
    }

    /// All requests to the server.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.server.requests()
    }

    /// The address of the folder that the page is served from.
    pub(crate) fn address(&self) -> String {
        self.server.address()
    }

    /// The highlights, one for each annotation, in the order of their first `mark` elements.
    pub(crate) fn marks(&self) -> Vec<Mark> {
        serde_json::from_value(self.script(include_str!("scripts/marks.js"), &[]))
            .expect("marks as the script gives them")
    }

    /// The cards, from top to bottom.
    pub(crate) fn cards(&self) -> Vec<Card> {
        serde_json::from_value(self.script(include_str!("scripts/cards.js"), &[]))
            .expect("cards as the script gives them")
    }

    /// The items of localStorage, key and value, without the last view.
    pub(crate) fn stored(&self) -> Vec<(String, String)> {
        let script = "return Object.entries(localStorage).filter(([key]) => key !== arguments[0]).sort()";
        let items = self.script(script, &[json!(GLIMPSE)]);
        serde_json::from_value(items).expect("pairs of strings")
    }

    /// The items of the page's database, key and value.
    pub(crate) fn durable(&self) -> Vec<(String, String)> {
        let items = self.script_awaited(include_str!("scripts/durable.js"), &[]);
        serde_json::from_value(items).expect("pairs of strings")
    }

    /// The annotations in localStorage that are not deleted, in the order of the text.
    pub(crate) fn annotations(&self) -> Vec<Annotation> {
        Annotation::from_storage(&self.stored())
    }

    /// These annotations as they are stored in localStorage, ignoring all other items, which may be broken.
    pub(crate) fn annotations_named(&self, named: &[&Annotation]) -> Vec<Annotation> {
        let mut items = self.stored();
        items.retain(|(key, _)| named.iter().any(|annotation| annotation.key() == *key));
        Annotation::from_storage(&items)
    }

    /// Writes an item to localStorage without the page's knowledge.
    pub(crate) fn store(&self, key: &str, value: &str) {
        self.script("localStorage.setItem(arguments[0], arguments[1])", &[json!(key), json!(value)]);
    }

    /// Writes an item to the page's database without the page's knowledge.
    pub(crate) fn store_durably(&self, key: &str, value: &str) {
        self.script_awaited(include_str!("scripts/put-durable.js"), &[json!(key), json!(value)]);
    }
}

/// A new folder for everything that one browser writes.
pub(super) fn fresh_profile() -> TempDir {
    tempfile::Builder::new().prefix("glossator-").tempdir().expect("a temporary folder")
}

/// Waits until the condition holds. False if it does not in the usual time.
pub(crate) fn comes_true(condition: impl FnMut() -> bool) -> bool {
    comes_true_within(TIMEOUT, condition)
}

/// The same with another limit.
pub(crate) fn comes_true_within(timeout: Duration, mut condition: impl FnMut() -> bool) -> bool {
    let began = Instant::now();
    // Most conditions come true soon; the others are not asked about more often than need be.
    let mut pause = Duration::from_millis(5);
    loop {
        if condition() {
            return true;
        }
        if began.elapsed() > timeout {
            return false;
        }
        thread::sleep(pause);
        pause = (2 * pause).min(Duration::from_millis(40));
    }
}
