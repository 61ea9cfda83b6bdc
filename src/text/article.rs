//! One immutable article and the questions that positions in it answer.

use std::{fmt, ops::Range, rc::Rc};

use super::{
    body::Text,
    position::{CodePoint, Span, TextError, Unit, Utf16},
};

/// Code points of context kept before and after a quote, as many as the W3C model's examples and Hypothesis use.
const CONTEXT: usize = 32;

/// What names an article for good: a bundled one's file name without its ending, or what was made up for an own one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(Rc<str>);

impl ArticleId {
    /// The identifier that `name` spells.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// As it is spelled.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The words of a span with a little of what stands before and after, to find it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote<'a> {
    /// The words themselves.
    pub exact: &'a str,
    /// Up to 32 code points before them.
    pub prefix: &'a str,
    /// Up to 32 code points after them.
    pub suffix: &'a str,
}

/// An article: a text that never changes, and an index of its units and paragraphs.
///
/// A paragraph is a line with its line end and the blank lines that follow it, so the paragraphs joined are the
/// text. A line of more than 12 KiB is several of them. Sentences are not known here.
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
    /// The article with this exact `text`; `kind` says what sort of text it is, `source` where it was read from.
    pub fn new(id: ArticleId, title: &str, kind: &str, source: &str, text: &str) -> Self {
        Self::on(id, title, kind, source, Rc::new(Text::new(text)))
    }

    /// The same on a text that is indexed already.
    pub fn on(id: ArticleId, title: &str, kind: &str, source: &str, body: Rc<Text>) -> Self {
        Self { id, title: title.to_owned(), kind: kind.to_owned(), source: source.to_owned(), body }
    }

    /// Its text with the index.
    pub fn body(&self) -> &Rc<Text> {
        &self.body
    }

    /// What names it.
    pub fn id(&self) -> &ArticleId {
        &self.id
    }

    /// Its title, as shown.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What sort of text it is, in a word or two.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The file that it was read from.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The exact text.
    pub fn text(&self) -> &str {
        self.body.as_str()
    }

    /// How many runs of characters other than white space it has.
    pub fn words(&self) -> usize {
        self.body.words()
    }

    /// Its length in code points.
    pub fn length(&self) -> CodePoint {
        self.body.units().length()
    }

    /// The SHA-256 of the text's UTF-8 bytes in lower-case hexadecimal; computed once, when first asked for.
    pub fn sha256(&self) -> &str {
        self.body.sha256()
    }

    /// The span between two byte positions.
    ///
    /// # Errors
    /// When either lies outside the text or inside a character, or when nothing lies between them.
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

    /// The span between two positions counted in UTF-16 code units.
    ///
    /// # Errors
    /// As [`Article::span`].
    pub fn span_of_utf16(&self, start: Utf16, end: Utf16) -> Result<Span, TextError> {
        let (from, to) = (self.byte_at_utf16(start)?, self.byte_at_utf16(end)?);
        if from >= to {
            return Err(TextError::Empty { start: start.0, end: end.0, unit: Unit::Utf16 });
        }
        Ok(Span::checked(from, to))
    }

    /// The span between two positions counted in code points.
    ///
    /// # Errors
    /// As [`Article::span`].
    pub fn span_of_code_points(&self, start: CodePoint, end: CodePoint) -> Result<Span, TextError> {
        let from = self.body.units().byte_at_code_point(self.text(), start)?;
        let to = self.body.units().byte_at_code_point(self.text(), end)?;
        if from >= to {
            return Err(TextError::Empty { start: start.0, end: end.0, unit: Unit::CodePoint });
        }
        Ok(Span::checked(from, to))
    }

    /// The byte at a position counted in UTF-16 code units.
    ///
    /// # Errors
    /// When it lies outside the text or between the two halves of a surrogate pair.
    pub fn byte_at_utf16(&self, at: Utf16) -> Result<usize, TextError> {
        self.body.units().byte_at_utf16(self.text(), at)
    }

    /// UTF-16 code units before `byte`, an end of one of this article's spans.
    pub fn utf16(&self, byte: usize) -> Utf16 {
        self.body.units().utf16(self.text(), byte)
    }

    /// Code points before `byte`, an end of one of this article's spans.
    pub fn code_point(&self, byte: usize) -> CodePoint {
        self.body.units().code_point(self.text(), byte)
    }

    /// The words of one of this article's spans; nothing for a span of another article that does not fit here.
    pub fn slice(&self, span: Span) -> &str {
        self.text().get(span.start()..span.end()).unwrap_or_default()
    }

    /// The span without the white space at its ends, or nothing when it is all white space.
    pub fn trim(&self, span: Span) -> Option<Span> {
        let words = self.slice(span);
        let start = span.start() + (words.len() - words.trim_start().len());
        let end = start + words.trim().len();
        (start < end).then(|| Span::checked(start, end))
    }

    /// Whether nothing stands between two of this article's spans but white space.
    pub fn touch(&self, one: Span, other: Span) -> bool {
        let (first, second) = if one <= other { (one, other) } else { (other, one) };
        let between = first.end()..second.start().max(first.end());
        self.text().get(between).is_some_and(|it| it.chars().all(char::is_whitespace))
    }

    /// The span with the white space around it and a character more on either side: what touches it overlaps this.
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

    /// How many paragraphs it has: none in an empty text.
    pub fn paragraphs(&self) -> usize {
        self.body.paragraph_starts().len()
    }

    /// The bytes of paragraph `index`, its line end and the blank lines behind it included.
    pub fn paragraph(&self, index: usize) -> Range<usize> {
        let edge = |at: usize| self.body.paragraph_starts().get(at).copied().unwrap_or(self.text().len());
        edge(index)..edge(index + 1)
    }

    /// The bytes of the line of paragraph `index`, without its line end and the blank lines behind it.
    pub fn paragraph_body(&self, index: usize) -> Range<usize> {
        let Range { start, end } = self.paragraph(index);
        let whole = &self.text()[start..end];
        let line = whole.split_once('\n').map_or(whole, |(line, _)| line);
        start..start + line.trim_end_matches('\r').len()
    }

    /// The paragraph that holds the character at `byte`, or the last one at the text's end.
    pub fn paragraph_at(&self, byte: usize) -> usize {
        self.body.paragraph_starts().partition_point(|&start| start <= byte).saturating_sub(1)
    }

    /// The paragraphs that a span touches.
    pub fn paragraphs_of(&self, span: Span) -> Range<usize> {
        self.paragraph_at(span.start())..self.paragraph_at(span.end() - 1) + 1
    }

    /// The span between two bytes near it: an end inside a character is moved out of it.
    ///
    /// For windows on the text, such as what is on the screen; positions of annotations are never rounded.
    pub fn window(&self, range: Range<usize>) -> Option<Span> {
        let start = self.text().floor_char_boundary(range.start);
        let end = self.text().ceil_char_boundary(range.end.min(self.text().len()));
        (start < end).then(|| Span::checked(start, end))
    }
}
