//! A tag as a file has it, and which tag here it is.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use crate::annotation::{Attribute, Codebook, Hue, LineStyle, Tag, TagId, appearance};

/// A tag of a file, whatever its format. What the format cannot hold is empty or `None`, and says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileTag {
    /// Its id, if the file has ids.
    pub id: Option<TagId>,
    /// Its name; not empty.
    pub name: Rc<str>,
    /// The index in the file of the tag that it is under. There are no circles.
    pub parent: Option<usize>,
    /// What belongs under it.
    pub definition: Rc<str>,
    /// Passages that belong under it.
    pub examples: Vec<Rc<str>>,
    /// Passages that could seem to belong under it and do not.
    pub counterexamples: Vec<Rc<str>>,
    /// Its colour.
    pub hue: Option<Hue>,
    /// Its line style.
    pub line: Option<LineStyle>,
    /// Its key.
    pub key: Option<char>,
    /// Its attributes.
    pub attributes: Vec<Rc<Attribute>>,
    /// Whether it is retired.
    pub retired: Option<bool>,
}

impl FileTag {
    /// A tag of which only the name is known.
    pub fn named(name: &str) -> Self {
        Self {
            id: None,
            name: name.into(),
            parent: None,
            definition: "".into(),
            examples: Vec::new(),
            counterexamples: Vec::new(),
            hue: None,
            line: None,
            key: None,
            attributes: Vec::new(),
            retired: None,
        }
    }

    /// The tag with what the file says. Its look is the first, and it has neither parent nor place.
    pub fn as_tag(&self, id: TagId) -> Tag {
        Tag {
            id,
            name: Rc::clone(&self.name),
            definition: Rc::clone(&self.definition),
            examples: self.examples.clone(),
            counterexamples: self.counterexamples.clone(),
            hue: self.hue.unwrap_or(appearance(0).0),
            line: self.line.unwrap_or(LineStyle::Solid),
            key: self.key,
            parent: None,
            place: 0,
            attributes: self.attributes.clone(),
            retired: self.retired.unwrap_or_default(),
            removed: false,
        }
    }

    /// The tags of a codebook that were not removed, as a file can have them.
    pub fn all_of(codebook: &Codebook) -> Vec<Self> {
        let listed: Vec<&Rc<Tag>> = codebook.tags().iter().filter(|it| !it.removed).collect();
        let places: HashMap<TagId, usize> = listed.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
        let parent = |it: &Tag| codebook.parent_of(it.id).and_then(|it| places.get(&it.id).copied());
        listed
            .into_iter()
            .map(|it| Self {
                id: Some(it.id),
                name: Rc::clone(&it.name),
                parent: parent(it),
                definition: Rc::clone(&it.definition),
                examples: it.examples.clone(),
                counterexamples: it.counterexamples.clone(),
                hue: Some(it.hue),
                line: Some(it.line),
                key: it.key,
                attributes: it.attributes.clone(),
                retired: Some(it.retired),
            })
            .collect()
    }
}

/// What is to become of a tag of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagFate {
    /// It is added, beside the others.
    Add,
    /// It is the same as this tag here, which gets what the file has.
    Same(TagId),
    /// It is left out.
    Skip,
}

impl TagFate {
    /// The tag here that it is the same as.
    pub fn target(self) -> Option<TagId> {
        match self {
            Self::Same(id) => Some(id),
            Self::Add | Self::Skip => None,
        }
    }

    /// Which tag here each tag of a file seems to be: the one with its id, or else with its path, or else with its name, if
    /// no other has that, here or in the file. Case does not matter. Other tags are new.
    pub fn suggested(codebook: &Codebook, tags: &[FileTag]) -> Vec<Self> {
        let here: Vec<&Rc<Tag>> = codebook.tags().iter().filter(|it| !it.removed).collect();
        let paths = first_of(here.iter().map(|it| (path_here(codebook, it), it.id)));
        let names = counted(here.iter().map(|it| (it.name.to_lowercase(), it.id)));
        let file_names = counted(tags.iter().enumerate().map(|(at, it)| (it.name.to_lowercase(), at)));
        let by_id = |it: &FileTag| it.id.filter(|it| codebook.tag(*it).is_some_and(|it| !it.removed));
        let mut found: Vec<Option<TagId>> = tags.iter().map(by_id).collect();
        let mut taken: HashSet<TagId> = found.iter().flatten().copied().collect();
        let mut assign = |found: &mut Vec<Option<TagId>>, at: usize, id: Option<TagId>| {
            if let Some(id) = id.filter(|it| found[at].is_none() && !taken.contains(it)) {
                found[at] = Some(id);
                taken.insert(id);
            }
        };
        for at in 0..tags.len() {
            let path = path_there(tags, at);
            assign(&mut found, at, paths.get(&path).copied());
        }
        for (at, tag) in tags.iter().enumerate() {
            let name = tag.name.to_lowercase();
            let is_only = file_names.get(&name).is_some_and(|it| it.1 == 1);
            let here = names.get(&name).filter(|it| is_only && it.1 == 1).map(|it| it.0);
            assign(&mut found, at, here);
        }
        found.into_iter().map(|it| it.map_or(Self::Add, Self::Same)).collect()
    }
}

/// Names in lower case, from the top.
type Path = Vec<String>;

fn path_here(codebook: &Codebook, tag: &Tag) -> Path {
    codebook.path_of(tag.id).into_iter().map(str::to_lowercase).collect()
}

fn path_there(tags: &[FileTag], at: usize) -> Path {
    let above = std::iter::successors(tags.get(at), |it| tags.get(it.parent?)).take(tags.len());
    let mut names: Path = above.map(|it| it.name.to_lowercase()).collect();
    names.reverse();
    names
}

/// The first value of each key.
fn first_of<V>(entries: impl Iterator<Item = (Path, V)>) -> HashMap<Path, V> {
    let mut all = HashMap::new();
    for (key, value) in entries {
        all.entry(key).or_insert(value);
    }
    all
}

/// The first value of each name, and how many have it.
fn counted<V>(entries: impl Iterator<Item = (String, V)>) -> HashMap<String, (V, usize)> {
    let mut all: HashMap<String, (V, usize)> = HashMap::new();
    for (key, value) in entries {
        all.entry(key).or_insert((value, 0)).1 += 1;
    }
    all
}
