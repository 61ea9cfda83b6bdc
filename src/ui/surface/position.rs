//! A scroll position, expressed by a place in the text.

/// A scroll position of the reader.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TextPosition {
    /// The byte at which a paragraph in view starts.
    pub(crate) byte: usize,
    /// The distance of that paragraph below the top of the reader, in CSS pixels. Infinite at the beginning of the
    /// text.
    pub(crate) below: f64,
}
