//! What a finger does, in Chromium's emulation: its gestures are recognised as on a phone, a long press too.

use serde_json::{Value, json};

use super::{Page, gestures::Point};

impl Page {
    /// Makes the window a phone's, whose pointer is a finger. To be given back by [`Page::take_finger_away`].
    pub(crate) fn give_finger(&self) {
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true, "maxTouchPoints": 1 }));
        let mobile = json!({ "enabled": true, "configuration": "mobile" });
        self.devtools("Emulation.setEmitTouchEventsForMouse", mobile);
    }

    pub(crate) fn take_finger_away(&self) {
        self.devtools("Emulation.setEmitTouchEventsForMouse", json!({ "enabled": false }));
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": false }));
    }

    pub(crate) fn finger_down(&self, at: Point) {
        self.finger("mousePressed", at);
    }

    pub(crate) fn finger_to(&self, at: Point) {
        self.finger("mouseMoved", at);
    }

    pub(crate) fn finger_up(&self, at: Point) {
        self.finger("mouseReleased", at);
    }

    /// Down and up in the middle of the first element found.
    pub(crate) fn tap(&self, selector: &str) {
        self.wait_until_shown(selector);
        self.pass_frames();
        let at = self.middle_of(selector);
        self.finger_down(at);
        self.finger_up(at);
    }

    fn finger(&self, kind: &str, at: Point) {
        let event = json!({ "type": kind, "x": at.x, "y": at.y, "button": "left", "clickCount": 1 });
        self.devtools("Input.emulateTouchFromMouseEvent", event);
    }

    pub(super) fn devtools(&self, command: &str, parameters: Value) {
        self.wire().chromium(command, parameters).unwrap_or_else(|error| panic!("{command}: {error}"));
    }
}
