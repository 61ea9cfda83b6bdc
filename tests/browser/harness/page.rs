//! The page as a person has it before them: opened, looked at, waited for.

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
    Browser, Stage,
    records::{Annotation, Article, GLIMPSE},
    screenshots,
    seats::Seat,
    server::{Request, Server},
    wire::Wire,
};

/// How long a condition may take to come true. Only a failing test ever waits this long.
const PATIENCE: Duration = Duration::from_secs(75);

/// A browser with the page in it. Each has a host, so a storage, that nobody used before.
pub(crate) struct Page {
    seat: Seat,
    server: Server,
    browser: Browser,
    scenario: &'static str,
    /// When the pointer was last pressed.
    pub(super) pressed: Cell<Option<Instant>>,
}

/// A highlight as it is painted: all the marks of one annotation together.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub(crate) struct Mark {
    pub(crate) id: String,
    pub(crate) tag: String,
    pub(crate) text: String,
    pub(crate) focused: bool,
}

/// A card of the margin.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub(crate) struct Card {
    pub(crate) id: String,
    pub(crate) tag: String,
    pub(crate) quote: String,
    pub(crate) focused: bool,
}

impl Stage for Page {
    fn start(browser: Browser, scenario: &'static str) -> Self {
        Self::served(browser, scenario, super::server::dist())
    }

    /// A picture of the page, and its source.
    fn keep_evidence(&self) -> Option<String> {
        let folder = screenshots();
        let name = format!("failed-{}-{}", self.browser.name(), self.scenario);
        let _ = fs::create_dir_all(&folder);
        // The test has failed already; what cannot be kept is not worth hiding why.
        if let Ok(picture) = self.wire().picture() {
            let _ = fs::write(folder.join(format!("{name}.png")), picture);
        }
        if let Ok(source) = self.wire().source() {
            let _ = fs::write(folder.join(format!("{name}.html")), source);
        }
        eprintln!("a picture and the source of the page are kept as {}/{name}.*", folder.display());
        let said = "const stopped = document.getElementById('crash'); \
                    return stopped && !stopped.hidden ? document.getElementById('crash-detail').textContent : null";
        self.wire().script(said, Vec::new()).ok()?.as_str().map(str::to_owned)
    }

    fn end(self) {
        self.seat.give_back();
    }
}

impl Page {
    /// Another page than the built one: the files of `root`.
    pub(crate) fn served(browser: Browser, scenario: &'static str, root: PathBuf) -> Self {
        let server = Server::start(root);
        let seat = Seat::take(browser);
        let page = Self { seat, server, browser, scenario, pressed: Cell::new(None) };
        page.resize(1440, 900);
        page
    }

    pub(super) fn wire(&self) -> &Wire {
        &self.seat.wire
    }

    pub(crate) fn profile(&self) -> &std::path::Path {
        self.seat.profile.path()
    }

    pub(crate) fn browser(&self) -> Browser {
        self.browser
    }

    /// Opens (or opens again) the page as it is built.
    pub(crate) fn open(&self) {
        self.open_with(&[]);
    }

    /// Opens the page with scripts that run before anything of it, to break the browser's own functions or listen to them.
    pub(crate) fn open_with(&self, scripts: &[&str]) {
        self.load_with(scripts);
        self.wait_until_ready();
    }

    /// The same, without waiting for the article.
    pub(crate) fn load_with(&self, scripts: &[&str]) {
        self.server.inject(scripts);
        self.wire().go(&self.server.address());
    }

    /// Opens the page on another host, whose storage is empty.
    pub(crate) fn move_elsewhere(&mut self, scripts: &[&str]) {
        let before = std::mem::replace(&mut self.server, Server::start(super::server::dist()));
        self.open_with(scripts);
        drop(before);
    }

    /// Opens an article by its entry in the list.
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

    /// Opens the page at an address of its own: what stands behind its folder, from `#` on.
    pub(crate) fn open_at(&self, fragment: &str) {
        // The same page at another fragment would not be loaded anew.
        self.wire().go("about:blank");
        self.wire().go(&format!("{}{fragment}", self.server.address()));
        self.wait_until_ready();
    }

    /// The browser's Back.
    pub(crate) fn back(&self) {
        self.wire().back();
    }

    /// The browser's Forward.
    pub(crate) fn forward(&self) {
        // fantoccini has no word for it.
        self.script("history.forward()", &[]);
    }

    pub(crate) fn reload(&self) {
        // A driver may answer while the page from before is still there.
        let _ = self.wire().script("window.isOfBefore = true", Vec::new());
        self.wire().reload();
        self.wait_until("the page is loaded again", || self.truth("!window.isOfBefore"));
        self.wait_until_ready();
    }

    /// A second tab of the same browser with the same page; the first stays as it is.
    pub(crate) fn open_second_tab(&self) -> (WindowHandle, WindowHandle) {
        (self.window(), self.open_tab())
    }

