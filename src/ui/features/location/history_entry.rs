//! What the browser's history holds of ours with an address.

use wasm_bindgen::JsValue;
use web_sys::History;

use super::address::Place;
use crate::ui::{platform::fixed, surface::standing::TextPosition};

/// What the browser's history keeps of ours with an address.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct HistoryEntry {
    /// How many entries before it are of this page.
    pub(crate) depth: u32,
    /// Where the person was when they left it.
    pub(crate) standing: Option<TextPosition>,
}

impl HistoryEntry {
    /// What was kept with the present address; nothing where the page has not been there.
    pub(crate) fn current() -> Option<Self> {
        let kept = history()?.state().ok()?.as_string()?;
        let mut parts = kept.split(' ');
        let depth = parts.next()?.parse().ok()?;
        // The browser reads the number: Rust's own way brings 12 kB of tables and code into the download.
        let standing = match (parts.next().map(str::parse), parts.next().map(js_sys::parse_float)) {
            (Some(Ok(byte)), Some(below)) if below.is_finite() => Some(TextPosition { byte, below }),
            _ => None,
        };
        Some(Self { depth, standing })
    }

    fn kept(self) -> JsValue {
        match self.standing {
            Some(TextPosition { byte, below }) => format!("{} {byte} {}", self.depth, fixed(below, 1)),
            None => self.depth.to_string(),
        }
        .into()
    }

    /// Puts an address in the place of the present one. A browser that has had too many refuses, and the next one comes.
    pub(crate) fn replace(self, place: &Place) {
        if let Some(history) = history() {
            let _ = history.replace_state_with_url(&self.kept(), "", Some(&place.fragment()));
        }
    }

    /// Puts an address behind the present one.
    pub(crate) fn push(self, place: &Place) {
        if let Some(history) = history() {
            let _ = history.push_state_with_url(&self.kept(), "", Some(&place.fragment()));
        }
    }
}

fn history() -> Option<History> {
    let history = gloo::utils::window().history().ok()?;
    // Where the person was is ours to give back: the reader scrolls, not the page.
    let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
    Some(history)
}
