//! Finding a passage of one text again in a newer version of it, by its words and what stands around them.
//!
//! Never a guess: a passage is found only where its very words stand, with what stood beside them, and nowhere else
//! with anything of that. Everything else is for a person to decide.

use super::{article::Article, order, position::Span};

/// So many characters beside the words, other than white space, tell the place.
const ENOUGH: usize = 32;

/// Further than this no context is compared; what has not differed by then is told apart by nothing.
const FARTHEST: usize = 4_096;

/// More places than these are not listed.
const LISTED: usize = 20;

/// Where a passage of an earlier text is in a newer one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchored {
    /// It is certain to be this one; at the same place when nothing before it has changed.
    Found(Span),
    /// The same words stand at these places, and which of them is meant is not certain, or whether the only one is.
    Ambiguous(Vec<Span>),
    /// The words are not there any more; these may be what became of them.
    Orphan(Vec<Span>),
}

/// Finds the passage `span` of `old` in `new`.
pub fn anchor(old: &Article, span: Span, new: &Article) -> Anchored {
    let quote = old.slice(span);
    let there = places(new.text(), quote);
    if there.is_empty() {
        return Anchored::Orphan(near(old, span, new));
    }
    let sides = [Side::Before, Side::After].map(|side| Evidence::new(side, old, span));
    let place = |at: usize| new.span(at, at + quote.len()).ok();
    let scored: Vec<(usize, [bool; 2])> = there
        .iter()
        .map(|&at| (at, sides.each_ref().map(|it| it.holds(new.text(), at, at + quote.len()))))
        .collect();
    let mut likely = scored.iter().filter(|(_, sides)| sides.contains(&true));
    if let (Some((at, held)), None) = (likely.next(), likely.next()) {
        // What is cut short by an end of the text says little by itself.
        let weighs = sides.iter().zip(held).any(|(side, held)| *held && !side.reaches_end);
        if (weighs || held == &[true, true])
            && let Some(span) = place(*at)
        {
            return Anchored::Found(span);
        }
    }
    // The likelier first, and among those the nearer.
    let mut ordered = scored;
    order::sort_by_key(&mut ordered, |(at, sides)| {
        (std::cmp::Reverse(sides.iter().filter(|it| **it).count()), at.abs_diff(span.start()))
    });
    Anchored::Ambiguous(ordered.into_iter().take(LISTED).filter_map(|(at, _)| place(at)).collect())
}

/// Every place of `words` in a text, overlapping ones too.
fn places(text: &str, words: &str) -> Vec<usize> {
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

/// What stands on one side of a passage, and how much of it tells the passage from all others of the same words.
struct Evidence<'a> {
    side: Side,
    context: &'a str,
    /// So many characters have to agree.
    needed: usize,
    /// Whether the text ends before there are so many.
    reaches_end: bool,
}

impl<'a> Evidence<'a> {
    fn new(side: Side, old: &'a Article, span: Span) -> Self {
        let text = old.text();
        let context = side.of(text, span.start(), span.end());
        let others = places(text, old.slice(span)).into_iter().filter(|at| *at != span.start());
        let alike = others
            .map(|at| agreement(side, context, side.of(text, at, at + span.len())))
            .max()
            .map_or(0, |it| it.saturating_add(1));
        let needed = alike.max(ENOUGH);
        let there = characters(side, context).take(needed).count();
        Self { side, context, needed, reaches_end: there < needed }
    }

    /// Whether what stands beside a place agrees.
    fn holds(&self, text: &str, start: usize, end: usize) -> bool {
        if self.needed > FARTHEST {
            return false;
        }
        let there = self.side.of(text, start, end);
        if self.reaches_end {
            return characters(self.side, self.context).eq(characters(self.side, there).take(self.needed));
        }
        agreement(self.side, self.context, there) >= self.needed
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

/// The characters of a context from the passage outwards. White space is passed over: it is the first to change.
fn characters(side: Side, context: &str) -> Box<dyn Iterator<Item = char> + '_> {
    let solid = |c: &char| !c.is_whitespace();
    match side {
        Side::Before => Box::new(context.chars().rev().filter(solid)),
        Side::After => Box::new(context.chars().filter(solid)),
    }
}

/// How many characters of two contexts are the same, from the passage outwards.
fn agreement(side: Side, one: &str, other: &str) -> usize {
    let pairs = characters(side, one).zip(characters(side, other));
    pairs.take(FARTHEST).take_while(|(a, b)| a == b).count()
}

/// What may have become of a passage whose words are gone: what stands now between what stood around it, and what differs
/// from it in white space alone.
fn near(old: &Article, span: Span, new: &Article) -> Vec<Span> {
    let quote = old.quote(span);
    let text = new.text();
    let mut found: Vec<Span> =
        loose(text, quote.exact).filter_map(|(start, end)| new.span(start, end).ok()).collect();
    let tail = |it: &str| it.char_indices().rev().nth(15).map_or(0, |(at, _)| at);
    let head = |it: &str| it.char_indices().nth(16).map_or(it.len(), |(at, _)| at);
    let (before, after) = (&quote.prefix[tail(quote.prefix)..], &quote.suffix[..head(quote.suffix)]);
    let farthest = 4 * quote.exact.len() + 200;
    if before.trim().chars().count() >= 6 {
        for at in places(text, before).into_iter().take(LISTED) {
            let start = at + before.len();
            let rest = text.get(start..).unwrap_or_default();
            let length = if after.trim().chars().count() >= 6 { rest.find(after) } else { None };
            let end = length.filter(|it| *it > 0 && *it <= farthest);
            // Without what followed, as much as there was before.
            let end = end.or_else(|| {
                let nth = quote.exact.chars().count();
                (length != Some(0)).then(|| rest.char_indices().nth(nth).map_or(rest.len(), |(at, _)| at))
            });
            let span = end.and_then(|it| new.trim(new.span(start, start + it).ok()?));
            found.extend(span);
        }
    }
    found.dedup();
    found.truncate(LISTED);
    found
}

/// The places where a text has these words with other white space between them.
fn loose<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
    let mut parts = words.split_whitespace();
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let starts = if first.is_empty() || rest.is_empty() { Vec::new() } else { places(text, first) };
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
