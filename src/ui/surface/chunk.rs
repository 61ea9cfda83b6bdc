//! The groups of paragraphs that the browser lays out only near the viewport.

use std::ops::Range;

use web_sys::{Element, HtmlElement};

/// Small enough to draw a chunk quickly, large enough to keep the number of observed elements low.
pub(crate) const PARAGRAPHS_PER_CHUNK: usize = 32;

/// A group of paragraphs.
pub(crate) struct Chunk {
    pub(super) element: HtmlElement,
    pub(super) paragraphs: Range<usize>,
}

/// The element of a paragraph in its chunk.
pub(crate) fn paragraph_element(chunk: &Chunk, paragraph: usize) -> Option<Element> {
    let index = u32::try_from(paragraph.checked_sub(chunk.paragraphs.start)?).ok()?;
    chunk.element.children().item(index)
}
