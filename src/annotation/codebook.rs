//! The codebook: the tags that annotators can give.

use std::rc::Rc;

use super::{
    interned::TagId,
    tag::{Attribute, Tag},
};
use crate::text::SortedMap;

/// The tags in order, and what helps to decide between them.
///
/// Cheap to clone: the clones share the tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codebook(Rc<Content>);

#[derive(Debug, PartialEq, Eq)]
struct Content {
    tags: Vec<Rc<Tag>>,
    places: SortedMap<&'static str, usize>,
    borderline_cases: Vec<Rc<str>>,
}

impl Codebook {
    /// A codebook of tags with distinct ids, in order.
    pub fn new(tags: Vec<Tag>, borderline_cases: Vec<Rc<str>>) -> Self {
        let places = tags.iter().enumerate().map(|(place, it)| (it.id.as_str(), place)).collect();
        let tags = tags.into_iter().map(Rc::new).collect();
        Self(Rc::new(Content { tags, places, borderline_cases }))
    }

    /// Every tag, in order.
    pub fn tags(&self) -> &[Rc<Tag>] {
        &self.0.tags
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
