//! Where a tag is among its siblings, and which names are free there.

use std::rc::Rc;

use super::tag_edit::{TagChange, TagEdit};
use crate::annotation::{Codebook, Tag, TagId};

/// The children of `parent` that were not removed, but without `except`.
fn siblings(
    codebook: &Codebook,
    parent: Option<TagId>,
    except: Option<TagId>,
) -> impl Iterator<Item = &Rc<Tag>> {
    codebook.children_of(parent).filter(move |it| !it.removed && Some(it.id) != except)
}

/// True if no sibling has this name, in whatever case.
pub(super) fn is_free(codebook: &Codebook, name: &str, parent: Option<TagId>, except: Option<TagId>) -> bool {
    let name = name.to_lowercase();
    !name.is_empty() && siblings(codebook, parent, except).all(|it| it.name.to_lowercase() != name)
}

/// The place after all children of `parent`.
pub(super) fn end_of(codebook: &Codebook, parent: Option<TagId>) -> u32 {
    codebook.children_of(parent).map(|it| it.place.saturating_add(1)).max().unwrap_or_default()
}

/// The edits that move a tag under `parent`, after `before` of the children there. `None` if that would make a circle, or
/// if a sibling has the same name.
pub(super) fn arranged(
    codebook: &Codebook,
    id: TagId,
    parent: Option<TagId>,
    before: usize,
) -> Option<Vec<TagEdit>> {
    let tag = codebook.tag(id)?;
    let is_possible = match parent {
        Some(parent) => !codebook.tag(parent)?.removed && !codebook.is_within(parent, id),
        None => true,
    };
    if !is_possible || !is_free(codebook, &tag.name, parent, Some(id)) {
        return None;
    }
    let mut order: Vec<&Rc<Tag>> = siblings(codebook, parent, Some(id)).collect();
    order.insert(before.min(order.len()), tag);
    let moves = (0..).zip(order).filter(|(place, it)| (it.parent, it.place) != (parent, *place));
    Some(moves.map(|(place, it)| TagEdit { id: it.id, change: TagChange::Place(parent, place) }).collect())
}
