//! What a hand does with a pointer over the text: real events, at the places where the characters are painted.

use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Page, page::comes_true};

/// A place in the window, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// Where a quote is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) struct Span {
    /// The left edge of its first character.
    pub(crate) begin: Point,
    /// The character in its middle.
    pub(crate) inside: Point,
    /// The right edge of its last character.
    pub(crate) end: Point,
}

impl Page {
    /// Drags over exactly these characters, which the article must have once, from the first to the last.
    pub(crate) fn select(&self, quote: &str) {
        let span = self.locate(quote);
        self.drag(span.begin, span.end);
        self.wait_until_selected(quote);
    }

    /// The same from the last character to the first.
    pub(crate) fn select_backwards(&self, quote: &str) {
        let span = self.locate(quote);
        self.drag(span.end, span.begin);
        self.wait_until_selected(quote);
    }

    /// Double-clicks in the middle of the quote.
    pub(crate) fn double_click(&self, quote: &str) {
        self.forget_selection();
        self.click_times(self.locate(quote).inside, 2);
    }

    /// Clicks three times in the middle of the quote.
    pub(crate) fn triple_click(&self, quote: &str) {
        self.forget_selection();
        self.click_times(self.locate(quote).inside, 3);
    }

    /// Clicks once in the middle of the quote.
    pub(crate) fn click_text(&self, quote: &str) {
        self.click_times(self.locate(quote).inside, 1);
    }

    /// Clicks once at a place, whatever is there.
    pub(crate) fn click_point(&self, point: Point) {
        self.click_times(point, 1);
    }

    /// The middle of the first element found.
    pub(crate) fn middle_of(&self, selector: &str) -> Point {
        let point = self.script(
            "const rect = document.querySelector(arguments[0]).getBoundingClientRect(); \
             return { x: Math.round((rect.left + rect.right) / 2), y: Math.round((rect.top + rect.bottom) / 2) }",
            &[json!(selector)],
        );
        serde_json::from_value(point).expect("a point")
    }

    /// Where the quote is, once it is in view and has stopped moving.
    pub(crate) fn locate(&self, quote: &str) -> Span {
        let mut before: Option<Span> = None;
        let mut last = Value::Null;
        let still = comes_true(|| {
            self.pass_frames();
            last = self.script(include_str!("scripts/locate.js"), &[json!(quote)]);
            let span = serde_json::from_value(last.clone()).ok();
            let still = span.is_some() && span == before;
            before = span;
            still
        });
        before
            .filter(|_| still)
            .unwrap_or_else(|| panic!("{quote:?} cannot be pointed at: {}", last["error"]))
    }

    /// Button down at one place, up at the other, with a stop on the way as every hand makes.
    pub(crate) fn drag(&self, from: Point, to: Point) {
        self.forget_selection();
        let actions = self.held(from, to).then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.perform(&format!("a drag from {from:?} to {to:?}"), actions);
    }

    /// Button down at one place and moved to the other, where it stays down until [`Page::let_go`].
    pub(crate) fn begin_drag(&self, from: Point, to: Point) {
        self.forget_selection();
        self.take_hold(from, to);
    }

    /// The same where something is taken hold of, whatever is selected.
    pub(crate) fn take_hold(&self, from: Point, to: Point) {
        self.perform(&format!("a drag from {from:?} to {to:?}"), self.held(from, to));
    }

    /// The button goes down at one place and is held to the other.
    fn held(&self, from: Point, to: Point) -> MouseActions {
        let halfway =
            Point { x: f64::midpoint(from.x, to.x).round(), y: f64::midpoint(from.y, to.y).round() };
        self.hand()
            .then(move_to(from))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(move_to(halfway))
            .then(move_to(to))
    }

    /// The button goes up where it is.
    pub(crate) fn let_go(&self) {
        let actions =
            MouseActions::new("mouse".to_owned()).then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.perform("the button up", actions);
    }

    fn click_times(&self, point: Point, times: usize) {
        let mut actions = self.hand().then(move_to(point));
        for _ in 0..times {
            actions = actions
                .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
                .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        }
        self.perform(&format!("{times} clicks at {point:?}"), actions);
    }

    /// The pointer, held still until a press is no second click of the one before.
    fn hand(&self) -> MouseActions {
        // Drivers count clicks by time, with little regard to the place; 500 ms is the usual limit.
        let since_last = self.pressed.get().map_or(Duration::MAX, |before| before.elapsed());
        let duration = Duration::from_millis(600).saturating_sub(since_last);
        MouseActions::new("mouse".to_owned()).then(PointerAction::Pause { duration })
    }

    fn perform(&self, what: &str, actions: MouseActions) {
        let done = self.wire().perform(actions.into());
        done.unwrap_or_else(|error| panic!("{what} could not be done with the pointer: {error}"));
        self.pressed.set(Some(Instant::now()));
    }

    /// A press on selected text would drag that text away and select nothing.
    fn forget_selection(&self) {
        self.script("getSelection().removeAllRanges()", &[]);
        // The page hears of it only with the next event; until then the bar still speaks of what was selected before.
        self.wait_until_gone("#selection-bar");
    }

    /// The drag did what it should: anything else is the harness's fault, and must not look like the page's.
    fn wait_until_selected(&self, quote: &str) {
        let dense = |text: &str| text.split_whitespace().collect::<String>();
        // Browsers write line ends between paragraphs into the selection's text, each in its own way.
        self.wait_for("the browser's own selection", dense(quote), || {
            dense(self.script("return getSelection().toString()", &[]).as_str().unwrap_or_default())
        });
    }
}

fn move_to(point: Point) -> PointerAction {
    PointerAction::MoveTo { duration: Some(Duration::from_millis(20)), x: point.x, y: point.y }
}
