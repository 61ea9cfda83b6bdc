//! A position in the text, relative to the viewport.

/// Where in the text somebody is: the byte that a paragraph in view begins at, and how far below the upper edge of the
/// reader that is, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TextPosition {
    pub(crate) byte: usize,
    pub(crate) below: f64,
}
