//! Gestures with the pointer over the text: real events, at the positions where the characters are drawn.

use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Browser, Page, page::comes_true};

/// A position in the window, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// The position of a quote on the screen.
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
    /// Selects exactly these characters by a drag from the first to the last. The article must have them once.
    pub(crate) fn select(&self, quote: &str) {
        let span = self.locate(quote);
        self.drag(span.begin, span.end);
        self.wait_until_selected(quote);
    }

    /// Selects them by a drag from the last to the first.
    pub(crate) fn select_backwards(&self, quote: &str) {
        let span = self.locate(quote);
        self.drag(span.end, span.begin);
        self.wait_until_selected(quote);
    }

    /// Double-clicks in the middle of the quote.
    pub(crate) fn double_click(&self, quote: &str) {
        self.clear_selection();
        self.click_times(self.locate(quote).inside, 2);
    }

    /// Clicks three times in the middle of the quote.
    pub(crate) fn triple_click(&self, quote: &str) {
        self.clear_selection();
        self.click_times(self.locate(quote).inside, 3);
    }

    /// Clicks once in the middle of the quote.
    pub(crate) fn click_text(&self, quote: &str) {
        self.click_times(self.locate(quote).inside, 1);
    }

    /// Clicks once at a position, whatever is there.
    pub(crate) fn click_point(&self, point: Point) {
        self.click_times(point, 1);
    }

    /// Moves the pointer to a position, with no button pressed.
    pub(crate) fn point_at(&self, at: Point) {
        let done = self.session().perform(MouseActions::new("mouse".to_owned()).then(move_to(at)).into());
        done.unwrap_or_else(|error| panic!("the pointer cannot be moved to {at:?}: {error}"));
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

    /// Scrolls the quote into view, and returns its position once that no longer changes.
    pub(crate) fn locate(&self, quote: &str) -> Span {
        let mut last = Value::Null;
        let found = comes_true(|| {
            let found = self.session().script_awaited(include_str!("scripts/locate.js"), vec![json!(quote)]);
            last = found.unwrap_or_else(|error| json!({ "error": error.to_string() }));
            last.get("error").is_none()
        });
        assert!(found, "{quote:?} cannot be pointed at: {}", last["error"]);
        serde_json::from_value(last).expect("a span as the script returns it")
    }

    /// Drags from one position to another, with a stop on the way.
    pub(crate) fn drag(&self, from: Point, to: Point) {
        self.clear_selection();
        let actions = self.press_and_move(from, to).then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.perform(&format!("a drag from {from:?} to {to:?}"), actions, from);
    }

    /// Presses the button at one position and moves to another. The button stays down until [`Page::release`].
    pub(crate) fn begin_drag(&self, from: Point, to: Point) {
        self.clear_selection();
        self.begin_drag_of(from, to);
    }

    /// The same without clearing the selection, for something that is dragged itself.
    pub(crate) fn begin_drag_of(&self, from: Point, to: Point) {
        self.perform(&format!("a drag from {from:?} to {to:?}"), self.press_and_move(from, to), from);
    }

    fn press_and_move(&self, from: Point, to: Point) -> MouseActions {
        let halfway =
            Point { x: f64::midpoint(from.x, to.x).round(), y: f64::midpoint(from.y, to.y).round() };
        self.pointer(from)
            .then(move_to(from))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(move_to(halfway))
            .then(move_to(to))
    }

    /// Releases the button where the pointer is.
    pub(crate) fn release(&self) {
        let actions =
            MouseActions::new("mouse".to_owned()).then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        let done = self.session().perform(actions.into());
        done.unwrap_or_else(|error| panic!("the button cannot be released: {error}"));
        self.last_press.set(self.last_press.get().map(|(_, at)| (Instant::now(), at)));
    }

    fn click_times(&self, point: Point, times: usize) {
        let mut actions = self.pointer(point).then(move_to(point));
        for _ in 0..times {
            actions = actions
                .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
                .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        }
        self.perform(&format!("{times} clicks at {point:?}"), actions, point);
    }

    /// The pointer, after a pause where a press at `at` would otherwise count as a double click.
    fn pointer(&self, at: Point) -> MouseActions {
        // Drivers count clicks by time, with a limit of about 500 ms. Chromium's also compares the positions.
        let is_near = |before: Point| (before.x - at.x).abs() < 10.0 && (before.y - at.y).abs() < 10.0;
        let counts = |before| self.browser() != Browser::Chromium || is_near(before);
        let last = self.last_press.get().filter(|(_, before)| counts(*before));
        let since_last = last.map_or(Duration::MAX, |(time, _)| time.elapsed());
        let duration = Duration::from_millis(600).saturating_sub(since_last);
        MouseActions::new("mouse".to_owned()).then(PointerAction::Pause { duration })
    }

    /// Performs the actions, of which the last press is at `pressed`.
    fn perform(&self, what: &str, actions: MouseActions, pressed: Point) {
        let done = self.session().perform(actions.into());
        done.unwrap_or_else(|error| panic!("{what} could not be done with the pointer: {error}"));
        self.last_press.set(Some((Instant::now(), pressed)));
    }

    /// Clears the selection, since a press on selected text would drag that text.
    fn clear_selection(&self) {
        self.script("getSelection().removeAllRanges()", &[]);
        // The page learns of it from the next event. Until then the bar is still that of the previous selection.
        self.wait_until_gone("#selection-bar");
    }

    /// Checks that the drag selected the quote. Otherwise the harness is at fault, and not the page.
    fn wait_until_selected(&self, quote: &str) {
        let dense = |text: &str| text.split_whitespace().collect::<String>();
        // Browsers differ in how many line ends the selection's text has between paragraphs.
        self.wait_for("the browser's own selection", dense(quote), || {
            dense(self.script("return getSelection().toString()", &[]).as_str().unwrap_or_default())
        });
    }
}

fn move_to(point: Point) -> PointerAction {
    PointerAction::MoveTo { duration: Some(Duration::from_millis(20)), x: point.x, y: point.y }
}
