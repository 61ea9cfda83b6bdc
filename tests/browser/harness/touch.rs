//! Touch, as Chromium emulates it: gestures such as a long press are recognized as on a phone.

use serde_json::{Value, json};

use super::{Page, gestures::Point};

impl Page {
    /// Makes the window behave as that of a phone, until [`Page::disable_touch`].
    pub(crate) fn enable_touch(&self) {
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true, "maxTouchPoints": 1 }));
        let mobile = json!({ "enabled": true, "configuration": "mobile" });
        self.devtools("Emulation.setEmitTouchEventsForMouse", mobile);
    }

    pub(crate) fn disable_touch(&self) {
        self.devtools("Emulation.setEmitTouchEventsForMouse", json!({ "enabled": false }));
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": false }));
    }

    pub(crate) fn touch_start(&self, at: Point) {
        self.touch("mousePressed", at);
    }

    pub(crate) fn touch_move(&self, at: Point) {
        self.touch("mouseMoved", at);
    }

    pub(crate) fn touch_end(&self, at: Point) {
        self.touch("mouseReleased", at);
    }

    /// Taps in the middle of the first element found.
    pub(crate) fn tap(&self, selector: &str) {
        self.wait_until_shown(selector);
        self.wait_for_frames();
        let at = self.middle_of(selector);
        self.touch_start(at);
        self.touch_end(at);
    }

    fn touch(&self, kind: &str, at: Point) {
        let event = json!({ "type": kind, "x": at.x, "y": at.y, "button": "left", "clickCount": 1 });
        self.devtools("Input.emulateTouchFromMouseEvent", event);
    }

    pub(crate) fn devtools(&self, command: &str, parameters: Value) {
        self.session().chromium(command, parameters).unwrap_or_else(|error| panic!("{command}: {error}"));
    }
}
