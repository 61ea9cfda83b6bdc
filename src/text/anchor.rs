//! Finds a passage of a text again in a newer version of that text, by its words and the text around them.
//!
//! Never guesses: a passage counts as found only where its exact words occur with the same context, and nowhere else
//! with any part of that context. A person decides all other cases.

use super::{article::Article, order, position::Span};

/// Characters of context, white space excluded, that identify a place.
const MIN_CONTEXT: usize = 32;

/// Characters of context that are compared at most. A longer common context cannot tell two places apart.
const MAX_CONTEXT: usize = 4_096;

/// Places that are listed at most.
const MAX_CANDIDATES: usize = 20;

/// Where a passage of an earlier text is in a newer one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchored {
    /// Certainly this passage.
    Found(Span),
    /// The same words occur at these places, but it is not certain which is meant, or whether a single one is.
    Ambiguous(Vec<Span>),
    /// The words no longer occur. These passages may have replaced them.
    Orphan(Vec<Span>),
}

/// Finds the passage `span` of `old` in `new`.
pub fn anchor(old: &Article, span: Span, new: &Article) -> Anchored {
    let quote = old.slice(span);
    let found = occurrences(new.text(), quote);
    if found.is_empty() {
        return Anchored::Orphan(candidates(old, span, new));
    }
    let sides = [Side::Before, Side::After].map(|side| Evidence::new(side, old, span));
    let span_at = |at: usize| new.span(at, at + quote.len()).ok();
    let scored: Vec<(usize, [bool; 2])> = found
        .iter()
        .map(|&at| (at, sides.each_ref().map(|it| it.agrees(new.text(), at, at + quote.len()))))
        .collect();
    let mut likely = scored.iter().filter(|(_, sides)| sides.contains(&true));
    if let (Some((at, agreeing)), None) = (likely.next(), likely.next()) {
        // Context that is cut short by the start or end of the text is weak evidence alone.
        let is_strong = sides.iter().zip(agreeing).any(|(side, agrees)| *agrees && !side.reaches_end);
        if (is_strong || agreeing == &[true, true])
            && let Some(span) = span_at(*at)
        {
            return Anchored::Found(span);
        }
    }
    // The likeliest first, then the nearest.
    let mut ordered = scored;
    order::sort_by_key(&mut ordered, |(at, sides)| {
        (std::cmp::Reverse(sides.iter().filter(|it| **it).count()), at.abs_diff(span.start()))
    });
    Anchored::Ambiguous(ordered.into_iter().take(MAX_CANDIDATES).filter_map(|(at, _)| span_at(at)).collect())
}

/// Every occurrence of `words` in a text, overlapping ones included.
fn occurrences(text: &str, words: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(words)) {
        found.push(from + at);
        from += at + text[from + at..].chars().next().map_or(1, char::len_utf8);
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// The context on one side of a passage, and how much of it distinguishes the passage from other occurrences of its
/// words.
struct Evidence<'a> {
    side: Side,
    context: &'a str,
    /// Number of characters that must agree.
    needed: usize,
    /// True if the text ends before that many characters.
    reaches_end: bool,
}

impl<'a> Evidence<'a> {
    fn new(side: Side, old: &'a Article, span: Span) -> Self {
        let text = old.text();
        let context = side.of(text, span.start(), span.end());
        let others = occurrences(text, old.slice(span)).into_iter().filter(|at| *at != span.start());
        let alike = others
            .map(|at| agreement(side, context, side.of(text, at, at + span.len())))
            .max()
            .map_or(0, |it| it.saturating_add(1));
        let needed = alike.max(MIN_CONTEXT);
        let available = characters(side, context).take(needed).count();
        Self { side, context, needed, reaches_end: available < needed }
    }

    /// True if the context of another place agrees.
    fn agrees(&self, text: &str, start: usize, end: usize) -> bool {
        if self.needed > MAX_CONTEXT {
            return false;
        }
        let other = self.side.of(text, start, end);
        if self.reaches_end {
            return characters(self.side, self.context).eq(characters(self.side, other).take(self.needed));
        }
        agreement(self.side, self.context, other) >= self.needed
    }
}

impl Side {
    fn of(self, text: &str, start: usize, end: usize) -> &str {
        let side = match self {
            Self::Before => text.get(..start),
            Self::After => text.get(end..),
        };
        side.unwrap_or_default()
    }
}

/// The characters of a context from the passage outwards, without white space, which is what changes most often.
fn characters(side: Side, context: &str) -> Box<dyn Iterator<Item = char> + '_> {
    let solid = |c: &char| !c.is_whitespace();
    match side {
        Side::Before => Box::new(context.chars().rev().filter(solid)),
        Side::After => Box::new(context.chars().filter(solid)),
    }
}

/// Number of equal characters of two contexts, from the passage outwards.
fn agreement(side: Side, one: &str, other: &str) -> usize {
    let pairs = characters(side, one).zip(characters(side, other));
    pairs.take(MAX_CONTEXT).take_while(|(a, b)| a == b).count()
}

/// What may have replaced a passage whose words are gone: the text between its former context, and passages that differ
/// only in white space.
fn candidates(old: &Article, span: Span, new: &Article) -> Vec<Span> {
    let quote = old.quote(span);
    let text = new.text();
    let mut found: Vec<Span> = ignoring_white_space(text, quote.exact)
        .filter_map(|(start, end)| new.span(start, end).ok())
        .collect();
    let tail = |it: &str| it.char_indices().rev().nth(15).map_or(0, |(at, _)| at);
    let head = |it: &str| it.char_indices().nth(16).map_or(it.len(), |(at, _)| at);
    let (before, after) = (&quote.prefix[tail(quote.prefix)..], &quote.suffix[..head(quote.suffix)]);
    let farthest = 4 * quote.exact.len() + 200;
    if before.trim().chars().count() >= 6 {
        for at in occurrences(text, before).into_iter().take(MAX_CANDIDATES) {
            let start = at + before.len();
            let rest = text.get(start..).unwrap_or_default();
            let length = if after.trim().chars().count() >= 6 { rest.find(after) } else { None };
            let end = length.filter(|it| *it > 0 && *it <= farthest);
            // If the text after the passage is gone too, take as many characters as the passage had.
            let end = end.or_else(|| {
                let nth = quote.exact.chars().count();
                (length != Some(0)).then(|| rest.char_indices().nth(nth).map_or(rest.len(), |(at, _)| at))
            });
            let span = end.and_then(|it| new.trim(new.span(start, start + it).ok()?));
            found.extend(span);
        }
    }
    found.dedup();
    found.truncate(MAX_CANDIDATES);
    found
}

/// Where the words occur with other white space between them.
fn ignoring_white_space<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
    let mut parts = words.split_whitespace();
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let starts = if first.is_empty() || rest.is_empty() { Vec::new() } else { occurrences(text, first) };
    starts.into_iter().filter_map(move |start| {
        let mut at = start + first.len();
        for part in &rest {
            let tail = text.get(at..)?;
            let trimmed = tail.trim_start();
            if trimmed.len() == tail.len() || !trimmed.starts_with(part) {
                return None;
            }
            at += tail.len() - trimmed.len() + part.len();
        }
        Some((start, at))
    })
}
