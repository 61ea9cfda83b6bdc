//! The changes that make a tag what a file says, without losing what is here.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use super::{file_tag::FileTag, tag_edit::TagChange};
use crate::annotation::{Attribute, AttributeKind, Choice, Codebook, Hue, LineStyle, Tag, TagId};

/// Something that stays as it is here, although the file has it differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Another tag beside it has this name.
    Name(Rc<str>),
    /// Another tag has this key.
    Key(char),
    /// The attribute with this name has another kind here, or another one has its name.
    Attribute(Rc<str>),
    /// It cannot be moved where the file has it, because that is under itself, or because a tag there has its name.
    Place,
}

/// What the other tags have: names, keys, places and looks.
pub(super) struct Surroundings {
    names: HashSet<(Option<TagId>, String)>,
    keys: HashMap<char, TagId>,
    places: HashMap<Option<TagId>, u32>,
    parents: HashMap<TagId, Option<TagId>>,
    looks: HashMap<(Hue, LineStyle), usize>,
    added: usize,
}

impl Surroundings {
    /// Those of a codebook without these tags.
    pub(super) fn new(codebook: &Codebook, removed: &[TagId]) -> Self {
        let mut it = Self {
            names: HashSet::new(),
            keys: HashMap::new(),
            places: HashMap::new(),
            parents: HashMap::new(),
            looks: HashMap::new(),
            added: 0,
        };
        let gone: HashSet<TagId> = removed.iter().copied().collect();
        for tag in codebook.tags().iter().filter(|it| !it.removed && !gone.contains(&it.id)) {
            let parent = codebook.parent_of(tag.id).map(|it| it.id).filter(|it| !gone.contains(it));
            it.put_under(tag, parent);
        }
        it.added = 0;
        it
    }

    /// Adds a tag, or one that was taken out.
    pub(super) fn put(&mut self, tag: &Tag) {
        self.put_under(tag, tag.parent);
    }

    fn put_under(&mut self, tag: &Tag, parent: Option<TagId>) {
        self.names.insert((parent, tag.name.to_lowercase()));
        if let Some(key) = tag.key.filter(|_| tag.is_offered()) {
            self.keys.entry(key).or_insert(tag.id);
        }
        let next = self.places.entry(parent).or_default();
        *next = (*next).max(tag.place.saturating_add(1));
        *self.looks.entry((tag.hue, tag.line)).or_default() += 1;
        if self.parents.insert(tag.id, parent).is_none() {
            self.added += 1;
        }
    }

    /// Takes a tag out that is to be changed.
    pub(super) fn take(&mut self, tag: &Tag) {
        let parent = self.parent(tag);
        self.names.remove(&(parent, tag.name.to_lowercase()));
        self.keys.retain(|_, it| *it != tag.id);
        if let Some(number) = self.looks.get_mut(&(tag.hue, tag.line)) {
            *number = number.saturating_sub(1);
        }
    }

    /// The tag that this one is listed under.
    fn parent(&self, tag: &Tag) -> Option<TagId> {
        self.parents.get(&tag.id).copied().unwrap_or(tag.parent)
    }

    /// How many tags were added.
    pub(super) fn added(&self) -> usize {
        self.added
    }

    /// The place after all tags under `parent`.
    pub(super) fn next_place(&self, parent: Option<TagId>) -> u32 {
        self.places.get(&parent).copied().unwrap_or_default()
    }

    fn has_name(&self, parent: Option<TagId>, name: &str) -> bool {
        self.names.contains(&(parent, name.to_lowercase()))
    }

    /// The name, with a number if a tag under `parent` has it.
    pub(super) fn free_name(&self, parent: Option<TagId>, name: &Rc<str>) -> Rc<str> {
        if !self.has_name(parent, name) {
            return Rc::clone(name);
        }
        let numbered = (2_u32..).map(|it| format!("{name} {it}"));
        let free = numbered.take(100_000).find(|it| !self.has_name(parent, it));
        free.map_or_else(|| Rc::clone(name), Rc::from)
    }

    /// The key, unless another tag has it.
    pub(super) fn free_key(&self, id: TagId, key: Option<char>) -> Option<char> {
        key.filter(|it| self.keys.get(it).is_none_or(|owner| *owner == id))
    }

    /// The line style that the fewest tags of a colour have.
    pub(super) fn free_line(&self, hue: Hue) -> LineStyle {
        let number = |line: &LineStyle| self.looks.get(&(hue, *line)).copied().unwrap_or_default();
        LineStyle::ALL.into_iter().min_by_key(number).unwrap_or(LineStyle::Solid)
    }

