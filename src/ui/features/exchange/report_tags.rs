//! The tags of an import: those that are added, and those that annotations have and the codebook does not.

use std::rc::Rc;

use web_sys::File;

use crate::{
    annotation::{Tag, TagId, TagRecord},
    interchange::UnknownTag,
    session::{FileTag, TagFate, TagOutcome},
    ui::{State, platform},
};

/// The tags of one import.
#[derive(Debug, Default, PartialEq)]
pub(super) struct ReportTags {
    /// The tags to add: those from backups, and those that a person chose.
    pub(super) records: Vec<TagRecord>,
    /// The tags of exports that the codebook does not have.
    pub(super) unknown: Vec<UnknownTag>,
    /// The files, which are read again once such tags are chosen.
    pub(super) files: Vec<File>,
}

impl ReportTags {
    /// Adds tags that the codebook does not have.
    pub(super) fn add_unknown(&mut self, more: Vec<UnknownTag>) {
        for new in more {
            match self.unknown.iter_mut().find(|it| it.tag.id == new.tag.id) {
                Some(it) => it.count += new.count,
                None => self.unknown.push(new),
            }
        }
    }

    /// The tags to add, as the page has them.
    pub(super) fn added(&self) -> Vec<Rc<Tag>> {
        self.records.iter().filter_map(|it| it.content.clone()).collect()
    }
}

/// Records of unknown tags, each with its id and a free name and place. Only the dialog uses it, so it is in the second
/// module.
pub(super) fn records_of(state: &State, chosen: &[&UnknownTag]) -> Vec<TagRecord> {
    let session = state.document.session();
    let tags: Vec<FileTag> = chosen.iter().map(|it| it.tag.clone()).collect();
    let plan = session.plan_import(&tags, &vec![TagFate::Add; tags.len()], false, platform::moment());
    let is_known = |id: &TagId| {
        session.codebook().tag(*id).is_some_and(|it| !it.removed)
            || chosen.iter().any(|it| it.tag.id == Some(*id))
    };
    let added = plan.tags.into_iter().zip(chosen).filter_map(|(planned, unknown)| match planned.outcome {
        TagOutcome::Added(tag) => {
            let parent = unknown.parent.filter(is_known);
            Some(Rc::new(Tag { parent, ..Tag::clone(&tag) }))
        }
        _ => None,
    });
    session.new_tag_records(&added.collect::<Vec<_>>(), platform::now())
}
