//! How much of an article is tagged and where, updated with every edit.

use super::codebook::Tag;
use crate::text::Span;

/// Maximum number of bins into which the overview ruler divides an article.
pub const OVERVIEW_BINS: usize = 160;

/// Totals over an article's annotations. Updating them costs the same however many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    length: usize,
    covered: usize,
    covered_by: [usize; Tag::ALL.len()],
    bins: Vec<[u32; Tag::ALL.len()]>,
}

impl Overview {
    /// An overview of an article of `length` bytes without annotations.
    pub(super) fn new(length: usize) -> Self {
        let bins =
            vec![[0; Tag::ALL.len()]; if length == 0 { 0 } else { (length - 1) / bin_width(length) + 1 }];
        Self { length, covered: 0, covered_by: [0; Tag::ALL.len()], bins }
    }

    /// The share of the text's bytes under at least one annotation, from 0 to 1.
    pub fn share(&self) -> f64 {
        share(self.covered, self.length)
    }

    /// The share of the text's bytes under at least one annotation with `tag`, from 0 to 1.
    pub fn share_of(&self, tag: Tag) -> f64 {
        share(self.covered_by[tag.index()], self.length)
    }

    /// For each bin, whether an annotation with each tag touches it. Bins have equal length in bytes.
    pub fn bins(&self) -> impl Iterator<Item = [bool; Tag::ALL.len()]> {
        self.bins.iter().map(|counts| counts.map(|count| count > 0))
    }

    /// The byte at which a bin starts.
    pub fn bin_start(&self, index: usize) -> usize {
        (index * bin_width(self.length)).min(self.length)
    }

    /// Adds an annotation. `around` are the others that overlap it, in text order.
    pub(super) fn add(&mut self, tag: Tag, span: Span, around: &[(Tag, Span)]) {
        self.covered += uncovered(span, around.iter().map(|(_, it)| *it));
        self.covered_by[tag.index()] += uncovered(span, with_tag(tag, around));
        self.each_bin(tag, span, |count| *count += 1);
    }

    /// Removes an annotation. `around` are the others that overlap it, in text order.
    pub(super) fn remove(&mut self, tag: Tag, span: Span, around: &[(Tag, Span)]) {
        self.covered -= uncovered(span, around.iter().map(|(_, it)| *it));
        self.covered_by[tag.index()] -= uncovered(span, with_tag(tag, around));
        self.each_bin(tag, span, |count| *count -= 1);
    }

    /// Recomputes everything from `all` annotations, ordered by start.
    pub(super) fn recompute(&mut self, all: &[(Tag, Span)]) {
        *self = Self::new(self.length);
        self.covered = covered(all.iter().map(|(_, it)| *it));
        self.covered_by = Tag::ALL.map(|tag| covered(with_tag(tag, all)));
        for (tag, span) in all {
            self.each_bin(*tag, *span, |count| *count += 1);
        }
    }

    fn each_bin(&mut self, tag: Tag, span: Span, change: impl Fn(&mut u32)) {
        let width = bin_width(self.length);
        let touched = span.start() / width..=(span.end() - 1) / width;
        for counts in self.bins.get_mut(touched).into_iter().flatten() {
            change(&mut counts[tag.index()]);
        }
    }
}

fn with_tag(tag: Tag, around: &[(Tag, Span)]) -> impl Iterator<Item = Span> {
    around.iter().filter(move |(it, _)| *it == tag).map(|(_, span)| *span)
}

/// Bytes in a bin.
fn bin_width(length: usize) -> usize {
    length.div_ceil(OVERVIEW_BINS).max(1)
}

#[expect(clippy::cast_precision_loss, reason = "a share is shown in whole percent")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Bytes of `span` that none of `others`, ordered by start, covers.
fn uncovered(span: Span, others: impl Iterator<Item = Span>) -> usize {
    let mut free = 0;
    let mut at = span.start();
    for other in others {
        free += other.start().min(span.end()).saturating_sub(at);
        at = at.max(other.end());
    }
    free + span.end().saturating_sub(at)
}

/// Bytes under at least one of the spans, ordered by start.
fn covered(spans: impl Iterator<Item = Span>) -> usize {
    let (mut covered, mut at) = (0, 0);
    for span in spans {
        covered += span.end().saturating_sub(span.start().max(at));
        at = at.max(span.end());
    }
    covered
}
