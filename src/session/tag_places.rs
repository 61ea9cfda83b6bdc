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
    Some(sorted(parent, 0, order))
}

/// The edits that put tags under `parent` in this order, the first at `from`.
fn sorted<'a>(
    parent: Option<TagId>,
    from: u32,
    order: impl IntoIterator<Item = &'a Rc<Tag>>,
) -> Vec<TagEdit> {
    let moves = (from..).zip(order).filter(|(place, it)| (it.parent, it.place) != (parent, *place));
    moves.map(|(place, it)| TagEdit { id: it.id, change: TagChange::Place(parent, place) }).collect()
}

/// The edits that move the tags under a tag that is removed: after those under `into`, or else to its own place.
pub(super) fn children_moved(codebook: &Codebook, id: TagId, into: Option<TagId>) -> Vec<TagEdit> {
    let children = || siblings(codebook, Some(id), None);
    match into.filter(|it| !codebook.is_within(*it, id)) {
        Some(into) => sorted(Some(into), end_of(codebook, Some(into)), children()),
        None if children().next().is_none() => Vec::new(),
        None => {
            let above = codebook.parent_of(id).map(|it| it.id);
            let order = siblings(codebook, above, None).flat_map(|it| {
                let kept = (it.id != id).then_some(it);
                kept.into_iter().chain(children().filter(move |_| kept.is_none()))
            });
            sorted(above, 0, order)
        }
    }
}
