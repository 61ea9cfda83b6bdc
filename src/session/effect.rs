//! What becomes of a record that is merged.

use crate::annotation::{Record, Versioned as _};

/// What merging a record does to what is annotated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// The annotation was not here, or had been deleted here before the other side wrote it again.
    Added,
    /// The annotation is here in an older version.
    Updated,
    /// The annotation is here, and the other side had deleted it.
    Deleted,
    /// The record is here in the same version.
    Same,
    /// The record is here in a later version, which stays.
    Older,
    /// The annotation was deleted here later, and stays so.
    Gone,
    /// The other side had deleted what is not here either: noted, and nothing to be seen.
    Unseen,
}

impl Effect {
    /// What merging `record` does where `here` is what there is of its annotation.
    pub(super) fn of(record: &Record, here: Option<&Record>) -> Self {
        match here {
            Some(here) if here == record => Self::Same,
            Some(here) if !record.supersedes(here) => match (&here.content, &record.content) {
                (None, Some(_)) => Self::Gone,
                _ => Self::Older,
            },
            here => Self::taken(here, record),
        }
    }

    /// What it did when it was taken in the place of `before`.
    pub(super) fn taken(before: Option<&Record>, record: &Record) -> Self {
        match (before.and_then(|it| it.content.as_ref()), &record.content) {
            (None, Some(_)) => Self::Added,
            (Some(_), Some(_)) => Self::Updated,
            (Some(_), None) => Self::Deleted,
            (None, None) => Self::Unseen,
        }
    }

    /// Whether the record is taken.
    pub(super) fn is_taken(self) -> bool {
        !matches!(self, Self::Same | Self::Older | Self::Gone)
    }
}
