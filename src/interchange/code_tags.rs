//! Tags as codes of other programs, and codes as tags.

use std::{collections::HashMap, rc::Rc};

use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid, Variant, Version};

use super::code_tree::{Code, CodeTree, Rgb};
use crate::{
    annotation::{Codebook, Hue, TagId},
    session::FileTag,
};

/// What the hash of a tag's GUID begins with, so that no other use of the hash gives the same.
const DERIVED: &str = "glossator-tag";

/// The beginning of the ids of tags that people made, before a UUID.
const MADE: &str = "tag-";

/// The name of a tag of a code that has none.
const UNNAMED: &str = "Unnamed";

/// The colour of a hue in files: that of the light theme.
pub fn color_of_hue(hue: Hue) -> Rgb {
    match hue {
        Hue::Blue => [0x0b, 0x62, 0xa4],
        Hue::Amber => [0x8a, 0x50, 0x00],
        Hue::Plum => [0x7d, 0x3a, 0x86],
        Hue::Red => [0xc0, 0x24, 0x32],
        Hue::Olive => [0x47, 0x4a, 0x01],
        Hue::Teal => [0x00, 0x57, 0x64],
        Hue::Green => [0x23, 0x6d, 0x2f],
        Hue::Indigo => [0x2d, 0x20, 0x96],
        Hue::Rose => [0xb2, 0x0d, 0x65],
        Hue::Violet => [0x7c, 0x44, 0xd5],
        Hue::Brown => [0x61, 0x20, 0x07],
        Hue::Slate => [0x58, 0x68, 0x7e],
    }
}

/// What a bright colour of another program is compared with, beside the colour in files.
fn bright_color_of_hue(hue: Hue) -> Rgb {
    match hue {
        Hue::Blue => [0x1e, 0x90, 0xff],
        Hue::Amber => [0xff, 0xb3, 0x00],
        Hue::Plum => [0xc0, 0x50, 0xd0],
        Hue::Red => [0xf4, 0x43, 0x36],
        Hue::Olive => [0xc0, 0xca, 0x33],
        Hue::Teal => [0x26, 0xc6, 0xda],
        Hue::Green => [0x4c, 0xaf, 0x50],
        Hue::Indigo => [0x3f, 0x51, 0xff],
        Hue::Rose => [0xff, 0x40, 0x81],
        Hue::Violet => [0x95, 0x75, 0xff],
        Hue::Brown => [0xa1, 0x5c, 0x2f],
        Hue::Slate => [0xa0, 0xa8, 0xb0],
    }
}

/// The hue that looks most like a colour.
pub fn hue_of_color(color: Rgb) -> Hue {
    let distance = |hue: Hue| {
        [color_of_hue(hue), bright_color_of_hue(hue)].map(|it| distance(color, it)).into_iter().min()
    };
    Hue::ALL.into_iter().min_by_key(|it| distance(*it)).unwrap_or(Hue::Slate)
}

/// How different two colours look, roughly: the eye sees differences of green best.
fn distance(one: Rgb, other: Rgb) -> u32 {
    let square = |at: usize| u32::from(one[at].abs_diff(other[at])).pow(2);
    3 * square(0) + 4 * square(1) + 2 * square(2)
}

/// The GUID of a tag. The same tag always has the same.
pub fn guid_of_tag(id: TagId) -> Uuid {
    let made = id.as_str().strip_prefix(MADE).filter(|it| it.len() == 36);
    made.and_then(|it| Uuid::try_parse(it).ok()).unwrap_or_else(|| {
        let hash = Sha256::new().chain_update(DERIVED).chain_update(id.as_str());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.finalize()[..16]);
        Builder::from_bytes(bytes).with_version(Version::Custom).with_variant(Variant::RFC4122).into_uuid()
    })
}

/// The tags of a codebook that were not removed, as codes.
pub fn codes_of(codebook: &Codebook) -> CodeTree {
    let tags = FileTag::all_of(codebook);
    let mut children: Vec<Vec<Code>> = vec![Vec::new(); tags.len()];
    let mut top = Vec::new();
    // Children come after their parents, so from the end each tag has all of its own.
    for (at, tag) in tags.iter().enumerate().rev() {
        let mut below = std::mem::take(&mut children[at]);
        below.reverse();
        let code = Code {
            guid: tag.id.map(guid_of_tag),
            name: tag.name.to_string(),
            description: tag.definition.to_string(),
            color: tag.hue.map(color_of_hue),
            codable: true,
            children: below,
        };
        match tag.parent {
            Some(parent) => children[parent].push(code),
            None => top.push(code),
        }
    }
    top.reverse();
    CodeTree { origin: None, codes: top, sets: Vec::new() }
}

/// The codes of a file as tags, and the number of those that are headings there, which nothing can be tagged with.
///
/// A code with the GUID of a tag of `codebook` is that tag.
pub fn tags_of_codes(tree: &CodeTree, codebook: &Codebook) -> (Vec<FileTag>, usize) {
    let known: HashMap<Uuid, TagId> = codebook.tags().iter().map(|it| (guid_of_tag(it.id), it.id)).collect();
    let made = |guid: Uuid| TagId::new(&[MADE, &guid.to_string()].concat());
    let (mut tags, mut headings) = (Vec::new(), 0);
    // The index of each open code.
    let mut open: Vec<usize> = Vec::new();
    for (level, code) in tree.walk() {
        open.truncate(level);
        headings += usize::from(!code.codable);
        tags.push(FileTag {
            id: code.guid.map(|it| known.get(&it).copied().unwrap_or_else(|| made(it))),
            name: name(&code.name),
            parent: open.last().copied(),
            definition: code.description.trim().into(),
            hue: code.color.map(hue_of_color),
            ..FileTag::named("")
        });
        open.push(tags.len() - 1);
    }
    (tags, headings)
}

/// A name on one line.
fn name(text: &str) -> Rc<str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() { UNNAMED.into() } else { words.join(" ").into() }
}

#[cfg(test)]
mod tests {
    use super::{color_of_hue, guid_of_tag, hue_of_color};
    use crate::annotation::{Hue, TagId};

    #[test]
    fn a_hue_is_found_by_its_colour() {
        assert!(Hue::ALL.into_iter().all(|it| hue_of_color(color_of_hue(it)) == it));
        let near = [
            ([0xff, 0x00, 0x00], Hue::Red),
            ([0x00, 0x00, 0xff], Hue::Indigo),
            ([0x00, 0x80, 0x00], Hue::Green),
            ([0x80, 0x80, 0x80], Hue::Slate),
            ([0xff, 0xa5, 0x00], Hue::Amber),
            ([0xff, 0x69, 0xb4], Hue::Rose),
        ];
        for (color, hue) in near {
            assert_eq!(hue_of_color(color), hue, "{color:?}");
        }
    }

    #[test]
    fn a_tag_that_a_person_made_has_its_own_guid() {
        let id = "019a0000-0000-7000-8000-000000000001";
        assert_eq!(guid_of_tag(TagId::new(&format!("tag-{id}"))).to_string(), id);
        assert_ne!(guid_of_tag(TagId::new("claim")), guid_of_tag(TagId::new("premise")));
        assert_eq!(guid_of_tag(TagId::new("claim")), guid_of_tag(TagId::new("claim")));
    }
}
