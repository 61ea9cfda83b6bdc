//! The tags of a session: those that it began with, and the records that were made since.

use std::rc::Rc;

use super::{
    codebook::Codebook,
    interned::TagId,
    merge::{MergeOutcome, Records},
    tag::Tag,
    tag_record::TagRecord,
};

/// The tags of a codebook, overlaid by records.
#[derive(Clone, Debug, Default)]
pub struct Tags {
    initial: Codebook,
    records: Records<TagRecord>,
    codebook: Codebook,
}

impl Tags {
    /// Only the tags of `initial`.
    pub fn new(initial: Codebook) -> Self {
        Self { codebook: initial.clone(), initial, records: Records::default() }
    }

    /// All tags in order, as of the last [`Tags::update_codebook`].
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// The records.
    pub fn records(&self) -> &Records<TagRecord> {
        &self.records
    }

    /// The present content of a tag, of its record or else initial; `None` if it has a tombstone or is not known.
    pub fn tag(&self, id: TagId) -> Option<&Rc<Tag>> {
        self.records.get(id).map_or_else(|| self.initial.tag(id), |it| it.content.as_ref())
    }

    /// Keeps the later of `record` and the present record with its id. Call [`Tags::update_codebook`] afterwards.
    pub fn merge(&mut self, record: TagRecord) -> MergeOutcome<TagRecord> {
        self.records.merge(record)
    }

    /// Makes the codebook from the records. Costs as much as there are tags, so call it once for many records.
    pub fn update_codebook(&mut self) {
        self.codebook = self.initial.overlaid(&self.records);
    }
}
