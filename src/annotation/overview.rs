//! How much of an article is tagged and where, updated with every edit.

use super::{interned::TagId, tally::Tally};
use crate::text::Span;

/// Maximum number of bins into which the overview ruler divides an article.
pub const OVERVIEW_BINS: usize = 160;

/// Totals over an article's annotations. Updating them costs the same however many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    length: usize,
    covered: usize,
    covered_by: Tally,
    /// For each bin, how many annotations of each tag touch it.
    bins: Vec<Tally>,
}

impl Overview {
    /// An overview of an article of `length` bytes without annotations.
    pub(super) fn new(length: usize) -> Self {
        let bins = if length == 0 { 0 } else { (length - 1) / bin_width(length) + 1 };
        Self { length, covered: 0, covered_by: Tally::default(), bins: vec![Tally::default(); bins] }
    }

    /// The share of the text's bytes under at least one annotation, from 0 to 1.
    pub fn share(&self) -> f64 {
        share(self.covered, self.length)
    }

    /// The share of the text's bytes under at least one annotation with `tag`, from 0 to 1.
    pub fn share_of(&self, tag: TagId) -> f64 {
        share(self.covered_by.get(tag), self.length)
    }

    /// For each bin, whether an annotation with `tag` touches it. Bins have equal length in bytes.
    pub fn bins_of(&self, tag: TagId) -> Vec<bool> {
        self.bins.iter().map(|it| it.get(tag) > 0).collect()
    }

    /// The byte at which a bin starts.
    pub fn bin_start(&self, index: usize) -> usize {
        (index * bin_width(self.length)).min(self.length)
    }

    /// Adds an annotation. `around` are the others that overlap it, in text order.
    pub(super) fn add(&mut self, tag: TagId, span: Span, around: &[(TagId, Span)]) {
        self.covered += uncovered(span, around.iter().map(|(_, it)| *it));
        self.covered_by.add(tag, uncovered(span, with_tag(tag, around)));
        self.each_bin(span, |bin| bin.add(tag, 1));
    }

    /// Removes an annotation. `around` are the others that overlap it, in text order.
    pub(super) fn remove(&mut self, tag: TagId, span: Span, around: &[(TagId, Span)]) {
        self.covered -= uncovered(span, around.iter().map(|(_, it)| *it));
        self.covered_by.subtract(tag, uncovered(span, with_tag(tag, around)));
        self.each_bin(span, |bin| bin.subtract(tag, 1));
    }

    /// Recomputes everything from `all` annotations, ordered by start.
    pub(super) fn recompute(&mut self, all: &[(TagId, Span)]) {
        *self = Self::new(self.length);
        self.covered = covered(all.iter().map(|(_, it)| *it));
        // For each tag, the end of the text that is known to be covered.
        let mut ends = Tally::default();
        for (tag, span) in all {
            let end = ends.get(*tag);
            let more = span.end().saturating_sub(span.start().max(end));
            self.covered_by.add(*tag, more);
            ends.add(*tag, span.end().saturating_sub(end));
            self.each_bin(*span, |bin| bin.add(*tag, 1));
        }
    }

    fn each_bin(&mut self, span: Span, change: impl Fn(&mut Tally)) {
        let width = bin_width(self.length);
        let touched = span.start() / width..=(span.end() - 1) / width;
        self.bins.get_mut(touched).into_iter().flatten().for_each(change);
    }
}

fn with_tag(tag: TagId, around: &[(TagId, Span)]) -> impl Iterator<Item = Span> {
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
