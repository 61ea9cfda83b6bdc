//! The annotations of an article as numbered notes behind its text. Knows neither paper nor page.

use std::rc::Rc;

use super::{
    codebook::Codebook,
    interned::TagId,
    record::{Annotation, AnnotationId},
    set::AnnotationSet,
    tag::Tag,
};
use crate::text::{SortedSet, order};

/// An annotation as a numbered note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endnote {
    /// Counts from 1.
    pub number: usize,
    /// Which annotation.
    pub id: AnnotationId,
    /// The annotation.
    pub annotation: Rc<Annotation>,
}

/// What stands in the text where one or more annotations end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The annotations that end here.
    pub ids: Vec<AnnotationId>,
    /// Their numbers, such as `3` or `3, 4`.
    pub label: String,
}

/// The annotations whose tags `is_shown` as numbered notes.
///
/// A number stands in the text where its annotation ends. So the notes are counted by where annotations end, and a reader
/// meets the numbers in their order, however annotations overlap.
pub fn endnotes(annotations: &AnnotationSet, is_shown: impl Fn(TagId) -> bool) -> Vec<Endnote> {
    let mut shown = annotations.in_order();
    shown.retain(|(_, it)| is_shown(it.tag));
    order::sort_by_key(&mut shown, |(_, it)| it.span.end());
    (1..).zip(shown).map(|(number, (id, annotation))| Endnote { number, id, annotation }).collect()
}

/// What stands in the text for the notes, in its order: one reference for all annotations that end in the same place.
pub fn references(notes: &[Endnote]) -> Vec<Reference> {
    let together = notes.chunk_by(|one, other| one.annotation.span.end() == other.annotation.span.end());
    together
        .map(|notes| {
            let numbers: Vec<String> = notes.iter().map(|it| it.number.to_string()).collect();
            Reference { ids: notes.iter().map(|it| it.id).collect(), label: numbers.join(", ") }
        })
        .collect()
}

/// The tags that the notes have, in the codebook's order.
pub fn tags_of<'a>(notes: &[Endnote], codebook: &'a Codebook) -> impl Iterator<Item = &'a Rc<Tag>> {
    let used: SortedSet<TagId> = notes.iter().map(|it| it.annotation.tag).collect();
    codebook.tags().iter().filter(move |it| used.contains(&it.id))
}
