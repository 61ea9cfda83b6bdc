//! An immutable article, and conversions and queries for positions in it.

use std::{fmt, ops::Range, rc::Rc};

use super::{
    body::Text,
    position::{CodePoint, Span, TextError, Unit, Utf16},
};

/// Code points of context kept before and after a quote, as in the W3C model's examples and in Hypothesis.
const CONTEXT: usize = 32;

/// The permanent id of an article: for a bundled one its file name without the extension, for an own one a generated
/// id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(Rc<str>);

impl ArticleId {
    /// The id spelled `name`.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The words of a span with some context on both sides, for finding the span again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote<'a> {
    /// The words of the span.
    pub exact: &'a str,
    /// Up to 32 code points before the span.
    pub prefix: &'a str,
    /// Up to 32 code points after the span.
    pub suffix: &'a str,
}

/// An article: a text that never changes, and an index of its units and paragraphs.
///
/// A paragraph is a line with its line end and the blank lines that follow, so all paragraphs joined are the text. A
/// line longer than 12 KiB is split into several paragraphs. Sentences are found by [`Segments`](super::Segments).
///
/// ```
/// use glossator::text::{Article, ArticleId, CodePoint, Utf16};
///
/// let article = Article::new(ArticleId::new("a"), "A title", "Note", "a.txt", "👩‍🚀 lands.\n\nThe end.");
/// let span = article.span_of_code_points(CodePoint(4), CodePoint(9))?;
/// assert_eq!(article.slice(span), "lands");
/// assert_eq!(article.utf16(span.start()), Utf16(6));
/// assert_eq!(article.paragraphs(), 2);
/// # Ok::<(), glossator::text::TextError>(())
/// ```
#[derive(Debug)]
pub struct Article {
    id: ArticleId,
    title: String,
    kind: String,
    source: String,
    body: Rc<Text>,
}

impl Article {
    /// Creates an article with this exact `text`. `kind` says what sort of text it is, `source` which file it came
    /// from.
    pub fn new(id: ArticleId, title: &str, kind: &str, source: &str, text: &str) -> Self {
        Self::with_text(id, title, kind, source, Rc::new(Text::new(text)))
    }

    /// Creates an article on a text that is already indexed.
    pub fn with_text(id: ArticleId, title: &str, kind: &str, source: &str, body: Rc<Text>) -> Self {
        Self { id, title: title.to_owned(), kind: kind.to_owned(), source: source.to_owned(), body }
    }

    /// The text with its index.
    pub fn body(&self) -> &Rc<Text> {
        &self.body
    }

    /// The permanent id.
    pub fn id(&self) -> &ArticleId {
        &self.id
    }

    /// The title, as shown.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What sort of text it is, in a word or two.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The file that the text came from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The exact text.
    pub fn text(&self) -> &str {
        self.body.as_str()
    }

    /// Number of words: runs of characters other than white space.
    pub fn words(&self) -> usize {
        self.body.words()
    }

    /// Length in code points.
    pub fn length(&self) -> CodePoint {
        self.body.units().length()
    }

    /// SHA-256 of the text's UTF-8 bytes in lower-case hexadecimal, computed on first use.
    pub fn sha256(&self) -> &str {
        self.body.sha256()
    }

    /// The span between two byte positions.
    ///
    /// # Errors
    ///
    /// If a position is outside the text or inside a character, or if the range is empty or reversed.
    pub fn span(&self, start: usize, end: usize) -> Result<Span, TextError> {
        for at in [start, end] {
            if at > self.text().len() {
                return Err(TextError::Outside { at, length: self.text().len(), unit: Unit::Byte });
            }
            if !self.text().is_char_boundary(at) {
                return Err(TextError::InsideCharacter { at, unit: Unit::Byte });
            }
        }
        if start >= end {
            return Err(TextError::Empty { start, end, unit: Unit::Byte });
        }
        Ok(Span::checked(start, end))
    }

    /// The span between two positions in UTF-16 code units.
    ///
    /// # Errors
    ///
    /// As for [`Article::span`].
    pub fn span_of_utf16(&self, start: Utf16, end: Utf16) -> Result<Span, TextError> {
        let (from, to) = (self.byte_at_utf16(start)?, self.byte_at_utf16(end)?);
        if from >= to {
            return Err(TextError::Empty { start: start.0, end: end.0, unit: Unit::Utf16 });
        }
        Ok(Span::checked(from, to))
    }

