//! What a person can do with tags, as transactions.

use std::rc::Rc;

use super::{
    edit::Edit,
    label::{Label, TagLabel},
    moment::Moment,
    state::Session,
    tag_edit::{TagChange, TagEdit},
    tag_places::{arranged, children_moved, end_of, is_free},
    tag_uses::{deleted, merged, retagged},
    transaction::Transaction,
};
use crate::annotation::{Attribute, AttributeId, Codebook, Hue, LineStyle, Tag, TagId, appearance};

/// The greatest length of all texts of a tag together, in bytes, with some more for each text. So no tag becomes too large
/// for a stored item.
pub const TAG_BYTES: usize = 250_000;

/// The greatest number of attributes of a tag, those included that were removed.
pub const TAG_ATTRIBUTES: usize = 64;

/// What a person can do with tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagCommand {
    /// Add a tag, after the other children of its parent.
    Add(NewTag),
    /// Change the name.
    Rename(TagId, Rc<str>),
    /// Change the definition.
    Define(TagId, Rc<str>),
    /// Change the examples.
    Examples(TagId, Vec<Rc<str>>),
    /// Change the counterexamples.
    Counterexamples(TagId, Vec<Rc<str>>),
    /// Change the colour and the line style.
    Look(TagId, Hue, LineStyle),
    /// Give it this key, and take the key from the tag that has it, or remove its key.
    Key(TagId, Option<char>),
    /// Move it under another parent, or under none, to this position among the children there.
    Move {
        /// The tag to move.
        id: TagId,
        /// Its new parent.
        parent: Option<TagId>,
        /// The number of siblings before it.
        place: usize,
    },
    /// Change an attribute, or add one. Its kind and the ids of its values stay, since annotations have them.
    Attribute(TagId, Attribute),
    /// Sort the attributes.
    OrderAttributes(TagId, Vec<AttributeId>),
    /// Do not offer it any more, or offer it again.
    Retire(TagId, bool),
    /// Give its annotations another tag, with the values that fit there and the others in the note, and remove it. The
    /// tags under it get under the other, too.
    Merge {
        /// The tag to remove.
        from: TagId,
        /// The tag that its annotations get.
        into: TagId,
    },
    /// Remove it. The tags under it take its place.
    Remove(TagId, Uses),
    /// Offer a tag again that was removed, as it was. Its annotations stay as they are.
    Restore(TagId),
    /// Take over a codebook of a file, as planned by [`Session::plan_import`].
    Import(Vec<TagEdit>),
}

/// A tag to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTag {
    /// The name.
    pub name: Rc<str>,
    /// What belongs under it; may be empty.
    pub definition: Rc<str>,
    /// The key that gives it.
    pub key: Option<char>,
    /// The tag under which it is listed.
    pub parent: Option<TagId>,
}

impl NewTag {
    /// One with a name only.
    pub fn named(name: &str, parent: Option<TagId>) -> Self {
        Self { name: name.into(), definition: Rc::from(""), key: None, parent }
    }
}

/// What becomes of the annotations with a tag that is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uses {
    /// They are deleted.
    Delete,
    /// They get another tag, as if the tag were merged into it.
    Retag(TagId),
    /// They stay, and the tag is only retired.
    Keep,
}

impl TagCommand {
    /// The transaction that executes the command, or `None` if it cannot be executed.
    pub(super) fn transaction(&self, session: &Session, moment: Moment) -> Option<Transaction> {
        let codebook = session.codebook();
        let (label, tags) = match self {
            Self::Add(new) => (TagLabel::Add, added(codebook, new, moment)?),
            Self::Rename(id, name) => (TagLabel::Rename, renamed(codebook, *id, name)?),
            Self::Define(id, it) => (TagLabel::Define, one(*id, TagChange::Definition(Rc::clone(it)))),
            Self::Examples(id, it) => (TagLabel::Define, one(*id, TagChange::Examples(it.clone()))),
            Self::Counterexamples(id, it) => {
                (TagLabel::Define, one(*id, TagChange::Counterexamples(it.clone())))
            }
            Self::Look(id, hue, line) => (TagLabel::Look, one(*id, TagChange::Look(*hue, *line))),
            Self::Key(id, key) => (TagLabel::Key, with_key(codebook, *id, *key)),
            Self::Move { id, parent, place } => (TagLabel::Move, arranged(codebook, *id, *parent, *place)?),
            Self::Attribute(id, it) => with_attribute(codebook, *id, it)?,
            Self::OrderAttributes(id, ids) => (TagLabel::Attribute, one(*id, TagChange::Order(ids.clone()))),
            Self::Retire(id, true) | Self::Remove(id, Uses::Keep) => {
                (TagLabel::Retire, one(*id, TagChange::Retired(true)))
            }
            Self::Retire(id, false) => (TagLabel::Offer, offered(codebook, *id)?),
            Self::Merge { from, into } => {
                let edits = merged(session, *from, *into)?;
                return Some(remove(codebook, TagLabel::Merge, *from, Some(*into), edits));
            }
            Self::Remove(id, Uses::Delete) => {
                return Some(remove(codebook, TagLabel::Remove, *id, None, deleted(session, *id)));
            }
            Self::Remove(id, Uses::Retag(into)) => {
                let edits = retagged(session, *id, *into)?;
                return Some(remove(codebook, TagLabel::Remove, *id, None, edits));
            }
            Self::Restore(id) => return restored(codebook, *id),
            Self::Import(tags) => {
                let label = Label::Codebook(TagLabel::Import);
                return Some(Transaction { tags: tags.clone(), ..Transaction::new(label) });
            }
        };
        let here = |it: &TagEdit| codebook.tag(it.id).is_none_or(|it| !it.removed);
        let fits =
            |it: &TagEdit| it.change.apply_to(codebook.tag(it.id)).is_none_or(|(tag, _)| is_small(&tag));
        let is_possible = tags.iter().all(|it| here(it) && fits(it));
        is_possible.then(|| Transaction { tags, ..Transaction::new(Label::Codebook(label)) })
    }
}

