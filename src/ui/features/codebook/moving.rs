//! Moving a tag in the tree, by key, by button, by dragging, or by choosing a parent.

use super::{
    actions::change_once,
    rows::{Row, children, parent},
};
use crate::{
    annotation::{Codebook, TagId},
    session::TagCommand,
    ui::{
        Store,
        features::{announcements, document},
    },
};

/// A direction in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
    /// Under the sibling above.
    In,
    /// Behind its parent.
    Out,
}

/// A parent, and a number of siblings before the tag.
type Target = (Option<TagId>, usize);

impl Way {
    pub(super) const ALL: [Self; 4] = [Self::Up, Self::Down, Self::In, Self::Out];

    /// The way of an arrow key.
    pub(super) fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }

    fn key(self) -> &'static str {
        match self {
            Self::Up => "ArrowUp",
            Self::Down => "ArrowDown",
            Self::In => "ArrowRight",
            Self::Out => "ArrowLeft",
        }
    }

    /// The arrow, the name in the DOM, and the name that is read.
    pub(super) const fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Up => ("↑", "move-up", "Move up"),
            Self::Down => ("↓", "move-down", "Move down"),
            Self::In => ("→", "move-in", "Move under the tag above"),
            Self::Out => ("←", "move-out", "Move out"),
        }
    }
}

/// Where a dragged tag is dropped on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    Before,
    /// Under the tag of the row.
    Inside,
    After,
}

impl Zone {
    /// The zone at a share of the row's height.
    pub(super) fn at(share: f64) -> Self {
        match share {
            it if it < 0.3 => Self::Before,
            it if it > 0.7 => Self::After,
            _ => Self::Inside,
        }
    }

    /// The class of the row.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Before => "drop-before",
            Self::Inside => "drop-inside",
            Self::After => "drop-after",
        }
    }
}

/// Moves a tag one step, and announces where it is.
pub(super) fn move_tag(store: &Store, id: TagId, way: Way) {
    match store.read(|state| target(document::codebook(state), id, way)) {
        None => announcements::announce(store, "It cannot be moved further"),
        Some(target) => move_to(store, id, target),
    }
}

/// Moves a tag, and announces where it is.
pub(super) fn move_to(store: &Store, id: TagId, (parent, place): Target) {
    let is_moved = change_once(store, TagCommand::Move { id, parent, place });
    let words = store.read(|state| {
        let codebook = document::codebook(state);
        if is_moved {
            position(codebook, id)
        } else {
            format!("Not moved: there is a “{}” already", codebook.name_of(id))
        }
    });
    store.update(|state| {
        let codebook = document::codebook(state).clone();
        state.codebook.reveal(&codebook, id);
    });
    announcements::announce(store, words);
}

/// The place at the end of those under `parent`.
pub(super) fn last_under(parent: Option<TagId>) -> Target {
    (parent, usize::MAX)
}

/// The parent and the position after a move, if it is possible.
fn target(codebook: &Codebook, id: TagId, way: Way) -> Option<Target> {
    let above = parent(codebook, id);
    let siblings = children(codebook, above);
    let at = siblings.iter().position(|it| *it == id)?;
    let previous = at.checked_sub(1);
    match way {
        Way::Up => Some((above, previous?)),
        Way::Down => (at + 1 < siblings.len()).then_some((above, at + 1)),
        Way::In => Some(last_under(siblings.get(previous?).copied())),
        Way::Out => {
            let outer = parent(codebook, above?);
            let place = children(codebook, outer).iter().position(|it| Some(*it) == above)?;
            Some((outer, place + 1))
        }
    }
}