    /// The span between two positions in code points.
    ///
    /// # Errors
    ///
    /// As for [`Article::span`].
    pub fn span_of_code_points(&self, start: CodePoint, end: CodePoint) -> Result<Span, TextError> {
        let from = self.body.units().byte_at_code_point(self.text(), start)?;
        let to = self.body.units().byte_at_code_point(self.text(), end)?;
        if from >= to {
            return Err(TextError::Empty { start: start.0, end: end.0, unit: Unit::CodePoint });
        }
        Ok(Span::checked(from, to))
    }

    /// The byte at a position in UTF-16 code units.
    ///
    /// # Errors
    ///
    /// If the position is outside the text or between the halves of a surrogate pair.
    pub fn byte_at_utf16(&self, at: Utf16) -> Result<usize, TextError> {
        self.body.units().byte_at_utf16(self.text(), at)
    }

    /// UTF-16 code units before `byte`, which must be an end of one of this article's spans.
    pub fn utf16(&self, byte: usize) -> Utf16 {
        self.body.units().utf16(self.text(), byte)
    }

    /// Code points before `byte`, which must be an end of one of this article's spans.
    pub fn code_point(&self, byte: usize) -> CodePoint {
        self.body.units().code_point(self.text(), byte)
    }

    /// The words of one of this article's spans; empty for a span of another article that does not fit.
    pub fn slice(&self, span: Span) -> &str {
        self.text().get(span.start()..span.end()).unwrap_or_default()
    }

    /// The span without white space at its ends, or `None` if it is all white space.
    pub fn trim(&self, span: Span) -> Option<Span> {
        let words = self.slice(span);
        let start = span.start() + (words.len() - words.trim_start().len());
        let end = start + words.trim().len();
        (start < end).then(|| Span::checked(start, end))
    }

    /// True if two of this article's spans overlap or have only white space between them.
    pub fn touch(&self, one: Span, other: Span) -> bool {
        let (first, second) = if one <= other { (one, other) } else { (other, one) };
        let between = first.end()..second.start().max(first.end());
        self.text().get(between).is_some_and(|it| it.chars().all(char::is_whitespace))
    }

    /// The span with the white space around it and one more character on both sides. Every span that touches `span`
    /// overlaps it.
    pub fn surroundings(&self, span: Span) -> Span {
        let before = self.text().get(..span.start()).unwrap_or_default().trim_end();
        let after = self.text().get(span.end()..).unwrap_or_default();
        let end = self.text().len() - after.trim_start().len();
        self.window(before.len().saturating_sub(1)..end + 1).unwrap_or(span)
    }

    /// The words of a span with their context.
    pub fn quote(&self, span: Span) -> Quote<'_> {
        let before = self.text().get(..span.start()).unwrap_or_default();
        let after = self.text().get(span.end()..).unwrap_or_default();
        let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
        let to = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
        Quote { exact: self.slice(span), prefix: &before[from..], suffix: &after[..to] }
    }

    /// Number of paragraphs; 0 for an empty text.
    pub fn paragraphs(&self) -> usize {
        self.body.paragraph_starts().len()
    }

    /// The bytes of paragraph `index`, including its line end and the blank lines after it.
    pub fn paragraph(&self, index: usize) -> Range<usize> {
        let edge = |at: usize| self.body.paragraph_starts().get(at).copied().unwrap_or(self.text().len());
        edge(index)..edge(index + 1)
    }

    /// The bytes of the line of paragraph `index`, without its line end and the blank lines after it.
    pub fn paragraph_body(&self, index: usize) -> Range<usize> {
        let Range { start, end } = self.paragraph(index);
        let whole = &self.text()[start..end];
        let line = whole.split_once('\n').map_or(whole, |(line, _)| line);
        start..start + line.trim_end_matches('\r').len()
    }

    /// Index of the paragraph that contains `byte`; at the end of the text, the last paragraph.
    pub fn paragraph_at(&self, byte: usize) -> usize {
        self.body.paragraph_starts().partition_point(|&start| start <= byte).saturating_sub(1)
    }

    /// Indexes of the paragraphs that a span touches.
    pub fn paragraphs_of(&self, span: Span) -> Range<usize> {
        self.paragraph_at(span.start())..self.paragraph_at(span.end() - 1) + 1
    }

    /// The span nearest to a byte range: an end inside a character moves out of it.
    ///
    /// For windows on the text, such as the visible part. Positions of annotations are never rounded.
    pub fn window(&self, range: Range<usize>) -> Option<Span> {
        let start = self.text().floor_char_boundary(range.start);
        let end = self.text().ceil_char_boundary(range.end.min(self.text().len()));
        (start < end).then(|| Span::checked(start, end))
    }
}
