//! The numbers of notes behind highlights, which only a printout shows.

use std::collections::HashMap;

use wasm_bindgen::JsCast;
use web_sys::Element;

use super::Surface;
use crate::annotation::Reference;

/// The attribute that holds a label. The style sheet prints it behind the highlight, so that the article's text stays
/// as it is.
const LABEL: &str = "data-references";

impl Surface {
    /// Adds each label where its annotations end, if their highlights are in the page.
    pub(crate) fn show_references(&self, references: &[Reference]) {
        self.hide_references();
        let marks = self.elements("mark");
        // An annotation has a highlight in each paragraph, and in each part that others overlap.
        let mut last: HashMap<String, usize> = HashMap::new();
        for (at, mark) in marks.iter().enumerate() {
            if let Some(id) = mark.get_attribute("data-id") {
                last.insert(id, at);
            }
        }
        for reference in references {
            // Where several end together, the innermost comes last, and is the closest to the words.
            let innermost = reference.ids.iter().filter_map(|it| last.get(&it.to_string())).max();
            if let Some(at) = innermost {
                let _ = marks[*at].set_attribute(LABEL, &reference.label);
            }
        }
    }

    /// Removes the labels.
    pub(crate) fn hide_references(&self) {
        for mark in self.elements(&format!("mark[{LABEL}]")) {
            let _ = mark.remove_attribute(LABEL);
        }
    }

    fn elements(&self, selector: &str) -> Vec<Element> {
        let Ok(found) = self.root.query_selector_all(selector) else { return Vec::new() };
        (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
    }
}
