//! What becomes of the annotations with a tag that is merged into another or removed.

use std::rc::Rc;

use super::{edit::Edit, state::Session};
use crate::{
    annotation::{Annotation, AnnotationSet, AttributeId, Attributes, Entry, Tag, TagId},
    text::order,
};

/// What merging a tag into another would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergePreview {
    /// The number of annotations with the tag.
    pub annotations: usize,
    /// The attributes whose values go along, and how many annotations have one.
    pub kept: Vec<(Rc<str>, usize)>,
    /// The attributes whose values are added to the note, and how many annotations have one.
    pub noted: Vec<(Rc<str>, usize)>,
    /// The lines that the note of the first annotation gets, which has some to get.
    pub lines: Vec<String>,
}

impl Session {
    /// What merging the tag `from` into `into` would do, or `None` if that is not possible.
    pub fn preview_merge(&self, from: TagId, into: TagId) -> Option<MergePreview> {
        let codebook = self.codebook();
        let (from, into) = (codebook.tag(from)?, codebook.tag(into)?);
        if from.id == into.id || into.removed {
            return None;
        }
        let mut preview = MergePreview::default();
        for (_, it) in uses(self, from.id) {
            let (kept, rest) = divided(&it, from, into);
            preview.annotations += 1;
            for (id, _) in it.attributes.iter() {
                let name =
                    from.attribute(id.as_str()).map_or_else(|| id.as_str().into(), |it| Rc::clone(&it.name));
                let list = if kept.get(id).is_some() { &mut preview.kept } else { &mut preview.noted };
                match list.iter_mut().find(|it| it.0 == name) {
                    Some((_, number)) => *number += 1,
                    None => list.push((name, 1)),
                }
            }
            if preview.lines.is_empty() {
                preview.lines = rest;
            }
        }
        Some(preview)
    }

    /// How many annotations with a tag have a value of this attribute; if `choice` is given, only those that chose it.
    pub fn uses_of_attribute(&self, tag: TagId, attribute: AttributeId, choice: Option<&str>) -> usize {
        let is_chosen = |value: &str| choice.is_none_or(|it| value.split(' ').any(|value| value == it));
        let has = |it: &Annotation| it.attributes.get(attribute).is_some_and(|it| is_chosen(it));
        uses(self, tag).iter().filter(|(_, it)| has(it)).count()
    }
}

/// The annotations with a tag, also those on removed articles. Looks only into articles that have some.
fn uses(session: &Session, tag: TagId) -> Vec<Entry> {
    let library = session.library();
    let sets = library.iter().chain(library.removed()).filter_map(|it| session.all_annotations(it.id()));
    let entries = sets.filter(|it| it.count(tag) > 0).flat_map(AnnotationSet::in_order);
    entries.filter(|(_, it)| it.tag == tag).collect()
}

/// The edits that delete the annotations with a tag.
pub(super) fn deleted(session: &Session, tag: TagId) -> Vec<Edit> {
    uses(session, tag).into_iter().map(|(id, _)| Edit::Set { id, to: None }).collect()
}

/// The edits that give the annotations with a tag another one that is offered.
pub(super) fn retagged(session: &Session, from: TagId, into: TagId) -> Option<Vec<Edit>> {
    let into = session.codebook().tag(into)?;
    if from == into.id || !into.is_offered() {
        return None;
    }
    merged(session, from, into.id)
}

/// The edits that give the annotations with a tag another one, with their values as far as they fit. The others are
/// added to the note.
pub(super) fn merged(session: &Session, from: TagId, into: TagId) -> Option<Vec<Edit>> {
    let codebook = session.codebook();
    let (from, into) = (codebook.tag(from)?, codebook.tag(into)?);
    if from.id == into.id || into.removed {
        return None;
    }
    let edits = uses(session, from.id).into_iter().flat_map(|(id, it)| {
        let (attributes, rest) = divided(&it, from, into);
        let retag = Edit::Retag { id, tag: into.id, attributes };
        let note = (!rest.is_empty()).then(|| Edit::Note { id, note: with_lines(&it.note, &rest) });
        [retag].into_iter().chain(note)
    });
    Some(edits.collect())
}

/// The values that the tag `into` accepts, and the others as lines in the order of their attributes.
fn divided(annotation: &Annotation, from: &Tag, into: &Tag) -> (Attributes, Vec<String>) {
    let (mut kept, mut rest) = (Attributes::default(), Vec::new());
    for (id, value) in annotation.attributes.iter() {
        let there = into.attribute(id.as_str()).filter(|it| !it.removed);
        match there.and_then(|it| it.value(value)) {
            Some(value) => kept = kept.with(id, Some(value)),
            None => rest.push((from.attributes.iter().position(|it| it.id == id), id, value)),
        }
    }
    order::sort(&mut rest);
    let line = |(place, id, value): (Option<usize>, AttributeId, &Rc<str>)| match place {
        Some(place) => format!("{}: {}", from.attributes[place].name, from.attributes[place].shown(value)),
        None => format!("{}: {value}", id.as_str()),
    };
    (kept, rest.into_iter().map(line).collect())
}

fn with_lines(note: &str, lines: &[String]) -> Rc<str> {
    let between = if note.is_empty() { "" } else { "\n" };
    [note, between, &lines.join("\n")].concat().into()
}
