//! Moving a tag in the tree.

use super::{
    actions::change_once,
    state::{children, parent},
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

/// Moves a tag, and announces where it is.
pub(super) fn move_tag(store: &Store, id: TagId, way: Way) {
    let place = store.read(|state| target(document::codebook(state), id, way));
    let words = match place {
        None => "It cannot be moved further".to_owned(),
        Some((parent, place)) if change_once(store, TagCommand::Move { id, parent, place }) => {
            store.read(|state| position(document::codebook(state), id))
        }
        Some(_) => "It was not moved: a tag with its name is there".to_owned(),
    };
    announcements::announce(store, words);
}

/// The parent and the position after a move, if it is possible.
fn target(codebook: &Codebook, id: TagId, way: Way) -> Option<(Option<TagId>, usize)> {
    let above = parent(codebook, id);
    let siblings = children(codebook, above);
    let at = siblings.iter().position(|it| *it == id)?;
    let previous = at.checked_sub(1);
    match way {
        Way::Up => Some((above, previous?)),
        Way::Down => (at + 1 < siblings.len()).then_some((above, at + 1)),
        Way::In => Some((siblings.get(previous?).copied(), usize::MAX)),
        Way::Out => {
            let outer = parent(codebook, above?);
            let place = children(codebook, outer).iter().position(|it| Some(*it) == above)?;
            Some((outer, place + 1))
        }
    }
}

/// Where a tag is, in words.
fn position(codebook: &Codebook, id: TagId) -> String {
    let above = parent(codebook, id);
    let siblings = children(codebook, above);
    let place = siblings.iter().position(|it| *it == id).map_or(0, |it| it + 1);
    let under = above.map(|it| format!(" under {}", codebook.name_of(it))).unwrap_or_default();
    format!("{}: {place} of {}{under}", codebook.name_of(id), siblings.len())
}
