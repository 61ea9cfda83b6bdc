//! The annotations of one article, in text order, and which of them overlap a passage.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    ops::Bound::{Excluded, Unbounded},
    rc::Rc,
};

use super::{
    codebook::Tag,
    overview::Overview,
    record::{Annotation, AnnotationId},
};
use crate::text::{Span, order};

/// Text order: by start; of those that start together the longer first, so that what encloses comes before what is
/// enclosed; then by id.
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

    /// Before everything that starts at `start` or later.
    fn before(start: usize) -> Self {
        Self { start, end: Reverse(usize::MAX), id: AnnotationId::FIRST }
    }
}

/// An annotation with its id.
pub type Entry = (AnnotationId, Rc<Annotation>);

/// Annotations to put in, and to take out where there is `None`.
pub type Changes = Vec<(AnnotationId, Option<Rc<Annotation>>)>;

/// The annotations of one article.
///
/// They stand on shelves by the power of two of their length. On one shelf nothing is longer than a known bound, so
/// what overlaps a passage starts at most that far before it: a query costs a search for each of some twenty
/// shelves and then a look at what lies there or ends less than its own length before, however many annotations
/// there are elsewhere. An edit costs two such queries at most, for the overview. A sorted list would have to look
/// at everything before the passage, since one annotation may span the whole article.
#[derive(Clone, Debug)]
pub struct AnnotationSet {
    by_id: HashMap<AnnotationId, Rc<Annotation>>,
    shelves: Vec<BTreeMap<Place, Rc<Annotation>>>,
    counts: [usize; Tag::ALL.len()],
    overview: Overview,
}

impl AnnotationSet {
    /// No annotations yet, on an article of `length` bytes.
    pub fn new(length: usize) -> Self {
        Self {
            by_id: HashMap::new(),
            shelves: Vec::new(),
            counts: [0; Tag::ALL.len()],
            overview: Overview::new(length),
        }
    }

    /// The annotation of this id.
    pub fn get(&self, id: AnnotationId) -> Option<&Rc<Annotation>> {
        self.by_id.get(&id)
    }

    /// How many annotations there are.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// How many carry `tag`.
    pub fn count(&self, tag: Tag) -> usize {
        self.counts[tag.index()]
    }

    /// How much of the article is tagged, and where.
    pub fn overview(&self) -> &Overview {
        &self.overview
    }

    /// Puts an annotation in, in the place of the one of its id.
    pub fn insert(&mut self, id: AnnotationId, annotation: Rc<Annotation>) {
        self.remove(id);
        let (tag, span) = (annotation.tag, annotation.span);
        self.overview.add(tag, span, &self.tagged_around(span));
        self.put(id, annotation);
    }

    /// Takes an annotation out.
    pub fn remove(&mut self, id: AnnotationId) -> Option<Rc<Annotation>> {
        let annotation = self.take(id)?;
        let (tag, span) = (annotation.tag, annotation.span);
        self.overview.remove(tag, span, &self.tagged_around(span));
        Some(annotation)
    }

    /// Makes the changes one after the other.
    ///
    /// Many at once are summed up in one look at everything there is: of a file with thousands in one place, each alone
    /// would be looked at with all that lie around it.
    pub fn change(&mut self, changes: Changes) {
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
        // To look for the place of each costs more than to put all in order, where they are a good part of all.
        let all = if changes.len() >= self.len() / 4 {
            for (id, annotation) in changes {
                match annotation {
                    Some(annotation) => _ = self.by_id.insert(id, annotation),
                    None => _ = self.by_id.remove(&id),
                }
            }
            self.fill_shelves()
        } else {
            for (id, annotation) in changes {
                self.take(id);
                if let Some(annotation) = annotation {
                    self.put(id, annotation);
                }
            }
            self.spans()
        };
        self.overview.sum_up(&all);
    }

    /// Puts on the shelves, which may have anything on them, what there is; gives it by start.
    fn fill_shelves(&mut self) -> Vec<(Tag, Span)> {
        let mut all: Vec<_> =
            self.by_id.iter().map(|(id, it)| (Place::of(*id, it.span), Rc::clone(it))).collect();
        order::sort_by_key(&mut all, |(place, _)| *place);
        self.counts = [0; Tag::ALL.len()];
        self.shelves.clear();
        let mut spans = Vec::with_capacity(all.len());
        for (place, annotation) in all {
            self.counts[annotation.tag.index()] += 1;
            spans.push((annotation.tag, annotation.span));
            self.shelve(place, annotation);
        }
        spans
    }

    /// All that is on the shelves, by start.
    fn spans(&self) -> Vec<(Tag, Span)> {
        let mut all: Vec<(Tag, Span)> = Vec::with_capacity(self.len());
        all.extend(self.shelves.iter().flatten().map(|(_, it)| (it.tag, it.span)));
        order::sort_by_key(&mut all, |(_, it)| it.start());
        all
    }