    /// One more tab of the same browser with the same page; the others stay as they are.
    pub(crate) fn open_tab(&self) -> WindowHandle {
        let tab = self.open_tab_at("");
        self.wait_until_ready();
        tab
    }

    /// One more tab, with another file of the same host.
    pub(crate) fn open_tab_at(&self, file: &str) -> WindowHandle {
        // MiniBrowser never brings a new tab to the front, and events for one behind are waited for without end.
        let tab = self.wire().new_tab(self.browser != Browser::WebKit);
        self.wire().switch_to(&tab);
        self.wire().go(&format!("{}{file}", self.server.address()));
        tab
    }

    /// A file of the same host in a tab of its own, with scripts as in [`Page::open_with`]; the tab that was looked at is closed
    /// before, so that nothing of it goes on. It may not have loaded yet.
    pub(crate) fn in_fresh_tab(&self, file: &str, scripts: &[&str]) {
        self.server.inject(scripts);
        self.fresh_tab();
        self.wire().set_out_for(&format!("{}{file}", self.server.address()));
    }

    /// The same for a page of another host, in Chromium alone.
    pub(crate) fn in_fresh_tab_elsewhere(&self, address: &str, scripts: &[&str]) {
        self.fresh_tab();
        let script = json!({ "source": super::server::joined(scripts) });
        self.devtools("Page.addScriptToEvaluateOnNewDocument", script);
        self.wire().set_out_for(address);
    }

    fn fresh_tab(&self) {
        let before = self.window();
        let tab = self.wire().new_tab(true);
        self.in_tab(&before);
        self.wire().close();
        self.in_tab(&tab);
    }

    /// A page of another host.
    pub(crate) fn visit(&self, address: &str) {
        self.wire().go(address);
    }

    /// The tab that is looked at.
    pub(crate) fn window(&self) -> WindowHandle {
        self.wire().window()
    }

    /// Closes a tab, as a person does, and goes to another.
    pub(crate) fn close(&self, tab: &WindowHandle, next: &WindowHandle) {
        self.in_tab(tab);
        self.wire().close();
        self.wire().switch_to(next);
    }

    pub(crate) fn in_tab(&self, tab: &WindowHandle) {
        self.wire().switch_to(tab);
    }

    fn wait_until_ready(&self) {
        self.wait_until("the article and its highlights are painted", || {
            self.truth("document.readyState === 'complete' && document.body?.dataset.ready === 'true'")
        });
    }

    /// Polls until the condition holds; a failure says what was awaited, and the runner keeps a picture and the source.
    pub(crate) fn wait_until(&self, what: &str, condition: impl FnMut() -> bool) {
        assert!(comes_true(condition), "{} waited {PATIENCE:?} in vain until {what}", self.browser.name());
    }

    /// Polls until both are equal, so that a failure shows what there was instead.
    pub(crate) fn wait_for<T: PartialEq + Debug>(&self, what: &str, wanted: T, mut look: impl FnMut() -> T) {
        let mut seen = None;
        let equal = comes_true(|| seen.insert(look()) == &wanted);
        assert!(
            equal,
            "{} waited {PATIENCE:?} in vain for {what}\n  wanted: {wanted:?}\n    seen: {seen:?}",
            self.browser.name()
        );
    }

    /// Runs the body of a function in the page.
    pub(crate) fn script(&self, body: &str, arguments: &[Value]) -> Value {
        self.wire()
            .script(body, arguments.to_vec())
            .unwrap_or_else(|error| panic!("a script failed: {error}\n{body}"))
    }

    /// The same for a body that is awaited.
    pub(crate) fn script_awaited(&self, body: &str, arguments: &[Value]) -> Value {
        self.wire()
            .script_awaited(body, arguments.to_vec())
            .unwrap_or_else(|error| panic!("a script failed: {error}\n{body}"))
    }

    /// Lets the page draw twice: what it had put off until then is done, and what moves has moved.
    pub(crate) fn pass_frames(&self) {
        let frames = "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";
        self.wire()
            .script_awaited(frames, Vec::new())
            .unwrap_or_else(|error| panic!("the page draws no more: {error}"));
    }

    /// Whether an expression holds in the page. While a page is being replaced there is none, and nothing holds.
    pub(crate) fn truth(&self, expression: &str) -> bool {
        self.wire()
            .script(&format!("return Boolean({expression})"), Vec::new())
            .is_ok_and(|value| value == json!(true))
    }

    /// Whether an expression comes true in time in a page that may be at work for as long.
    pub(crate) fn comes_true_within(&self, patience: Duration, expression: &str) -> bool {
        let began = Instant::now();
        let body = format!("return Boolean({expression})");
        while let Some(seen) = self.wire().script_within(patience.saturating_sub(began.elapsed()), &body) {
            if seen.is_ok_and(|it| it == json!(true)) {
                return true;
            }
            thread::sleep(Duration::from_millis(40));
        }
        false
    }

    /// How many elements the selector finds.
    pub(crate) fn count(&self, selector: &str) -> usize {
        let count = self.script("return document.querySelectorAll(arguments[0]).length", &[json!(selector)]);
        count.as_u64().and_then(|count| usize::try_from(count).ok()).expect("a length")
    }