fn one(id: TagId, change: TagChange) -> Vec<TagEdit> {
    vec![TagEdit { id, change }]
}

/// Removes a tag. The tags under it get under `into`, or take its place.
fn remove(
    codebook: &Codebook,
    label: TagLabel,
    id: TagId,
    into: Option<TagId>,
    edits: Vec<Edit>,
) -> Transaction {
    let mut tags = one(id, TagChange::Removed(true));
    if codebook.tag(id).is_some_and(|it| !it.removed) {
        tags.extend(children_moved(codebook, id, into));
    }
    Transaction { tags, edits, ..Transaction::new(Label::Codebook(label)) }
}

/// Brings back a tag that was removed, unless a sibling has its name now.
fn restored(codebook: &Codebook, id: TagId) -> Option<Transaction> {
    let tag = codebook.tag(id).filter(|it| it.removed)?;
    let parent = codebook.parent_of(id).map(|it| it.id);
    if !is_free(codebook, &tag.name, parent, Some(id)) {
        return None;
    }
    let mut tags = one(id, TagChange::Removed(false));
    tags.extend(offered(codebook, id)?);
    Some(Transaction { tags, ..Transaction::new(Label::Codebook(TagLabel::Offer)) })
}

fn added(codebook: &Codebook, new: &NewTag, moment: Moment) -> Option<Vec<TagEdit>> {
    let name = new.name.trim();
    let has_parent = new.parent.is_none_or(|it| codebook.tag(it).is_some_and(|it| !it.removed));
    if !has_parent || !is_free(codebook, name, new.parent, None) {
        return None;
    }
    let id = TagId::mint(moment.now, moment.entropy);
    let (hue, line) = appearance(codebook.tags().len());
    let tag = Tag {
        id,
        name: name.into(),
        definition: Rc::clone(&new.definition),
        examples: Vec::new(),
        counterexamples: Vec::new(),
        hue,
        line,
        key: new.key,
        parent: new.parent,
        place: end_of(codebook, new.parent),
        attributes: Vec::new(),
        retired: false,
        removed: false,
    };
    let mut edits = without_key(codebook, id, new.key);
    edits.push(TagEdit { id, change: TagChange::Add(Rc::new(tag)) });
    Some(edits)
}

fn renamed(codebook: &Codebook, id: TagId, name: &str) -> Option<Vec<TagEdit>> {
    let parent = codebook.parent_of(id).map(|it| it.id);
    let name = name.trim();
    is_free(codebook, name, parent, Some(id)).then(|| one(id, TagChange::Name(name.into())))
}

/// The edits that take a key from the other offered tags.
fn without_key(codebook: &Codebook, id: TagId, key: Option<char>) -> Vec<TagEdit> {
    let others = codebook.offered().filter(|it| it.id != id && it.key.is_some() && it.key == key);
    others.flat_map(|it| one(it.id, TagChange::Key(None))).collect()
}

fn with_key(codebook: &Codebook, id: TagId, key: Option<char>) -> Vec<TagEdit> {
    let mut edits = without_key(codebook, id, key);
    edits.push(TagEdit { id, change: TagChange::Key(key) });
    edits
}

/// The edits that offer a retired tag again. If another tag has got its key, that one keeps it.
fn offered(codebook: &Codebook, id: TagId) -> Option<Vec<TagEdit>> {
    let key = codebook.tag(id)?.key;
    let mut edits = one(id, TagChange::Retired(false));
    if !without_key(codebook, id, key).is_empty() {
        edits.push(TagEdit { id, change: TagChange::Key(None) });
    }
    Some(edits)
}

fn with_attribute(codebook: &Codebook, id: TagId, to: &Attribute) -> Option<(TagLabel, Vec<TagEdit>)> {
    let tag = codebook.tag(id)?;
    let name = to.name.trim();
    let others = tag.attributes.iter().filter(|it| it.id != to.id && !it.removed);
    if name.is_empty() || others.map(|it| it.name.to_lowercase()).any(|it| it == name.to_lowercase()) {
        return None;
    }
    let label = match tag.attribute(to.id.as_str()) {
        Some(before) if before.kind.becomes(&to.kind) => match (before.removed, to.removed) {
            (false, true) => TagLabel::RemoveAttribute,
            _ => TagLabel::Attribute,
        },
        None if tag.attributes.len() < TAG_ATTRIBUTES => TagLabel::AddAttribute,
        _ => return None,
    };
    let to = Attribute { name: name.into(), ..to.clone() };
    Some((label, one(id, TagChange::Attribute(Rc::new(to)))))
}

/// True if the texts of a tag are not too long together.
pub(super) fn is_small(tag: &Tag) -> bool {
    const EACH: usize = 64;
    let texts = [&tag.name, &tag.definition].into_iter().chain(&tag.examples).chain(&tag.counterexamples);
    let choices = tag.attributes.iter().flat_map(|it| it.kind.choices()).map(|it| &it.name);
    let attributes = tag.attributes.iter().flat_map(|it| [&it.name, &it.hint]);
    texts.chain(choices).chain(attributes).map(|it| it.len() + EACH).sum::<usize>() <= TAG_BYTES
}
