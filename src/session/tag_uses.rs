//! What becomes of the annotations with a tag that is merged into another or removed.

use std::rc::Rc;

use super::{edit::Edit, state::Session};
use crate::{
    annotation::{Annotation, AnnotationSet, AttributeId, Attributes, Entry, Tag, TagId},
    text::order,
};

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
