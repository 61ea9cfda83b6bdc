//! The characters, words, sentences and paragraphs of an article, and passages snapped to them.

use std::{cell::RefCell, collections::VecDeque, ops::Range, rc::Rc};

use super::{Article, Span, order, sentences};

/// What a selection is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Granularity {
    /// What a person takes for one character, of however many code points.
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
    /// All of them, the finest first.
    pub const ALL: [Self; 4] = [Self::Character, Self::Word, Self::Sentence, Self::Paragraph];

    /// The next coarser one, and behind the coarsest the finest.
    #[must_use]
    pub fn next(self) -> Self {
        let place = Self::ALL.iter().position(|it| *it == self).unwrap_or_default();
        Self::ALL[(place + 1) % Self::ALL.len()]
    }
}

/// What knows where characters, words and sentences end: the browser's segmenter on the page.
///
/// It need not know abbreviations: [`Segments`] joins what ends behind one.
pub trait Segmenter {
    /// The bytes behind which a piece of `text` ends, ascending. Never asked for paragraphs.
    fn ends(&self, text: &str, granularity: Granularity) -> Vec<usize>;
}

/// The pieces of so many paragraphs are remembered: the ends of a selection may lie in two, and two granularities are often used
/// in turn.
const REMEMBERED: usize = 6;

/// The pieces that an article is made of.
///
/// A piece never begins or ends with white space, and pieces of one granularity never overlap: what is between two of
/// them is white space alone.
#[derive(Debug)]
pub struct Segments<S> {
    article: Rc<Article>,
    segmenter: S,
    remembered: RefCell<VecDeque<Known>>,
}

#[derive(Debug)]
struct Known {
    granularity: Granularity,
    start: usize,
    pieces: Rc<[Span]>,
}

impl<S: Segmenter> Segments<S> {
    /// The pieces of `article` as `segmenter` tells them.
    pub fn new(article: Rc<Article>, segmenter: S) -> Self {
        Self { article, segmenter, remembered: RefCell::default() }
    }

    /// The article.
    pub fn article(&self) -> &Rc<Article> {
        &self.article
    }

    /// The piece that holds the first visible character at or behind `at`, which must be a boundary of the text.
    pub fn forward(&self, at: usize, granularity: Granularity) -> Option<Span> {
        let rest = self.article.text().get(at..)?;
        let at = at + rest.find(|it: char| !it.is_whitespace())?;
        self.holding(at, granularity)
    }

    /// The piece that holds the last visible character before `at`, which must be a boundary of the text.
    pub fn back(&self, at: usize, granularity: Granularity) -> Option<Span> {
        let before = self.article.text().get(..at)?;
        let (at, _) = before.char_indices().rev().find(|(_, it)| !it.is_whitespace())?;
        self.holding(at, granularity)
    }

    /// The passage in whole pieces: those at its ends are taken whole, white space outside them is not taken.
    pub fn snap(&self, span: Span, granularity: Granularity) -> Option<Span> {
        let span = self.article.trim(span)?;
        let first = self.forward(span.start(), granularity)?;
        Some(first.hull(self.back(span.end(), granularity)?))
    }

    /// The passage with its end moved to that of the next piece, or of the one before; never empty.
    pub fn move_end(&self, span: Span, forward: bool, granularity: Granularity) -> Option<Span> {
        let end = if forward {
            self.forward(span.end(), granularity)?.end()
        } else {
            let last = self.back(span.end(), granularity)?;
            // An end inside a piece first comes back to the piece before it, as one on a piece's end does.
            self.back(last.start(), granularity)?.end()
        };
        self.article.span(span.start(), end).ok()
    }

    /// The passage with its start moved to that of the next piece, or of the one before; never empty.
    pub fn move_start(&self, span: Span, forward: bool, granularity: Granularity) -> Option<Span> {
        let start = if forward {
            let first = self.forward(span.start(), granularity)?;
            self.forward(first.end(), granularity)?.start()
        } else {
            self.back(span.start(), granularity)?.start()
        };
        self.article.span(start, span.end()).ok()
    }

    /// The end of a piece that is nearest to a byte and lies inside a passage.
    pub fn nearest_bound(&self, at: usize, inside: Span, granularity: Granularity) -> Option<usize> {
        let piece = self.forward(at, granularity)?;
        let bounds = [piece.start(), piece.end()];
        let inside = bounds.into_iter().filter(|it| inside.start() < *it && *it < inside.end());
        inside.min_by_key(|it| it.abs_diff(at))
    }

    /// The piece that holds the visible character at `at`.
    fn holding(&self, at: usize, granularity: Granularity) -> Option<Span> {
        let body = self.article.paragraph_body(self.article.paragraph_at(at));
        if granularity == Granularity::Paragraph {
            return self.article.trim(self.article.span(body.start, body.end).ok()?);
        }
        let pieces = self.pieces(body, granularity);
        let place = pieces.partition_point(|it| it.end() <= at);
        pieces.get(place).copied()
    }

    fn pieces(&self, body: Range<usize>, granularity: Granularity) -> Rc<[Span]> {
        let mut remembered = self.remembered.borrow_mut();
        let known = remembered.iter().find(|it| it.granularity == granularity && it.start == body.start);
        if let Some(known) = known {
            return Rc::clone(&known.pieces);
        }
        let start = body.start;
        let pieces: Rc<[Span]> = self.divide(body, granularity).into();
        remembered.truncate(REMEMBERED - 1);
        remembered.push_front(Known { granularity, start, pieces: Rc::clone(&pieces) });
        pieces
    }

    /// The pieces of a paragraph, from one end of its segments to the next.
    fn divide(&self, body: Range<usize>, granularity: Granularity) -> Vec<Span> {
        let text = &self.article.text()[body.clone()];
        let mut ends = self.segmenter.ends(text, granularity);
        // The browser is not to be trusted with where a character ends.
        ends.retain(|it| text.is_char_boundary(*it));
        ends.push(text.len());
        order::sort(&mut ends);
        ends.dedup();
        let mut pieces = Vec::with_capacity(ends.len());
        let mut start = 0;
        for end in ends {
            let (piece, rest) = (&text[start..end], &text[end..]);
            let goes_on = match granularity {
                Granularity::Sentence => sentences::go_on(piece, rest),
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