    /// Puts in without the overview what is not there.
    fn put(&mut self, id: AnnotationId, annotation: Rc<Annotation>) {
        let (tag, span) = (annotation.tag, annotation.span);
        self.counts[tag.index()] += 1;
        self.by_id.insert(id, Rc::clone(&annotation));
        self.shelve(Place::of(id, span), annotation);
    }

    fn shelve(&mut self, place: Place, annotation: Rc<Annotation>) {
        let on = shelf(annotation.span);
        if self.shelves.len() <= on {
            self.shelves.resize_with(on + 1, BTreeMap::new);
        }
        self.shelves[on].insert(place, annotation);
    }

    /// Takes out without the overview.
    fn take(&mut self, id: AnnotationId) -> Option<Rc<Annotation>> {
        let annotation = self.by_id.remove(&id)?;
        let (tag, span) = (annotation.tag, annotation.span);
        if let Some(shelf) = self.shelves.get_mut(shelf(span)) {
            shelf.remove(&Place::of(id, span));
        }
        self.counts[tag.index()] -= 1;
        Some(annotation)
    }

    /// Those that have a character in common with `window`, in text order.
    pub fn overlapping(&self, window: Span) -> Vec<Entry> {
        let mut found: Vec<(Place, Rc<Annotation>)> = self
            .shelves
            .iter()
            .enumerate()
            .flat_map(|(shelf, entries)| {
                let from = Place::before((window.start() + 1).saturating_sub(longest(shelf)));
                entries.range(from..Place::before(window.end()))
            })
            .filter(|(place, _)| place.end.0 > window.start())
            .map(|(place, annotation)| (*place, Rc::clone(annotation)))
            .collect();
        order::sort_by_key(&mut found, |(place, _)| *place);
        found.into_iter().map(|(place, annotation)| (place.id, annotation)).collect()
    }

    /// All of them, in text order.
    pub fn in_order(&self) -> Vec<Entry> {
        // Each shelf is in order.
        let on_shelves = self.shelves.iter().flatten().map(|(place, it)| (place.id, Rc::clone(it)));
        let mut all: Vec<Entry> = Vec::with_capacity(self.len());
        all.extend(on_shelves);
        order::sort_by_key(&mut all, |(id, it)| Place::of(*id, it.span));
        all
    }

    /// The first `count` of them in text order. Costs nothing of what is behind them.
    pub fn beginning(&self, count: usize) -> Vec<Entry> {
        let mut shelves: Vec<_> = self.shelves.iter().map(|shelf| shelf.iter().peekable()).collect();
        let mut first = Vec::new();
        while first.len() < count {
            let heads = shelves.iter_mut().enumerate();
            let least = heads.filter_map(|(at, shelf)| Some((*shelf.peek()?.0, at))).min();
            let Some((place, it)) = least.and_then(|(_, at)| shelves[at].next()) else { break };
            first.push((place.id, Rc::clone(it)));
        }
        first
    }

    /// The next in text order behind the annotation `id`, that `wanted` lets through.
    pub fn next(&self, id: AnnotationId, wanted: impl Fn(Tag) -> bool) -> Option<AnnotationId> {
        let at = Place::of(id, self.get(id)?.span);
        self.shelves
            .iter()
            .filter_map(|shelf| shelf.range((Excluded(at), Unbounded)).find(|(_, it)| wanted(it.tag)))
            .map(|(place, _)| *place)
            .min()
            .map(|place| place.id)
    }

    /// The one before the annotation `id` in text order, that `wanted` lets through.
    pub fn previous(&self, id: AnnotationId, wanted: impl Fn(Tag) -> bool) -> Option<AnnotationId> {
        let at = Place::of(id, self.get(id)?.span);
        self.shelves
            .iter()
            .filter_map(|shelf| shelf.range(..at).rev().find(|(_, it)| wanted(it.tag)))
            .map(|(place, _)| *place)
            .max()
            .map(|place| place.id)
    }

    /// The first that starts at the byte `start` or later, that `wanted` lets through.
    pub fn first_from(&self, start: usize, wanted: impl Fn(Tag) -> bool) -> Option<AnnotationId> {
        self.shelves
            .iter()
            .filter_map(|shelf| shelf.range(Place::before(start)..).find(|(_, it)| wanted(it.tag)))
            .map(|(place, _)| *place)
            .min()
            .map(|place| place.id)
    }

    /// What the overview has to know of an edit's surroundings.
    fn tagged_around(&self, span: Span) -> Vec<(Tag, Span)> {
        self.overlapping(span).into_iter().map(|(_, it)| (it.tag, it.span)).collect()
    }
}

/// The shelf of a span: the power of two that its length reaches.
fn shelf(span: Span) -> usize {
    span.len().ilog2() as usize
}

/// No span on `shelf` is longer than this.
fn longest(shelf: usize) -> usize {
    usize::MAX >> (usize::BITS as usize - 1 - shelf)
}