    /// True if a tag is under another, or is that other one.
    fn is_within(&self, id: TagId, ancestor: TagId) -> bool {
        let mut at = Some(id);
        for _ in 0..=self.parents.len() {
            match at {
                None => return false,
                Some(it) if it == ancestor => return true,
                Some(it) => at = self.parents.get(&it).copied().flatten(),
            }
        }
        true
    }
}

/// The changes of a tag that is taken out of its surroundings. What is empty in the file stays as it is, unless the file
/// `rewrites` the tag.
pub(super) fn changes(
    tag: &Tag,
    file: &FileTag,
    parent: Option<TagId>,
    rewrites: bool,
    around: &Surroundings,
    kept: &mut Vec<Kept>,
) -> Vec<TagChange> {
    let mut all = Vec::new();
    let now = around.parent(tag);
    let is_moved = parent != now && (parent.is_some() || rewrites);
    // A tag that another one was chosen for keeps its name.
    let renames = rewrites || file.id == Some(tag.id);
    let name = if renames { &file.name } else { &tag.name };
    let can_move = parent.is_none_or(|it| !around.is_within(it, tag.id)) && !around.has_name(parent, name);
    let target = if is_moved && can_move { parent } else { now };
    if is_moved && can_move {
        all.push(TagChange::Place(parent, around.next_place(parent)));
    } else if is_moved {
        kept.push(Kept::Place);
    }
    if renames && file.name != tag.name {
        if around.has_name(target, &file.name) {
            kept.push(Kept::Name(Rc::clone(&file.name)));
        } else {
            all.push(TagChange::Name(Rc::clone(&file.name)));
        }
    }
    if rewrites || !file.definition.is_empty() {
        all.push(TagChange::Definition(Rc::clone(&file.definition)));
    }
    if rewrites || !file.examples.is_empty() {
        all.push(TagChange::Examples(file.examples.clone()));
    }
    if rewrites || !file.counterexamples.is_empty() {
        all.push(TagChange::Counterexamples(file.counterexamples.clone()));
    }
    if file.hue.is_some() || file.line.is_some() {
        all.push(TagChange::Look(file.hue.unwrap_or(tag.hue), file.line.unwrap_or(tag.line)));
    }
    all.extend(file.retired.map(TagChange::Retired));
    match file.key {
        Some(key) if around.free_key(tag.id, file.key).is_some() => all.push(TagChange::Key(Some(key))),
        Some(key) => kept.push(Kept::Key(key)),
        None if rewrites => all.push(TagChange::Key(None)),
        None => {}
    }
    attributes(tag, file, rewrites, &mut all, kept);
    all
}

fn attributes(tag: &Tag, file: &FileTag, rewrites: bool, all: &mut Vec<TagChange>, kept: &mut Vec<Kept>) {
    let there = |it: &Attribute| file.attributes.iter().any(|other| other.id == it.id);
    if rewrites {
        let gone = tag.attributes.iter().filter(|it| !it.removed && !there(it));
        all.extend(gone.map(|it| TagChange::Attribute(it.without_offer())));
    }
    let others = |it: &Attribute| {
        let beside = tag.attributes.iter().filter(|other| !other.removed && (!rewrites || there(other)));
        beside
            .filter(|other| other.id != it.id)
            .any(|other| other.name.to_lowercase() == it.name.to_lowercase())
    };
    for new in &file.attributes {
        let before = tag.attribute(new.id.as_str());
        match before.map_or_else(|| Some(Rc::clone(new)), |it| joined(it, new)) {
            Some(to) if !others(&to) => all.push(TagChange::Attribute(to)),
            _ => kept.push(Kept::Attribute(Rc::clone(&new.name))),
        }
    }
}

/// The attribute with what the file has, and the values that only the one here has. `None` if the kinds differ.
fn joined(here: &Attribute, there: &Rc<Attribute>) -> Option<Rc<Attribute>> {
    let with_others = |new: &[Choice]| {
        let is_new = |it: &&Choice| new.iter().all(|other| other.id != it.id);
        new.iter().chain(here.kind.choices().iter().filter(is_new)).cloned().collect::<Vec<_>>()
    };
    let kind = match &there.kind {
        AttributeKind::Choice(new) => AttributeKind::Choice(with_others(new)),
        AttributeKind::Several(new) => AttributeKind::Several(with_others(new)),
        other => other.clone(),
    };
    let hint = if there.hint.is_empty() { &here.hint } else { &there.hint };
    here.kind.becomes(&kind).then(|| {
        Rc::new(Attribute {
            kind,
            hint: Rc::clone(hint),
            removed: here.removed && there.removed,
            ..Attribute::clone(there)
        })
    })
}
