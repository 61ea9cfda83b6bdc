//! The page's own data in an entry of the browser's history.

use wasm_bindgen::JsValue;
use web_sys::History;

use super::address::Place;
use crate::ui::surface::TextPosition;

/// The page's own data in an entry of the browser's history.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct HistoryEntry {
    /// The number of entries of this page before it.
    pub(crate) depth: u32,
    /// The position in the text when the person left it.
    pub(crate) position: Option<TextPosition>,
}

impl HistoryEntry {
    /// The data of the current entry. `None` if this page did not make the entry.
    pub(crate) fn current() -> Option<Self> {
        let saved = history()?.state().ok()?.as_string()?;
        let mut parts = saved.split(' ');
        let depth = parts.next()?.parse().ok()?;
        // The browser parses the number: Rust's own parser would add 12 kB to the download.
        let position = match (parts.next().map(str::parse), parts.next().map(js_sys::parse_float)) {
            (Some(Ok(byte)), Some(below)) if below.is_finite() => Some(TextPosition { byte, below }),
            _ => None,
        };
        Some(Self { depth, position })
    }

    /// The value that the browser stores.
    fn to_state(self) -> JsValue {
        match self.position {
            Some(TextPosition { byte, below }) => format!("{} {byte} {below:.1}", self.depth),
            None => self.depth.to_string(),
        }
        .into()
    }

    /// Replaces the current entry. A browser may refuse if there were too many calls; the next call catches up.
    pub(crate) fn replace(self, place: &Place) {
        if let Some(history) = history() {
            let _ = history.replace_state_with_url(&self.to_state(), "", Some(&place.fragment()));
        }
    }

    /// Adds an entry after the current one.
    pub(crate) fn push(self, place: &Place) {
        if let Some(history) = history() {
            let _ = history.push_state_with_url(&self.to_state(), "", Some(&place.fragment()));
        }
    }
}

fn history() -> Option<History> {
    let history = gloo::utils::window().history().ok()?;
    // The page restores the scroll position itself, since the reader scrolls and not the document.
    let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
    Some(history)
}
