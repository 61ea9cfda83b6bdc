//! The annotations of one article in text order, and which of them overlap a passage.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    ops::Bound::{Excluded, Unbounded},
    rc::Rc,
};

use super::{
    interned::TagId,
    overview::Overview,
    record::{Annotation, AnnotationId},
    tally::Tally,
};
use crate::text::{Span, order};

/// Sort key for text order: by start, then the longer first, so that enclosing annotations come first, then by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    start: usize,
    end: Reverse<usize>,
    id: AnnotationId,
}

impl Place {
    fn of(id: AnnotationId, span: Span) -> Self {
        Self { start: span.start(), end: Reverse(span.end()), id }
    }

    /// Sorts before everything that starts at `start` or later.
    fn before(start: usize) -> Self {
        Self { start, end: Reverse(usize::MAX), id: AnnotationId::FIRST }
    }
}

/// An annotation with its id.
pub type Entry = (AnnotationId, Rc<Annotation>);

/// Annotations to insert or replace, and to remove where there is `None`.
pub type Changes = Vec<(AnnotationId, Option<Rc<Annotation>>)>;

/// The annotations of one article.
///
/// They are kept in buckets by the power of two of their length. Annotations in one bucket have a maximum length, so
/// those that overlap a passage start at most that far before it. A query searches each of some twenty buckets, however
/// many annotations are elsewhere. An edit costs at most two such queries, for the overview. A single sorted list would
/// have to be scanned from its start, since one annotation may span the whole article.
#[derive(Clone, Debug)]
pub struct AnnotationSet {
    by_id: HashMap<AnnotationId, Rc<Annotation>>,
    buckets: Vec<BTreeMap<Place, Rc<Annotation>>>,
    counts: Tally,
    overview: Overview,
}

impl AnnotationSet {
    /// An empty set for an article of `length` bytes.
    pub fn new(length: usize) -> Self {
        Self {
            by_id: HashMap::new(),
            buckets: Vec::new(),
            counts: Tally::default(),
            overview: Overview::new(length),
        }
    }

    /// The annotation with this id.
    pub fn get(&self, id: AnnotationId) -> Option<&Rc<Annotation>> {
        self.by_id.get(&id)
    }

    /// Number of annotations.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// True if there are no annotations.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Number of annotations with `tag`.
    pub fn count(&self, tag: TagId) -> usize {
        self.counts.get(tag)
    }

    /// How much of the article is tagged, and where.
    pub fn overview(&self) -> &Overview {
        &self.overview
    }

    /// Inserts an annotation, or replaces the one with its id.
    pub fn insert(&mut self, id: AnnotationId, annotation: Rc<Annotation>) {
        self.remove(id);
        let (tag, span) = (annotation.tag, annotation.span);
        self.overview.add(tag, span, &self.tagged_around(span));
        self.add(id, annotation);
    }

    /// Removes an annotation.
    pub fn remove(&mut self, id: AnnotationId) -> Option<Rc<Annotation>> {
        let annotation = self.take(id)?;
        let (tag, span) = (annotation.tag, annotation.span);
        self.overview.remove(tag, span, &self.tagged_around(span));
        Some(annotation)
    }

    /// Applies the changes in order.
    ///
    /// Recomputes the overview once for many changes. One by one, thousands of overlapping annotations would each be
    /// compared with all others.
    pub fn apply(&mut self, changes: Changes) {
        const FEW: usize = 8;
        if changes.len() <= FEW {
            for (id, annotation) in changes {
                match annotation {
                    Some(annotation) => self.insert(id, annotation),
                    None => _ = self.remove(id),
                }
            }
            return;
        }
        // Sorting everything is faster than looking up each position once the changes are a good part of all.
        let all = if changes.len() >= self.len() / 4 {
            for (id, annotation) in changes {
                match annotation {
                    Some(annotation) => _ = self.by_id.insert(id, annotation),
                    None => _ = self.by_id.remove(&id),
                }
            }
            self.rebuild_buckets()
        } else {
            for (id, annotation) in changes {
                self.take(id);
                if let Some(annotation) = annotation {
                    self.add(id, annotation);
                }
            }
            self.spans()
        };
        self.overview.recompute(&all);
    }

    /// Rebuilds the buckets and counts from `by_id`. Returns all annotations by start.
    fn rebuild_buckets(&mut self) -> Vec<(TagId, Span)> {
        let mut all: Vec<_> =
            self.by_id.iter().map(|(id, it)| (Place::of(*id, it.span), Rc::clone(it))).collect();
        order::sort_by_key(&mut all, |(place, _)| *place);
        self.counts = Tally::default();
        self.buckets.clear();
        let mut spans = Vec::with_capacity(all.len());
        for (place, annotation) in all {
            self.counts.add(annotation.tag, 1);
            spans.push((annotation.tag, annotation.span));
            self.add_to_bucket(place, annotation);
        }
        spans
    }

    /// All annotations, by start.
    fn spans(&self) -> Vec<(TagId, Span)> {
        let mut all: Vec<(TagId, Span)> = Vec::with_capacity(self.len());
        all.extend(self.buckets.iter().flatten().map(|(_, it)| (it.tag, it.span)));
        order::sort_by_key(&mut all, |(_, it)| it.start());
        all
    }

