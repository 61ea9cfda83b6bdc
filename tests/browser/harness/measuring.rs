//! What the benchmark needs: fast scrolling, pauses and memory.

use std::{fs, thread, time::Duration};

use fantoccini::actions::{InputSource, WheelAction, WheelActions};
use serde_json::json;

use super::{Browser, Page};

impl Page {
    /// Pauses as a person does before the next step, so that the page can finish what it has deferred.
    pub(crate) fn rest(&self) {
        thread::sleep(Duration::from_millis(120));
        self.wait_for_frames();
    }

    /// Scrolls the text down with the wheel by this many CSS pixels, as fast as a person in a hurry.
    pub(crate) fn wheel(&self, pixels: u32) {
        const SPEED: u32 = 6_000;
        const STEP: u32 = 100;
        let at = self.middle_of("#reader");
        if self.browser() == Browser::Chromium {
            let gesture = json!({
                "x": at.x, "y": at.y, "yDistance": -i64::from(pixels), "speed": SPEED,
                "gestureSourceType": "mouse", "preventFling": true,
            });
            self.devtools("Input.synthesizeScrollGesture", gesture);
            return;
        }
        let step = Duration::from_millis(u64::from(1_000 * STEP / SPEED));
        #[expect(clippy::cast_possible_truncation, reason = "a place in the window")]
        let (x, y) = (at.x as i64, at.y as i64);
        let mut actions = WheelActions::new("wheel".to_owned());
        for _ in 0..pixels / STEP {
            actions = actions.then(WheelAction::Scroll {
                duration: Some(step),
                x,
                y,
                delta_x: 0,
                delta_y: i64::from(STEP),
            });
        }
        self.session().perform(actions.into()).unwrap_or_else(|error| panic!("the wheel: {error}"));
    }

    /// The private memory of the page's process in bytes, after a garbage collection in Chromium. None if the system
    /// does not tell.
    pub(crate) fn renderer_memory(&self) -> Option<u64> {
        let mark = match self.browser() {
            Browser::Chromium => {
                self.devtools("HeapProfiler.collectGarbage", json!({}));
                "--type=renderer"
            }
            Browser::Firefox => "-contentproc",
            Browser::WebKit => "WebKitWebProcess",
        };
        let is_renderer =
            |pid: &u32| fs::read_to_string(format!("/proc/{pid}/cmdline")).is_ok_and(|it| it.contains(mark));
        self.session().processes().into_iter().filter(is_renderer).filter_map(private).max()
    }
}

/// The memory in bytes that a process shares with no other.
fn private(pid: u32) -> Option<u64> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let kilobytes = rollup
        .lines()
        .filter(|it| it.starts_with("Private_"))
        .filter_map(|it| it.split_whitespace().nth(1)?.parse::<u64>().ok());
    Some(kilobytes.sum::<u64>() * 1_024)
}
