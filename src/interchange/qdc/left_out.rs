//! Counts what a codebook contains and a reader leaves out.

use super::problem::QdcNote;

/// The most names of elements that are told apart.
const NAME_LIMIT: usize = 20;

/// Elements and texts that are left out, in the order in which they first occur.
#[derive(Default)]
pub(super) struct LeftOut {
    elements: Vec<(String, usize, usize)>,
    other_elements: usize,
    text: Option<(usize, usize)>,
}

impl LeftOut {
    /// Counts an element. `line` is counted from 1.
    pub(super) fn element(&mut self, name: &str, line: usize) {
        if let Some((.., count)) = self.elements.iter_mut().find(|(it, ..)| it == name) {
            *count += 1;
        } else if self.elements.len() < NAME_LIMIT {
            self.elements.push((name.to_owned(), line, 1));
        } else {
            self.other_elements += 1;
        }
    }

    /// Counts a text that ends in a line.
    pub(super) fn text(&mut self, line: usize) {
        self.text.get_or_insert((line, 0)).1 += 1;
    }

    pub(super) fn into_notes(self) -> impl Iterator<Item = QdcNote> {
        let elements =
            self.elements.into_iter().map(|(name, line, count)| QdcNote::Element { line, name, count });
        let others =
            (self.other_elements > 0).then_some(QdcNote::OtherElements { count: self.other_elements });
        elements.chain(others).chain(self.text.map(|(line, count)| QdcNote::Text { line, count }))
    }
}
