//! Which tag is selected, and the rows of the tree.

use std::{collections::HashMap, rc::Rc};

use crate::{
    annotation::{AnnotationSet, Codebook, Tag, TagId},
    ui::{State, features::document},
};

/// Which tag is selected, and what is done with it.
#[derive(Debug, Default)]
pub(crate) struct TagSelection {
    pub(super) selected: Option<TagId>,
    /// The tag that was just added, whose name is to be typed.
    pub(super) naming: Option<TagId>,
    /// True if the open dialog is to merge the tag, and not to remove it.
    pub(super) merges: bool,
}

/// A row of the tree.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) tag: Rc<Tag>,
    pub(super) parent: Option<TagId>,
    /// The number of tags that it is under, and itself.
    pub(super) level: usize,
    /// The position among its siblings, from 1.
    pub(super) place: usize,
    pub(super) siblings: usize,
    /// The number of annotations on all listed articles.
    pub(super) count: usize,
}

/// The tags that were not removed, in the order of the tree.
pub(super) fn shown(codebook: &Codebook) -> impl Iterator<Item = &Rc<Tag>> {
    codebook.tags().iter().filter(|it| !it.removed)
}

/// The tags under `parent`, or under none, that were not removed.
pub(super) fn children(codebook: &Codebook, parent: Option<TagId>) -> Vec<TagId> {
    codebook.children_of(parent).filter(|it| !it.removed).map(|it| it.id).collect()
}

/// The tag under which this one is listed.
pub(super) fn parent(codebook: &Codebook, id: TagId) -> Option<TagId> {
    codebook.parent_of(id).map(|it| it.id)
}

/// The rows of the tree.
pub(super) fn rows(state: &State) -> Vec<Row> {
    let codebook = document::codebook(state);
    let session = state.document.session();
    let sets: Vec<_> = session.library().iter().filter_map(|it| session.annotations(it.id())).collect();
    let mut families: HashMap<Option<TagId>, usize> = HashMap::new();
    let row = |tag: &Rc<Tag>| {
        let parent = parent(codebook, tag.id);
        let place = families.entry(parent).or_default();
        *place += 1;
        let count = sets.iter().map(|it| it.count(tag.id)).sum();
        Row { tag: Rc::clone(tag), parent, level: level(codebook, tag.id), place: *place, siblings: 0, count }
    };
    let mut rows: Vec<Row> = shown(codebook).map(row).collect();
    for row in &mut rows {
        row.siblings = families.get(&row.parent).copied().unwrap_or_default();
    }
    rows
}

fn level(codebook: &Codebook, id: TagId) -> usize {
    std::iter::successors(Some(id), |it| parent(codebook, *it)).count()
}

/// The selected tag, or the first one.
pub(super) fn selected(state: &State) -> Option<TagId> {
    let codebook = document::codebook(state);
    let is_shown = |id: &TagId| codebook.tag(*id).is_some_and(|it| !it.removed);
    state.codebook.selected.filter(is_shown).or_else(|| shown(codebook).next().map(|it| it.id))
}

/// The number of annotations with a tag, also of those on removed articles.
pub(super) fn uses(state: &State, tag: TagId) -> usize {
    let session = state.document.session();
    let articles = session.library().iter().chain(session.library().removed());
    let sets = articles.filter_map(|it| session.all_annotations(it.id()));
    sets.map(|it: &AnnotationSet| it.count(tag)).sum()
}

/// The name of a tag after those that it is under.
pub(super) fn path(codebook: &Codebook, id: TagId) -> String {
    let ids = std::iter::successors(Some(id), |it| parent(codebook, *it));
    let mut names: Vec<&str> = ids.map(|it| codebook.name_of(it)).collect();
    names.reverse();
    names.join(" › ")
}
