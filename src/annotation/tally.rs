//! Numbers by tag.

use super::interned::TagId;

/// A number for each tag; zero for tags without an entry. Entries are few, sorted by tag, and never zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally(Vec<(TagId, usize)>);

impl Tally {
    /// The number of a tag.
    pub(super) fn get(&self, tag: TagId) -> usize {
        self.position(tag).map_or(0, |at| self.0[at].1)
    }

    /// Adds to the number of a tag.
    pub(super) fn add(&mut self, tag: TagId, more: usize) {
        match self.position(tag) {
            Ok(at) => self.0[at].1 += more,
            Err(at) if more > 0 => self.0.insert(at, (tag, more)),
            Err(_) => {}
        }
    }

    /// Subtracts from the number of a tag.
    pub(super) fn subtract(&mut self, tag: TagId, less: usize) {
        let Ok(at) = self.position(tag) else { return };
        self.0[at].1 = self.0[at].1.saturating_sub(less);
        if self.0[at].1 == 0 {
            self.0.remove(at);
        }
    }

    fn position(&self, tag: TagId) -> Result<usize, usize> {
        self.0.binary_search_by(|(it, _)| it.cmp(&tag))
    }
}