    /// Inserts a new annotation without updating the overview.
    fn add(&mut self, id: AnnotationId, annotation: Rc<Annotation>) {
        let (tag, span) = (annotation.tag, annotation.span);
        self.counts.add(tag, 1);
        self.by_id.insert(id, Rc::clone(&annotation));
        self.add_to_bucket(Place::of(id, span), annotation);
    }

    fn add_to_bucket(&mut self, place: Place, annotation: Rc<Annotation>) {
        let on = bucket_of(annotation.span);
        if self.buckets.len() <= on {
            self.buckets.resize_with(on + 1, BTreeMap::new);
        }
        self.buckets[on].insert(place, annotation);
    }

    /// Removes an annotation without updating the overview.
    fn take(&mut self, id: AnnotationId) -> Option<Rc<Annotation>> {
        let annotation = self.by_id.remove(&id)?;
        let (tag, span) = (annotation.tag, annotation.span);
        if let Some(bucket) = self.buckets.get_mut(bucket_of(span)) {
            bucket.remove(&Place::of(id, span));
        }
        self.counts.subtract(tag, 1);
        Some(annotation)
    }

    /// The annotations that share a character with `window`, in text order.
    pub fn overlapping(&self, window: Span) -> Vec<Entry> {
        let mut found: Vec<(Place, Rc<Annotation>)> = self
            .buckets
            .iter()
            .enumerate()
            .flat_map(|(bucket, entries)| {
                let from = Place::before((window.start() + 1).saturating_sub(max_length(bucket)));
                entries.range(from..Place::before(window.end()))
            })
            .filter(|(place, _)| place.end.0 > window.start())
            .map(|(place, annotation)| (*place, Rc::clone(annotation)))
            .collect();
        order::sort_by_key(&mut found, |(place, _)| *place);
        found.into_iter().map(|(place, annotation)| (place.id, annotation)).collect()
    }

    /// All annotations, in text order.
    pub fn in_order(&self) -> Vec<Entry> {
        // Each bucket is sorted.
        let in_buckets = self.buckets.iter().flatten().map(|(place, it)| (place.id, Rc::clone(it)));
        let mut all: Vec<Entry> = Vec::with_capacity(self.len());
        all.extend(in_buckets);
        order::sort_by_key(&mut all, |(id, it)| Place::of(*id, it.span));
        all
    }

    /// The first `count` annotations in text order. The cost does not depend on the rest.
    pub fn first(&self, count: usize) -> Vec<Entry> {
        let mut buckets: Vec<_> = self.buckets.iter().map(|bucket| bucket.iter().peekable()).collect();
        let mut first = Vec::new();
        while first.len() < count {
            let heads = buckets.iter_mut().enumerate();
            let least = heads.filter_map(|(at, bucket)| Some((*bucket.peek()?.0, at))).min();
            let Some((place, it)) = least.and_then(|(_, at)| buckets[at].next()) else { break };
            first.push((place.id, Rc::clone(it)));
        }
        first
    }

    /// The next annotation after `id` in text order whose tag is `wanted`.
    pub fn next(&self, id: AnnotationId, wanted: impl Fn(TagId) -> bool) -> Option<AnnotationId> {
        let at = Place::of(id, self.get(id)?.span);
        self.buckets
            .iter()
            .filter_map(|bucket| bucket.range((Excluded(at), Unbounded)).find(|(_, it)| wanted(it.tag)))
            .map(|(place, _)| *place)
            .min()
            .map(|place| place.id)
    }

    /// The previous annotation before `id` in text order whose tag is `wanted`.
    pub fn previous(&self, id: AnnotationId, wanted: impl Fn(TagId) -> bool) -> Option<AnnotationId> {
        let at = Place::of(id, self.get(id)?.span);
        self.buckets
            .iter()
            .filter_map(|bucket| bucket.range(..at).rev().find(|(_, it)| wanted(it.tag)))
            .map(|(place, _)| *place)
            .max()
            .map(|place| place.id)
    }

    /// The first annotation at or after byte `start` whose tag is `wanted`.
    pub fn first_from(&self, start: usize, wanted: impl Fn(TagId) -> bool) -> Option<AnnotationId> {
        self.buckets
            .iter()
            .filter_map(|bucket| bucket.range(Place::before(start)..).find(|(_, it)| wanted(it.tag)))
            .map(|(place, _)| *place)
            .min()
            .map(|place| place.id)
    }

    /// The annotations that overlap an edit, as the overview needs them.
    fn tagged_around(&self, span: Span) -> Vec<(TagId, Span)> {
        self.overlapping(span).into_iter().map(|(_, it)| (it.tag, it.span)).collect()
    }
}

/// The bucket of a span: the binary logarithm of its length, rounded down.
fn bucket_of(span: Span) -> usize {
    span.len().ilog2() as usize
}

/// The length of the longest possible span in a bucket.
fn max_length(bucket: usize) -> usize {
    usize::MAX >> (usize::BITS as usize - 1 - bucket)
}
