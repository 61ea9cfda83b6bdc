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

/// A paragraph is segmented in blocks of about so many bytes, so that no question costs more than one block.
const BLOCK: usize = 8 * 1024;
/// A block ends where a sentence seems to end, if it does so within as many bytes more.
const SLACK: usize = 4 * 1024;
/// So many blocks are remembered: the ends of a selection may lie in two, and two granularities are often used in turn.
const REMEMBERED: usize = 6;

/// The pieces that an article is made of.
///
/// A piece never begins or ends with white space, and pieces of one granularity never overlap: what is between two of
/// them is white space alone.
#[derive(Debug)]
pub struct Segments<S> {
    article: Rc<Article>,
    segmenter: S,
    remembered: RefCell<VecDeque<Block>>,
}

#[derive(Debug)]
struct Block {
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

    /// The piece that holds the visible character at `at`.
    fn holding(&self, at: usize, granularity: Granularity) -> Option<Span> {
        let body = self.article.paragraph_body(self.article.paragraph_at(at));
        if granularity == Granularity::Paragraph {
            return self.article.trim(self.article.span(body.start, body.end).ok()?);
        }
        let pieces = self.pieces(block(self.article.text(), &body, at), granularity);
        let place = pieces.partition_point(|it| it.end() <= at);
        pieces.get(place).copied()
    }

    fn pieces(&self, block: Range<usize>, granularity: Granularity) -> Rc<[Span]> {
        let mut remembered = self.remembered.borrow_mut();
        let known = remembered.iter().find(|it| it.granularity == granularity && it.start == block.start);
        if let Some(known) = known {
            return Rc::clone(&known.pieces);
        }
        let start = block.start;
        let pieces: Rc<[Span]> = self.divide(block, granularity).into();
        remembered.truncate(REMEMBERED - 1);
        remembered.push_front(Block { granularity, start, pieces: Rc::clone(&pieces) });
        pieces
    }

    /// The pieces of a block, from one end of its segments to the next.
    fn divide(&self, block: Range<usize>, granularity: Granularity) -> Vec<Span> {
        let text = &self.article.text()[block.clone()];
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
            let whole = self.article.span(block.start + start, block.start + end).ok();
            pieces.extend(whole.and_then(|it| self.article.trim(it)));
            start = end;
        }
        pieces
    }
}

/// The block of a paragraph's body that holds `at`. Where blocks end depends on the text around it alone.
fn block(text: &str, body: &Range<usize>, at: usize) -> Range<usize> {
    let edge = |number: usize| {
        let from = body.start + number * BLOCK;
        if number == 0 || from >= body.end { from.min(body.end) } else { cut(text, from..body.end) }
    };
    let number = at.saturating_sub(body.start) / BLOCK;
    let first = edge(number);
    if at < first { edge(number - 1)..first } else { first..edge(number + 1) }
}

/// Where a block that is to end at the start of `range`, or a little later, does it best: behind a sentence, else behind a
/// word, else behind any character.
fn cut(text: &str, range: Range<usize>) -> usize {
    let first = (range.start..range.end).find(|it| text.is_char_boundary(*it)).unwrap_or(range.end);
    let mut word = None;
    let mut before = ['a'; 2];
    for (offset, it) in text[first..range.end].char_indices().take_while(|(offset, _)| *offset < SLACK) {
        let (passed, rest) = text[first..range.end].split_at(offset);
        let sentence = matches!(before[0], '.' | '!' | '?' | '…')
            && before[1].is_whitespace()
            && it.is_uppercase()
            && !sentences::go_on(passed, rest);
        if sentence || matches!(before[1], '。' | '！' | '？' | '।') {
            return first + offset;
        }
        if before[1].is_whitespace() && !it.is_whitespace() {
            word = word.or(Some(first + offset));
        }
        before = [before[1], it];
    }
    word.unwrap_or(first)
}
