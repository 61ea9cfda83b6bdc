//! How much of an article is tagged and where, kept up to date edit by edit.

use super::codebook::Tag;
use crate::text::Span;

/// Into how many equal stretches the article is divided for the overview ruler, at most.
pub const STRETCHES: usize = 160;

/// Sums over an article's annotations that cost the same to keep whatever their number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    length: usize,
    covered: usize,
    covered_by: [usize; Tag::ALL.len()],
    stretches: Vec<[u32; Tag::ALL.len()]>,
}

impl Overview {
    /// Nothing tagged yet in an article of `length` bytes.
    pub(super) fn new(length: usize) -> Self {
        let stretches =
            vec![[0; Tag::ALL.len()]; if length == 0 { 0 } else { (length - 1) / width(length) + 1 }];
        Self { length, covered: 0, covered_by: [0; Tag::ALL.len()], stretches }
    }

    /// The share of the text, by bytes, that lies under at least one annotation: 0 to 1.
    pub fn share(&self) -> f64 {
        share(self.covered, self.length)
    }

    /// The share of the text, by bytes, that lies under at least one annotation with `tag`: 0 to 1.
    pub fn share_of(&self, tag: Tag) -> f64 {
        share(self.covered_by[tag.index()], self.length)
    }

    /// For each of the article's stretches, of equal length in bytes, whether an annotation with each tag touches it.
    pub fn stretches(&self) -> impl Iterator<Item = [bool; Tag::ALL.len()]> {
        self.stretches.iter().map(|counts| counts.map(|count| count > 0))
    }

    /// The byte at which a stretch begins.
    pub fn stretch_start(&self, index: usize) -> usize {
        (index * width(self.length)).min(self.length)
    }

    /// Counts an annotation in; `around` are the others that overlap it, in text order.
    pub(super) fn add(&mut self, tag: Tag, span: Span, around: &[(Tag, Span)]) {
        self.covered += uncovered(span, around.iter().map(|(_, it)| *it));
        self.covered_by[tag.index()] += uncovered(span, of(tag, around));
        self.each_stretch(tag, span, |count| *count += 1);
    }

    /// Counts an annotation out; `around` are the others that overlap it, in text order.
    pub(super) fn remove(&mut self, tag: Tag, span: Span, around: &[(Tag, Span)]) {
        self.covered -= uncovered(span, around.iter().map(|(_, it)| *it));
        self.covered_by[tag.index()] -= uncovered(span, of(tag, around));
        self.each_stretch(tag, span, |count| *count -= 1);
    }

    /// Counts everything anew: `all` are the article's annotations, ordered by start.
    pub(super) fn sum_up(&mut self, all: &[(Tag, Span)]) {
        *self = Self::new(self.length);
        self.covered = covered(all.iter().map(|(_, it)| *it));
        self.covered_by = Tag::ALL.map(|tag| covered(of(tag, all)));
        for (tag, span) in all {
            self.each_stretch(*tag, *span, |count| *count += 1);
        }
    }

    fn each_stretch(&mut self, tag: Tag, span: Span, change: impl Fn(&mut u32)) {
        let width = width(self.length);
        let touched = span.start() / width..=(span.end() - 1) / width;
        for counts in self.stretches.get_mut(touched).into_iter().flatten() {
            change(&mut counts[tag.index()]);
        }
    }
}

fn of(tag: Tag, around: &[(Tag, Span)]) -> impl Iterator<Item = Span> {
    around.iter().filter(move |(it, _)| *it == tag).map(|(_, span)| *span)
}

/// Bytes in a stretch.
fn width(length: usize) -> usize {
    length.div_ceil(STRETCHES).max(1)
}

#[expect(clippy::cast_precision_loss, reason = "a share is shown in whole percent")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The bytes of `span` that none of `others`, ordered by start, covers.
fn uncovered(span: Span, others: impl Iterator<Item = Span>) -> usize {
    let mut free = 0;
    let mut at = span.start();
    for other in others {
        free += other.start().min(span.end()).saturating_sub(at);
        at = at.max(other.end());
    }
    free + span.end().saturating_sub(at)
}

/// The bytes that lie under any of the spans, ordered by start.
fn covered(spans: impl Iterator<Item = Span>) -> usize {
    let (mut covered, mut at) = (0, 0);
    for span in spans {
        covered += span.end().saturating_sub(span.start().max(at));
        at = at.max(span.end());
    }
    covered
}
