//! The steps of each round.

use std::{thread, time::Duration};

use serde::Deserialize;
use serde_json::json;

use super::{
    Options,
    label_studio::{self, LabelStudio},
    rows::{Measured, Row, Side},
    sample::Sample,
};
use crate::{
    harness::{Key, Page, Point, built_page, records::FIRST},
    picker::{add_tags, codebook_of},
    storage::wait_for_status,
};

const CLOCK: &str = include_str!("clock.js");

/// How often each edit is made in a round.
const EDITS: u32 = 8;

/// How long a page may take to show its first view.
pub(super) const TIMEOUT: Duration = Duration::from_mins(3);

/// The time from one frame to the next.
const FRAME: Duration = Duration::from_micros(16_667);

/// The distance to scroll, in CSS pixels.
const FAR: u32 = 24_000;

/// The result of a recording of frames, in milliseconds.
#[derive(Deserialize)]
struct Frames {
    longest: f64,
    /// The 95th percentile.
    late: f64,
}

/// When each part was shown after the navigation, in milliseconds.
#[derive(Deserialize)]
struct Opened {
    text: Option<f64>,
    marks: Option<f64>,
    /// Marks drawn by the program, not counting the view shown before it starts.
    drawn: Option<f64>,
}

/// One side in one round.
struct Round<'a> {
    page: Page,
    side: Side,
    sample: &'a Sample,
    measured: &'a mut Measured,
    /// How often the clock was armed.
    armed: u32,
}

/// Runs one side's round in a new browser.
pub(super) fn play(
    options: &Options,
    label_studio: Option<&LabelStudio>,
    side: Side,
    sample: &Sample,
    measured: &mut Measured,
) {
    let root = if side == Side::Glossator { built_page() } else { sample.folder.path().to_owned() };
    let page = Page::serving(options.browser, "bench", root);
    let browser = page.script(include_str!("browser.js"), &[]);
    browser.as_str().unwrap_or_default().clone_into(&mut measured.browser);
    let mut round = Round { page, side, sample, measured, armed: 0 };
    match side {
        Side::Glossator => round.glossator(),
        Side::Plain => {
            round.visit_first("first/");
            round.open();
        }
        Side::Chunks | Side::Marks | Side::Highlights => round.floor(),
        Side::Recogito | Side::MarkJs => round.peer(),
        Side::LabelStudio => round.label_studio(label_studio.expect("its server runs")),
    }
}

