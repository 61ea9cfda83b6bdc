//! The codebook: the tags that annotators can give.

use std::rc::Rc;

use super::{
    interned::TagId,
    merge::Records,
    tag::{Attribute, Tag},
    tag_record::TagRecord,
    tag_tree,
};
use crate::text::SortedMap;

/// The tags in order, and what helps to decide between them.
///
/// Children follow their parents, and siblings are in the order of their places. Cheap to clone: the clones share the
/// tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codebook(Rc<Content>);

#[derive(Debug, PartialEq, Eq)]
struct Content {
    tags: Vec<Rc<Tag>>,
    /// For each tag, the index of the parent that it has in the tree.
    parents: Vec<Option<usize>>,
    places: SortedMap<&'static str, usize>,
    borderline_cases: Vec<Rc<str>>,
}

impl Codebook {
    /// A codebook of tags with distinct ids.
    pub fn new(tags: Vec<Tag>, borderline_cases: Vec<Rc<str>>) -> Self {
        Self::of(tags.into_iter().map(Rc::new).collect(), borderline_cases)
    }

    fn of(tags: Vec<Rc<Tag>>, borderline_cases: Vec<Rc<str>>) -> Self {
        let (tags, parents): (Vec<_>, Vec<_>) = tag_tree::in_order(tags).into_iter().unzip();
        let places = tags.iter().enumerate().map(|(place, it)| (it.id.as_str(), place)).collect();
        Self(Rc::new(Content { tags, parents, places, borderline_cases }))
    }

    /// These tags with the contents of records, and the other tags of records.
    pub(crate) fn overlaid(&self, records: &Records<TagRecord>) -> Self {
        let without = self.tags().iter().filter(|it| records.get(it.id).is_none()).cloned();
        let tags: Vec<_> = without.chain(records.iter().filter_map(|it| it.content.clone())).collect();
        // The cases are about these tags, so they go with the last of them.
        let is_here = |it: &Rc<Tag>| !it.removed && self.tag(it.id).is_some();
        let cases = if tags.iter().any(is_here) { self.0.borderline_cases.clone() } else { Vec::new() };
        Self::of(tags, cases)
    }

    /// This codebook with some more tags.
    #[must_use]
    pub fn with(&self, more: &[Rc<Tag>]) -> Self {
        let all = self.tags().iter().filter(|it| more.iter().all(|other| other.id != it.id)).chain(more);
        Self::of(all.cloned().collect(), self.0.borderline_cases.clone())
    }

    /// Every tag, in order, also those that are not offered any more.
    pub fn tags(&self) -> &[Rc<Tag>] {
        &self.0.tags
    }

    /// The tags that annotators can give, in order.
    pub fn offered(&self) -> impl Iterator<Item = &Rc<Tag>> {
        self.tags().iter().filter(|it| it.is_offered())
    }

    /// The tag with this id.
    pub fn tag(&self, id: TagId) -> Option<&Rc<Tag>> {
        self.find(id.as_str())
    }

    /// The tag with this id, which may come from a file and is not interned.
    pub fn find(&self, id: &str) -> Option<&Rc<Tag>> {
        self.0.tags.get(self.place(id)?)
    }

    /// The index of a tag in the order.
    pub fn index_of(&self, id: TagId) -> Option<usize> {
        self.place(id.as_str())
    }

    fn place(&self, id: &str) -> Option<usize> {
        self.0.places.get(&id).copied()
    }

    /// The tag under which this one is listed. Differs from [`Tag::parent`] if that is missing or removed, or if tags
    /// are each other's parents.
    pub fn parent_of(&self, id: TagId) -> Option<&Rc<Tag>> {
        let parent = self.0.parents[self.index_of(id)?]?;
        self.0.tags.get(parent)
    }

    /// The tags that are listed under `parent`, or under none, in order.
    pub fn children_of(&self, parent: Option<TagId>) -> impl Iterator<Item = &Rc<Tag>> {
        self.tags().iter().filter(move |it| self.parent_of(it.id).map(|it| it.id) == parent)
    }

    /// True if `id` is `ancestor`, or is listed under it at any depth.
    pub fn is_within(&self, id: TagId, ancestor: TagId) -> bool {
        let mut at = Some(id);
        while let Some(id) = at.filter(|it| *it != ancestor) {
            at = self.parent_of(id).map(|it| it.id);
        }
        at.is_some()
    }

    /// The names of the tags that a tag is listed under, the outermost first, and its own.
    pub fn path_of(&self, id: TagId) -> Vec<&str> {
        let ids = std::iter::successors(Some(id), |it| self.parent_of(*it).map(|it| it.id));
        let mut names: Vec<&str> = ids.map(|it| self.name_of(it)).collect();
        names.reverse();
        names
    }

    /// The name of a tag. Of a tag that it does not have, only the id is known.
    pub fn name_of(&self, id: TagId) -> &str {
        self.tag(id).map_or(id.as_str(), |it| &it.name)
    }

    /// The attribute with this id, of whichever tag. The id may come from a file and is not interned.
    pub fn find_attribute(&self, id: &str) -> Option<&Rc<Attribute>> {
        self.tags().iter().find_map(|it| it.attribute(id))
    }

    /// How to decide between two tags, each with an example.
    pub fn borderline_cases(&self) -> &[Rc<str>] {
        &self.0.borderline_cases
    }
}

#[cfg(test)]
mod tests {
    use super::{Codebook, TagId};

    #[test]
    fn every_tag_and_attribute_is_found_by_its_id() {
        let codebook = Codebook::default();
        assert!(codebook.tags().len() > 1);
        for (place, tag) in codebook.tags().iter().enumerate() {
            assert_eq!(codebook.index_of(tag.id), Some(place));
            assert_eq!(codebook.tag(tag.id), Some(tag));
            assert_eq!(codebook.find(tag.id.as_str()), Some(tag));
            assert_eq!(codebook.name_of(tag.id), &*tag.name);
            for attribute in &tag.attributes {
                assert_eq!(codebook.find_attribute(attribute.id.as_str()), Some(attribute));
                assert_eq!(tag.attribute(attribute.id.as_str()), Some(attribute));
            }
        }
    }

    #[test]
    fn what_a_codebook_lacks_is_not_found() {
        let codebook = Codebook::default();
        let other = TagId::new("no-such-tag");
        assert_eq!((codebook.tag(other), codebook.index_of(other)), (None, None));
        assert_eq!((codebook.find(""), codebook.find_attribute("no-such-attribute")), (None, None));
        assert_eq!(codebook.name_of(other), "no-such-tag");
        let empty = Codebook::new(Vec::new(), Vec::new());
        assert_eq!((empty.tags().len(), empty.find("proposal")), (0, None));
    }

    #[test]
    fn a_clone_is_equal_and_other_tags_are_not() {
        let codebook = Codebook::default();
        assert_eq!((codebook.clone(), Codebook::default()), (codebook.clone(), codebook.clone()));
        assert_ne!(codebook, Codebook::new(Vec::new(), Vec::new()));
    }
}