    /// Whether the selector finds something that takes up room on the page.
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

    /// The text that is in the first element found, or nothing when there is none.
    pub(crate) fn text_of(&self, selector: &str) -> Option<String> {
        let text = self
            .script("return document.querySelector(arguments[0])?.textContent ?? null", &[json!(selector)]);
        text.as_str().map(str::to_owned)
    }

    /// An attribute of the first element found.
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let value = self.script(
            "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null",
            &[json!(selector), json!(name)],
        );
        value.as_str().map(str::to_owned)
    }

    /// What the header visibly says of the work: `saved`, `saving`, `local` or `unsaved`; other words as they are.
    pub(crate) fn status(&self) -> String {
        let said = self.script(concat!(include_str!("scripts/said.js"), "return window.said()"), &[]);
        said.as_str().expect("words").to_owned()
    }

    /// Clicks the first element found, in its middle, as soon as it is there, stands still, and nothing lies over it.
    pub(crate) fn click(&self, selector: &str) {
        let mut last = None;
        let mut before = Value::Null;
        let done = comes_true(|| {
            self.pass_frames();
            let place = self.script(
                "const box = document.querySelector(arguments[0])?.getBoundingClientRect(); \
                 return box ? [box.x, box.y, box.width, box.height] : null",
                &[json!(selector)],
            );
            // What still moves is missed: between being measured and being clicked it is elsewhere.
            let still = std::mem::replace(&mut before, place.clone()) == place;
            if !still || place.is_null() {
                return false;
            }
            last = self.wire().click(selector).err();
            last.is_none()
        });
        assert!(done, "`{selector}` cannot be clicked: {last:?}");
    }

    /// What the server was asked for and did not have.
    pub(crate) fn missing_files(&self) -> Vec<String> {
        self.server.missing()
    }

    /// Everything that the server was asked for.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.server.requests()
    }

    /// The host and the folder that the page is served from.
    pub(crate) fn address(&self) -> String {
        self.server.address()
    }

    /// The highlights, each annotation once, in the order of their first marks.
    pub(crate) fn marks(&self) -> Vec<Mark> {
        serde_json::from_value(self.script(include_str!("scripts/marks.js"), &[]))
            .expect("marks as the script gives them")
    }

    /// The cards, from top to bottom.
    pub(crate) fn cards(&self) -> Vec<Card> {
        serde_json::from_value(self.script(include_str!("scripts/cards.js"), &[]))
            .expect("cards as the script gives them")
    }

    /// What localStorage holds of the person's work, key and value: all but what is shown before the program.
    pub(crate) fn stored(&self) -> Vec<(String, String)> {
        let script = "return Object.entries(localStorage).filter(([key]) => key !== arguments[0]).sort()";
        let items = self.script(script, &[json!(GLIMPSE)]);
        serde_json::from_value(items).expect("pairs of strings")
    }

    /// What the page's database holds, key and value.
    pub(crate) fn durable(&self) -> Vec<(String, String)> {
        let items = self.script_awaited(include_str!("scripts/durable.js"), &[]);
        serde_json::from_value(items).expect("pairs of strings")
    }

    /// The annotations in localStorage that are not deleted, in the order of the text.
    pub(crate) fn annotations(&self) -> Vec<Annotation> {
        Annotation::from_storage(&self.stored())
    }

    /// These annotations as they are stored, whatever else there is and however broken it may be.
    pub(crate) fn annotations_named(&self, named: &[&Annotation]) -> Vec<Annotation> {
        let mut items = self.stored();
        items.retain(|(key, _)| named.iter().any(|annotation| annotation.key() == *key));
        Annotation::from_storage(&items)
    }

    /// Puts an item into localStorage behind the page's back.
    pub(crate) fn store(&self, key: &str, value: &str) {
        self.script("localStorage.setItem(arguments[0], arguments[1])", &[json!(key), json!(value)]);
    }

    /// Puts an item into the page's database behind the page's back.
    pub(crate) fn store_durably(&self, key: &str, value: &str) {
        self.script_awaited(include_str!("scripts/put-durable.js"), &[json!(key), json!(value)]);
    }
}

/// A folder that nobody used before, for all that one browser writes.
pub(super) fn fresh_profile() -> TempDir {
    tempfile::Builder::new().prefix("glossator-").tempdir().expect("a temporary folder")
}

/// Polls for as long as any condition may take; says whether it came true.
pub(crate) fn comes_true(condition: impl FnMut() -> bool) -> bool {
    comes_true_within(PATIENCE, condition)
}

/// The same for what may take longer.
pub(crate) fn comes_true_within(patience: Duration, mut condition: impl FnMut() -> bool) -> bool {
    let began = Instant::now();
    loop {
        if condition() {
            return true;
        }
        if began.elapsed() > patience {
            return false;
        }
        thread::sleep(Duration::from_millis(40));
    }
}
