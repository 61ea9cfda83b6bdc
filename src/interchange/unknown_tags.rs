//! The tags of an export that the codebook does not have.

use std::collections::HashMap;

use serde_json::{Map, Value, value::RawValue};

use super::{
    entry,
    fields::parse_all,
    stored_tag::{parse_hue, parse_line},
    tag_fields::{attribute, id_of_tag, list},
};
use crate::{annotation::TagId, session::FileTag};

/// The most such tags that are listed.
const LISTED: usize = 1_000;

/// A tag that annotations of a file have and the codebook does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownTag {
    /// The tag as the file describes it, or with its id as the name.
    pub tag: FileTag,
    /// The tag that it is under, which may be unknown too.
    pub parent: Option<TagId>,
    /// How many annotations of the file have it. They may have other problems.
    pub count: usize,
}

/// Collects such tags while a file is read.
#[derive(Default)]
pub(super) struct UnknownTags<'a> {
    /// The ids in the order in which they were first found, each with its number of annotations.
    found: Vec<(String, usize)>,
    places: HashMap<String, usize>,
    /// The list of tags in the file.
    codebook: Option<&'a RawValue>,
}

impl<'a> UnknownTags<'a> {
    /// Keeps the list of tags in the file.
    pub(super) fn describe(&mut self, codebook: &'a RawValue) {
        self.codebook = Some(codebook);
    }

    /// Counts an annotation with an unknown tag.
    pub(super) fn count(&mut self, id: &str) {
        if let Some(place) = self.places.get(id) {
            self.found[*place].1 += 1;
        } else if self.found.len() < LISTED {
            self.places.insert(id.to_owned(), self.found.len());
            self.found.push((id.to_owned(), 1));
        }
    }

    /// The tags, in the order of the file's codebook, and then those that it does not describe.
    pub(super) fn finish(self) -> Vec<UnknownTag> {
        if self.found.is_empty() {
            return Vec::new();
        }
        let described = self.codebook.and_then(|it| parse_all(it.get()).ok());
        let entries = described.as_ref().and_then(Value::as_array).into_iter().flatten();
        let mut entries: Vec<(&str, &Map<String, Value>)> = entries
            .filter_map(Value::as_object)
            .filter_map(|it| Some((it.get("tag")?.as_str()?, it)))
            .filter(|it| self.places.contains_key(it.0))
            .collect();
        let mut seen = std::collections::HashSet::new();
        entries.retain(|it| seen.insert(it.0));
        let count = |id: &str| self.places.get(id).map_or(0, |it| self.found[*it].1);
        let known = entries.iter().filter_map(|(id, fields)| tag(id, Some(fields), count(id)));
        let others = self.found.iter().filter(|it| !seen.contains(it.0.as_str()));
        known.chain(others.filter_map(|(id, count)| tag(id, None, *count))).collect()
    }
}

/// The tag with this id, as far as its description can be read.
fn tag(id: &str, fields: Option<&Map<String, Value>>, count: usize) -> Option<UnknownTag> {
    let mut tag = FileTag { id: Some(TagId::parse(id)?), ..FileTag::named(id) };
    let mut parent = None;
    if let Some(fields) = fields {
        if let Some(name) = entry::text(fields, "name").ok().filter(|it| !it.trim().is_empty()) {
            tag.name = name.into();
        }
        tag.definition = entry::text(fields, "definition").unwrap_or_default().into();
        (tag.hue, tag.line) = (parse_hue(fields).ok(), parse_line(fields).ok());
        for value in list(fields, "attributes").unwrap_or_default() {
            let Ok(attribute) = attribute(value) else { continue };
            if tag.attributes.iter().all(|it| it.id != attribute.id) {
                tag.attributes.push(attribute);
            }
        }
        parent = id_of_tag(fields, "parent").ok();
    }
    Some(UnknownTag { tag, parent, count })
}
