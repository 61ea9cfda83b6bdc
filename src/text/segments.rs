//! The characters, words, sentences and paragraphs of an article, and spans snapped to them.

use std::{cell::RefCell, collections::VecDeque, ops::Range, rc::Rc};

use super::{Article, Span, order, sentences};

/// The unit that a selection consists of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Granularity {
    /// A user-perceived character, which may consist of several code points.
    Character,
    /// A word, a number, or a punctuation mark.
    #[default]
    Word,
    /// A sentence with its closing marks.
    Sentence,
    /// A line of the article.
    Paragraph,
}

impl Granularity {
    /// All granularities, the finest first.
    pub const ALL: [Self; 4] = [Self::Character, Self::Word, Self::Sentence, Self::Paragraph];

    /// The next coarser granularity; after the coarsest, the finest.
    #[must_use]
    pub fn next(self) -> Self {
        let place = Self::ALL.iter().position(|it| *it == self).unwrap_or_default();
        Self::ALL[(place + 1) % Self::ALL.len()]
    }
}

/// Finds where characters, words and sentences end: in the page, the browser's segmenter.
///
/// It need not know abbreviations: [`Segments`] joins sentences that it splits after one.
pub trait Segmenter {
    /// The bytes behind which a piece of `text` ends, ascending. Never called for paragraphs.
    fn ends(&self, text: &str, granularity: Granularity) -> Vec<usize>;
}

/// Paragraphs whose pieces are cached. The ends of a selection may be in two paragraphs, and two granularities are
/// often used in turn.
const CACHED_PARAGRAPHS: usize = 6;

/// The pieces of an article: its characters, words, sentences or paragraphs.
///
/// Pieces never begin or end with white space. Pieces of one granularity never overlap and have only white space
/// between them.
#[derive(Debug)]
pub struct Segments<S> {
    article: Rc<Article>,
    segmenter: S,
    cache: RefCell<VecDeque<CachedPieces>>,
}

#[derive(Debug)]
struct CachedPieces {
    granularity: Granularity,
    start: usize,
    pieces: Rc<[Span]>,
}

impl<S: Segmenter> Segments<S> {
    /// The pieces of `article` as found by `segmenter`.
    pub fn new(article: Rc<Article>, segmenter: S) -> Self {
        Self { article, segmenter, cache: RefCell::default() }
    }

    /// The article.
    pub fn article(&self) -> &Rc<Article> {
        &self.article
    }

    /// The piece with the first visible character at or behind `at`, which must be a character boundary.
    pub fn forward(&self, at: usize, granularity: Granularity) -> Option<Span> {
        let rest = self.article.text().get(at..)?;
        let at = at + rest.find(|it: char| !it.is_whitespace())?;
        self.piece_at(at, granularity)
    }

    /// The piece with the last visible character before `at`, which must be a character boundary.
    pub fn back(&self, at: usize, granularity: Granularity) -> Option<Span> {
        let before = self.article.text().get(..at)?;
        let (at, _) = before.char_indices().rev().find(|(_, it)| !it.is_whitespace())?;
        self.piece_at(at, granularity)
    }

    /// The span extended to whole pieces at both ends, without white space around it.
    pub fn snap(&self, span: Span, granularity: Granularity) -> Option<Span> {
        let span = self.article.trim(span)?;
        let first = self.forward(span.start(), granularity)?;
        Some(first.hull(self.back(span.end(), granularity)?))
    }

    /// The span with its end moved to the next piece's end, or to the previous one's; never empty.
    pub fn move_end(&self, span: Span, forward: bool, granularity: Granularity) -> Option<Span> {
        let end = if forward {
            self.forward(span.end(), granularity)?.end()
        } else {
            let last = self.back(span.end(), granularity)?;
            // From inside a piece, too, the end moves to the end of the previous piece.
            self.back(last.start(), granularity)?.end()
        };
        self.article.span(span.start(), end).ok()
    }

    /// The span with its start moved to the next piece's start, or to the previous one's; never empty.
    pub fn move_start(&self, span: Span, forward: bool, granularity: Granularity) -> Option<Span> {
        let start = if forward {
            let first = self.forward(span.start(), granularity)?;
            self.forward(first.end(), granularity)?.start()
        } else {
            self.back(span.start(), granularity)?.start()
        };
        self.article.span(start, span.end()).ok()
    }

    /// The start or end of a piece that is nearest to `at` and inside a span.
    pub fn nearest_bound(&self, at: usize, inside: Span, granularity: Granularity) -> Option<usize> {
        let piece = self.forward(at, granularity)?;
        let bounds = [piece.start(), piece.end()];
        let inside = bounds.into_iter().filter(|it| inside.start() < *it && *it < inside.end());
        inside.min_by_key(|it| it.abs_diff(at))
    }

    /// The piece with the visible character at `at`.
    fn piece_at(&self, at: usize, granularity: Granularity) -> Option<Span> {
        let body = self.article.paragraph_body(self.article.paragraph_at(at));
        if granularity == Granularity::Paragraph {
            return self.article.trim(self.article.span(body.start, body.end).ok()?);
        }
        let pieces = self.pieces(body, granularity);
        let place = pieces.partition_point(|it| it.end() <= at);
        pieces.get(place).copied()
    }

    fn pieces(&self, body: Range<usize>, granularity: Granularity) -> Rc<[Span]> {
        let mut cache = self.cache.borrow_mut();
        let cached = cache.iter().find(|it| it.granularity == granularity && it.start == body.start);
        if let Some(cached) = cached {
            return Rc::clone(&cached.pieces);
        }
        let start = body.start;
        let pieces: Rc<[Span]> = self.divide(body, granularity).into();
        cache.truncate(CACHED_PARAGRAPHS - 1);
        cache.push_front(CachedPieces { granularity, start, pieces: Rc::clone(&pieces) });
        pieces
    }

    /// The pieces of a paragraph, as found by the segmenter and joined at abbreviations.
    fn divide(&self, body: Range<usize>, granularity: Granularity) -> Vec<Span> {
        let text = &self.article.text()[body.clone()];
        let mut ends = self.segmenter.ends(text, granularity);
        // Browsers may return positions inside a character.
        ends.retain(|it| text.is_char_boundary(*it));
        ends.push(text.len());
        order::sort(&mut ends);
        ends.dedup();
        let mut pieces = Vec::with_capacity(ends.len());
        let mut start = 0;
        for end in ends {
            let (piece, rest) = (&text[start..end], &text[end..]);
            let goes_on = match granularity {
                Granularity::Sentence => sentences::continues(piece, rest),
                Granularity::Word => sentences::is_abbreviated(piece) && rest.starts_with('.'),
                Granularity::Character | Granularity::Paragraph => false,
            };
            if goes_on && !rest.is_empty() {
                continue;
            }
            let whole = self.article.span(body.start + start, body.start + end).ok();
            pieces.extend(whole.and_then(|it| self.article.trim(it)));
            start = end;
        }
        pieces
    }
}
