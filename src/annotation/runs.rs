//! Flattens overlapping annotations into runs of text under the same annotations.

use std::ops::Range;

use super::{interned::TagId, record::AnnotationId, set::Entry};
use crate::text::{Span, order};

/// An annotation over a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// The annotation.
    pub id: AnnotationId,
    /// Its tag.
    pub tag: TagId,
    /// The lane of its underline, counted downwards from the text. Layers of a run have distinct lanes.
    pub lane: usize,
}

/// The number of lanes for lines below the text. Where annotations lie deeper, stripes at the side of the text show them.
pub const LANES: usize = 6;

/// A piece of text that lies under the same annotations from start to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its bytes in the article.
    pub range: Range<usize>,
    /// The annotations over it, enclosing ones first; empty where nothing is tagged.
    pub layers: Vec<Layer>,
}

/// The runs of `window` under `entries`, which are in text order. Joined, the runs are the window.
///
/// An annotation keeps its lane through the whole window.
pub fn runs(window: Span, entries: &[Entry]) -> Vec<Run> {
    let inside: Vec<(Span, Layer)> =
        with_lanes(entries).filter_map(|(span, layer)| Some((span.intersection(window)?, layer))).collect();

    let mut cuts: Vec<usize> = inside.iter().flat_map(|(span, _)| [span.start(), span.end()]).collect();
    cuts.extend([window.start(), window.end()]);
    order::sort(&mut cuts);
    cuts.dedup();

    let mut waiting = inside.into_iter().peekable();
    let mut active: Vec<(Span, Layer)> = Vec::new();
    cuts.windows(2)
        .map(|cut| {
            active.retain(|(span, _)| span.end() > cut[0]);
            while let Some(next) = waiting.next_if(|(span, _)| span.start() <= cut[0]) {
                active.push(next);
            }
            Run { range: cut[0]..cut[1], layers: active.iter().map(|(_, layer)| *layer).collect() }
        })
        .collect()
}

/// How many lanes annotations take, which are in text order.
pub fn depth(entries: &[Entry]) -> usize {
    with_lanes(entries).map(|(_, layer)| layer.lane + 1).max().unwrap_or(0)
}

/// Gives each annotation the lowest free lane.
fn with_lanes(entries: &[Entry]) -> impl Iterator<Item = (Span, Layer)> {
    let mut lane_ends: Vec<usize> = Vec::new();
    entries.iter().map(move |(id, annotation)| {
        let span = annotation.span;
        let lane = lane_ends.iter().position(|&end| end <= span.start()).unwrap_or_else(|| {
            lane_ends.push(0);
            lane_ends.len() - 1
        });
        lane_ends[lane] = span.end();
        (span, Layer { id: *id, tag: annotation.tag, lane })
    })
}

/// The annotation to focus next among several in one place: the one after `focused`, or else the first.
pub fn cycle(here: &[AnnotationId], focused: Option<AnnotationId>) -> Option<AnnotationId> {
    let next = focused.and_then(|id| here.iter().position(|it| *it == id)).map_or(0, |at| at + 1);
    here.get(next).or(here.first()).copied()
}
