//! Edits of tags.

use std::{mem, rc::Rc};

use crate::{
    annotation::{Attribute, AttributeId, Hue, LineStyle, Tag, TagId},
    text::order,
};

/// One change of a tag. As every edit, it changes only what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagChange {
    /// Sets the whole tag. It need not exist.
    Add(Rc<Tag>),
    /// Sets the name.
    Name(Rc<str>),
    /// Sets the definition.
    Definition(Rc<str>),
    /// Sets the examples.
    Examples(Vec<Rc<str>>),
    /// Sets the counterexamples.
    Counterexamples(Vec<Rc<str>>),
    /// Sets the colour and the line style.
    Look(Hue, LineStyle),
    /// Sets or removes the key.
    Key(Option<char>),
    /// Sets the parent and the position among its children.
    Place(Option<TagId>, u32),
    /// Sets one attribute, or adds it after the others.
    Attribute(Rc<Attribute>),
    /// Sorts the attributes. Those that are not named come last, as they were.
    Order(Vec<AttributeId>),
    /// Sets whether the tag is retired.
    Retired(bool),
    /// Sets whether the tag is removed.
    Removed(bool),
}

impl TagChange {
    /// The tag after the change and the inverse change, or `None` if nothing changes.
    pub(super) fn apply_to(&self, before: Option<&Rc<Tag>>) -> Option<(Rc<Tag>, Self)> {
        let Some(before) = before else {
            // Undoing an addition hides the tag, because another tab may have given it in the meantime.
            return match self {
                Self::Add(tag) => Some((Rc::clone(tag), Self::Removed(true))),
                _ => None,
            };
        };
        let mut after = Tag::clone(before);
        let back = self.change(&mut after);
        (after != **before).then(|| (Rc::new(after), back))
    }

    /// Changes the tag. Returns the inverse change.
    fn change(&self, tag: &mut Tag) -> Self {
        match self {
            Self::Add(to) => Self::Add(Rc::new(mem::replace(tag, Tag::clone(to)))),
            Self::Name(it) => Self::Name(mem::replace(&mut tag.name, Rc::clone(it))),
            Self::Definition(it) => Self::Definition(mem::replace(&mut tag.definition, Rc::clone(it))),
            Self::Examples(it) => Self::Examples(mem::replace(&mut tag.examples, it.clone())),
            Self::Counterexamples(it) => {
                Self::Counterexamples(mem::replace(&mut tag.counterexamples, it.clone()))
            }
            Self::Look(hue, line) => {
                Self::Look(mem::replace(&mut tag.hue, *hue), mem::replace(&mut tag.line, *line))
            }
            Self::Key(it) => Self::Key(mem::replace(&mut tag.key, *it)),
            Self::Place(parent, place) => {
                Self::Place(mem::replace(&mut tag.parent, *parent), mem::replace(&mut tag.place, *place))
            }
            Self::Attribute(it) => Self::Attribute(set_attribute(tag, it)),
            Self::Order(ids) => Self::Order(sort_attributes(tag, ids)),
            Self::Retired(it) => Self::Retired(mem::replace(&mut tag.retired, *it)),
            Self::Removed(it) => Self::Removed(mem::replace(&mut tag.removed, *it)),
        }
    }

    /// The changes, in this order, that turn `is` back into `was`.
    pub(super) fn restoring(was: Option<&Rc<Tag>>, is: Option<&Rc<Tag>>) -> Vec<Self> {
        match (was, is) {
            (Some(was), Some(is)) => differences(was, is),
            (Some(was), None) => vec![Self::Add(Rc::clone(was))],
            (None, Some(_)) => vec![Self::Removed(true)],
            (None, None) => Vec::new(),
        }
    }
}

/// Sets or adds an attribute. Returns the attribute that undoes it. One that was added stays, removed, because annotations
/// may have values of it.
fn set_attribute(tag: &mut Tag, to: &Rc<Attribute>) -> Rc<Attribute> {
    if let Some(here) = tag.attributes.iter_mut().find(|it| it.id == to.id) {
        return mem::replace(here, Rc::clone(to));
    }
    tag.attributes.push(Rc::clone(to));
    Rc::new(Attribute { removed: true, ..Attribute::clone(to) })
}

/// Sorts the attributes. Returns their ids in the order that they had.
fn sort_attributes(tag: &mut Tag, ids: &[AttributeId]) -> Vec<AttributeId> {
    let before = tag.attributes.iter().map(|it| it.id).collect();
    let place = |id| ids.iter().position(|it| *it == id).unwrap_or(ids.len());
    order::sort_by_key(&mut tag.attributes, |it| place(it.id));
    before
}

fn differences(was: &Rc<Tag>, is: &Rc<Tag>) -> Vec<TagChange> {
    let mut after = Tag::clone(is);
    let mut all = Vec::new();
    let attributes = was.attributes.iter().cloned().map(TagChange::Attribute);
    let fields = [
        TagChange::Name(Rc::clone(&was.name)),
        TagChange::Definition(Rc::clone(&was.definition)),
        TagChange::Examples(was.examples.clone()),
        TagChange::Counterexamples(was.counterexamples.clone()),
        TagChange::Look(was.hue, was.line),
        TagChange::Key(was.key),
        TagChange::Place(was.parent, was.place),
        TagChange::Retired(was.retired),
        TagChange::Removed(was.removed),
    ];
    let added = is.attributes.iter().filter(|it| was.attribute(it.id.as_str()).is_none());
    let added =
        added.map(|it| TagChange::Attribute(Rc::new(Attribute { removed: true, ..Attribute::clone(it) })));
    let order = TagChange::Order(was.attributes.iter().map(|it| it.id).collect());
    for change in fields.into_iter().chain(attributes).chain(added).chain([order]) {
        let before = after.clone();
        change.change(&mut after);
        if after != before {
            all.push(change);
        }
    }
    all
}

/// A change of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagEdit {
    /// The tag.
    pub id: TagId,
    /// The change.
    pub change: TagChange,
}

impl TagEdit {
    /// True if both change the same field, so that undoing the first undoes both.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let same_attribute = match (&self.change, &other.change) {
            (TagChange::Attribute(one), TagChange::Attribute(other)) => one.id == other.id,
            _ => true,
        };
        let same_field = mem::discriminant(&self.change) == mem::discriminant(&other.change);
        self.id == other.id && same_field && same_attribute
    }
}