impl Round<'_> {
    fn glossator(&mut self) {
        self.visit_first("");
        self.import();
        self.leave();
        self.open();
        wait_for_status(&self.page, "saved");
        self.weigh();
        self.edit();
        self.scroll();
        self.find();
        self.table();
        self.give();
        self.add_among_many_tags();
    }

    fn floor(&mut self) {
        self.open();
        self.weigh();
        for number in 0..EDITS {
            self.add(number);
        }
        self.scroll();
    }

    /// What the other tools can do. One that is too late is skipped, which is not a failure.
    fn peer(&mut self) {
        if !self.opens() {
            self.measured.note_late(self.sample.size, self.side);
            return;
        }
        self.weigh();
        for number in 0..EDITS {
            self.add(number);
            self.key(Row::Delete, Key::Delete, "#text p");
        }
        self.scroll();
    }

    fn label_studio(&mut self, server: &LabelStudio) {
        let (address, version) = server.upload(&self.page, self.sample);
        self.measured.name(self.side, format!("Label Studio {version}"));
        let [wanted, clock] = self.scripts();
        self.page.in_fresh_tab_elsewhere(&address, &[&wanted, label_studio::DRAWN, &clock]);
        if !self.is_seen() {
            self.measured.note_late(self.sample.size, self.side);
            return;
        }
        self.weigh();
        for number in 0..EDITS {
            // A label applies to one region only, and the new region does not get the focus.
            self.page.press(Key::Escape);
            self.page.press(Key::Char('1'));
            let middle = self.add(number);
            self.page.click_point(middle);
            self.page.wait_until_shown(label_studio::FOCUSED);
            self.key(Row::Delete, Key::Backspace, label_studio::PARAGRAPHS);
        }
    }

    fn note(&mut self, row: Row, value: f64) {
        self.measured.note(self.sample.size, row, self.side, value);
    }

    /// The scripts that the page runs before its own.
    fn scripts(&self) -> [String; 2] {
        let mut wanted = json!({ "words": self.sample.words, "highlights": self.sample.first });
        if self.side == Side::LabelStudio {
            wanted["regions"] = json!(self.sample.size.annotations);
            wanted["reader"] = json!(label_studio::READER);
            wanted["paragraphs"] = json!(label_studio::PARAGRAPHS);
        }
        [format!("window.wanted = {wanted};"), CLOCK.to_owned()]
    }

    /// Opens the page for the first time in this browser, and waits for the article in the page itself.
    fn visit_first(&mut self, path: &str) {
        let words = FIRST.text.lines().next().unwrap_or_default();
        let wanted = format!("window.wanted = {};", json!({ "words": words }));
        self.page.in_fresh_tab(path, &[&wanted, CLOCK]);
        assert!(self.page.comes_true_within(TIMEOUT, "clock.opened.text"), "the article is there");
        let text = self.page.script("return clock.opened.text", &[]);
        self.note(Row::First, text.as_f64().unwrap_or_default());
    }

    /// Opens the text, and leaves the page.
    fn leave(&self) {
        self.page.open_at(&self.sample.address());
        self.page.wait_until("the text is looked at", || self.page.count("#text mark") > 0);
        wait_for_status(&self.page, "saved");
        self.page.visit("about:blank");
    }

    fn open(&mut self) {
        let opened = self.opens();
        assert!(opened, "waited {TIMEOUT:?} in vain for the first view");
    }

    /// Opens the page. True if it shows its first view in time.
    fn opens(&mut self) -> bool {
        let path =
            if self.side == Side::Glossator { self.sample.address() } else { self.side.path().to_owned() };
        let [wanted, clock] = self.scripts();
        self.page.in_fresh_tab(&path, &[&wanted, &clock]);
        self.is_seen()
    }

    /// Waits for the first view. True if it is shown in time.
    fn is_seen(&mut self) -> bool {
        let plain = self.side == Side::Plain;
        let last = if plain { "text" } else { "drawn" };
        if !self.page.comes_true_within(TIMEOUT, &format!("clock.opened.{last}")) {
            return false;
        }
        let seen = self.page.script("return clock.opened", &[]);
        let opened: Opened = serde_json::from_value(seen).expect("the clock's times");
        self.note(Row::Text, opened.text.unwrap_or_default());
        if let Some(marks) = opened.marks.filter(|_| !plain) {
            self.note(Row::Open, marks);
        }
        if let Some(drawn) = opened.drawn.filter(|_| self.side == Side::Glossator) {
            self.note(Row::Drawn, drawn);
        }
        true
    }

    /// Imports the sample as a file.
    fn import(&mut self) {
        let [wanted, clock] = self.scripts();
        self.page.open_with(&[&wanted, &clock]);
        wait_for_status(&self.page, "saved");
        self.record();
        self.page.import_file(&self.sample.folder.path().join("export.json"));
        self.page.wait_until_shown(".notice[data-kind='imported']");
        wait_for_status(&self.page, "saved");
        let frames = self.stop();
        self.note(Row::Import, frames.longest);
    }

    fn weigh(&mut self) {
        if let Some(bytes) = self.page.renderer_memory() {
            #[expect(clippy::cast_precision_loss, reason = "megabytes")]
            self.note(Row::Memory, bytes as f64 / 1e6);
        }
    }

    fn edit(&mut self) {
        self.page.chord(&[Key::Shift, Key::Char('1')]);
        self.page.wait_until_shown("#armed");
        for number in 0..EDITS {
            self.add(number);
            self.key(Row::Retag, Key::Char('2'), "#text p");
            self.key(Row::Bounds, Key::Char(']'), "#text p");
            self.key(Row::Delete, Key::Delete, "#text p");
            self.page.key_down(Key::Control);
            self.key(Row::Undo, Key::Char('z'), "#text p");
            self.page.key_up(Key::Control);
        }
        // A new annotation appears in the text a frame before it appears in the margin.
        for number in EDITS..2 * EDITS {
            self.add_until(number, Row::Around, "#margin");
        }
        self.page.press(Key::Escape);
        self.page.press(Key::Escape);
    }

    /// Selects words in view by a drag, whose release tags them. Returns the middle of the words.
    fn add(&mut self, number: u32) -> Point {
        self.add_until(number, Row::Add, "#text p")
    }

    /// The same, measured until the element `within` has changed.
    fn add_until(&mut self, number: u32, row: Row, within: &str) -> Point {
        self.page.rest();
        let line = self.page.script("return window.clock.line(arguments[0])", &[json!(number)]);
        let at = |name: &str| line[name].as_f64().expect("words in view");
        let [x, y, to] = ["x", "y", "to"].map(at);
        self.page.begin_drag(Point { x, y }, Point { x: to, y });
        // No person drags over three words in less than 300 ms, and Recogito first takes a quicker drag for a click.
        self.page.rest();
        self.page.rest();
        self.arm("pointerup", within);
        self.page.release();
        self.took(row);
        Point { x: f64::midpoint(x, to), y }
    }

    /// Presses a key, and releases it once the effect is drawn. No person is quicker, and an earlier event would delay
    /// the browser's report of the frame.
    fn key(&mut self, row: Row, key: Key, within: &str) {
        self.page.rest();
        self.arm("keydown", within);
        self.page.key_down(key);
        self.took(row);
        self.page.key_up(key);
    }

    /// Edits again, in a codebook of 500 tags.
    fn add_among_many_tags(&mut self) {
        add_tags(&self.page, &codebook_of(500));
        let [wanted, clock] = self.scripts();
        self.page.in_fresh_tab(&self.sample.address(), &[&wanted, &clock]);
        assert!(self.page.comes_true_within(TIMEOUT, "clock.opened.drawn"), "the text is there again");
        wait_for_status(&self.page, "saved");
        self.page.chord(&[Key::Shift, Key::Char('1')]);
        self.page.wait_until_shown("#armed");
        for number in 0..EDITS {
            self.add_until(number, Row::AddAmong, "#text p");
            self.key(Row::RetagAmong, Key::Char('2'), "#text p");
            self.page.rest();
            self.page.press(Key::Delete);
        }
    }

    fn scroll(&mut self) {
        self.page.rest();
        self.record();
        self.page.wheel(FAR);
        let frames = self.stop();
        self.note(Row::Scroll, frames.late);
        self.page.script("document.getElementById('reader').scrollTop = 0", &[]);
    }

    fn find(&mut self) {
        for row in [Some(Row::Filter), None] {
            self.page.rest();
            self.arm("pointerup", "#text p");
            self.page.click("button.filter[data-tag='argument']");
            match row {
                Some(row) => self.took(row),
                None => self.page.rest(),
            }
        }
        self.page.press(Key::Char('/'));
        self.page.wait_until("the field for the words has the focus", || {
            self.page.truth("document.activeElement.id === 'search-words'")
        });
        self.key(Row::Search, Key::Char('w'), ".result");
        self.record();
        self.page.type_text("itness");
        self.page.rest();
        let frames = self.stop();
        self.note(Row::Typing, frames.longest);
        self.page.press(Key::Escape);
        self.page.press(Key::Escape);
    }

    fn table(&mut self) {
        self.key(Row::Table, Key::Char('t'), ".table-line");
        let all = self.page.text_of(".table-count");
        self.page.click("input[name='filter-words']");
        self.key(Row::TableFilter, Key::Char('w'), "#table-grid");
        self.page.chord(&[Key::Control, Key::Char('a')]);
        self.page.press(Key::Delete);
        self.page.wait_for("all rows", all.clone(), || self.page.text_of(".table-count"));
        self.page.click("button[data-action='choose-all']");
        self.page.wait_until_shown(".batch button[data-action='delete-rows']");
        self.page.rest();
        self.record();
        self.page.click(".batch button[data-action='delete-rows']");
        self.page.wait_until("nothing is left", || {
            self.page.text_of(".table-count").is_some_and(|it| it.starts_with("0 "))
        });
        self.page.rest();
        let frames = self.stop();
        self.note(Row::DeleteAll, frames.longest);
        self.record();
        self.page.undo_by_key();
        self.page.wait_for("all rows", all, || self.page.text_of(".table-count"));
        self.page.rest();
        let frames = self.stop();
        self.note(Row::UndoAll, frames.longest);
        wait_for_status(&self.page, "saved");
        self.page.click("button[data-action='leave-view']");
    }

    fn give(&mut self) {
        let steps = [
            (Row::Export, "button[data-action='export']", "#export-menu button[data-action='export-all']"),
            (Row::BackUp, "button[data-action='storage']", "dialog#storage button[data-action='back-up']"),
        ];
        for (given, (row, first, second)) in (1..).zip(steps) {
            self.page.click(first);
            self.page.wait_until_shown(second);
            self.page.rest();
            self.record();
            self.page.click(second);
            self.page.wait_until("a file is downloaded", || {
                self.page.script("return window.clock.downloads", &[]) == json!(given)
            });
            let frames = self.stop();
            self.note(row, frames.longest);
        }
    }

    /// Has the next event start the clock. The event comes at a different moment between two frames each time, since
    /// that moment affects the result, and differs between keys and the mouse.
    fn arm(&mut self, event: &str, within: &str) {
        self.page.script("window.clock.arm(...arguments)", &[json!(event), json!(within)]);
        self.armed += 1;
        thread::sleep(FRAME.mul_f64((f64::from(self.armed) * 0.618_034).fract()));
    }

    fn took(&mut self, row: Row) {
        let mut took = None;
        self.page.wait_until(&format!("{row:?} is drawn"), || {
            took = self.page.script("return window.clock.took", &[]).as_f64();
            took.is_some()
        });
        self.note(row, took.unwrap_or_default());
    }

    fn record(&self) {
        self.page.script("window.clock.record()", &[]);
        self.page.rest();
    }

    fn stop(&self) -> Frames {
        self.page.rest();
        serde_json::from_value(self.page.script("return window.clock.stop()", &[])).expect("a recording")
    }
}