/// The parent and the position if the tag is dropped on a row, or below all rows. `None` if it cannot be dropped there, or is
/// there already.
pub(super) fn dropped(codebook: &Codebook, id: TagId, on: Option<(&Row, Zone)>) -> Option<Target> {
    let Some((row, zone)) = on else {
        let roots = children(codebook, None);
        return (roots.last() != Some(&id)).then_some(last_under(None));
    };
    let other = row.tag.id;
    if codebook.is_within(other, id) {
        return None;
    }
    let (above, place) = match zone {
        Zone::Inside => last_under(Some(other)),
        // The line below a branch that is shown is above its first child.
        Zone::After if row.expanded == Some(true) => (Some(other), 0),
        Zone::Before | Zone::After => {
            let others = children(codebook, row.parent).into_iter().filter(|it| *it != id);
            let at = others.take_while(|it| *it != other).count();
            (row.parent, at + usize::from(zone == Zone::After))
        }
    };
    let now = children(codebook, above);
    let is_there = match now.iter().position(|it| *it == id) {
        Some(at) => at == place.min(now.len() - 1),
        None => false,
    };
    (!is_there).then_some((above, place))
}

/// Where a tag is, in words.
fn position(codebook: &Codebook, id: TagId) -> String {
    let above = parent(codebook, id);
    let siblings = children(codebook, above);
    let place = siblings.iter().position(|it| *it == id).map_or(0, |it| it + 1);
    let under = above.map(|it| format!(" under {}", codebook.name_of(it))).unwrap_or_default();
    format!("{}: {place} of {}{under}", codebook.name_of(id), siblings.len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{
        super::rows::{tests::drawn, visible_rows},
        Way, Zone, dropped, target,
    };
    use crate::annotation::TagId;

    const TREE: &str = "a\n  b\n  c\nd\n-gone\ne";

    fn id(name: &str) -> TagId {
        TagId::new(name)
    }

    #[test]
    fn arrows_move_among_siblings_and_between_levels() {
        let codebook = drawn(TREE);
        let go = |name, way| target(&codebook, id(name), way).map(|(it, at)| (it.map(TagId::as_str), at));
        assert_eq!(Way::ALL.map(|it| go("a", it)), [None, Some((None, 1)), None, None]);
        assert_eq!(go("d", Way::Up), Some((None, 0)));
        assert_eq!(go("d", Way::Down), Some((None, 2)), "the removed tag is no sibling");
        assert_eq!(go("c", Way::In), Some((Some("b"), usize::MAX)));
        assert_eq!(go("c", Way::Out), Some((None, 1)));
    }

    #[test]
    fn a_tag_is_dropped_before_inside_or_after_another_and_at_the_end() {
        let codebook = drawn(TREE);
        let rows = visible_rows(&codebook, &BTreeSet::new(), None, |_| 0);
        let go = |name: &str, on: &str, zone| {
            let row = rows.iter().find(|it| &*it.tag.name == on)?;
            dropped(&codebook, id(name), Some((row, zone))).map(|(it, at)| (it.map(TagId::as_str), at))
        };
        assert_eq!(go("e", "b", Zone::Before), Some((Some("a"), 0)));
        assert_eq!(go("e", "b", Zone::After), Some((Some("a"), 1)));
        assert_eq!(go("e", "d", Zone::Inside), Some((Some("d"), usize::MAX)));
        assert_eq!(go("e", "a", Zone::After), Some((Some("a"), 0)), "above the first child");
        assert_eq!(go("a", "d", Zone::After), Some((None, 1)), "counted without itself");
        assert_eq!(go("a", "b", Zone::Inside), None, "not under itself");
        assert_eq!([Zone::Before, Zone::Inside, Zone::After].map(|it| go("a", "a", it)), [None; 3]);
        assert_eq!((go("d", "e", Zone::Before), go("c", "b", Zone::After)), (None, None), "it is there");
        assert_eq!(dropped(&codebook, id("b"), None), Some((None, usize::MAX)));
        assert_eq!(dropped(&codebook, id("e"), None), None);
        assert_eq!([0.0, 0.5, 0.9].map(Zone::at), [Zone::Before, Zone::Inside, Zone::After]);
    }
}
