//! What merging a record would do, for previews of imports.

use crate::annotation::{Record, Versioned as _};

/// What merging a record does to the annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Adds an annotation that was new, or had been deleted here before the other side changed it.
    Added,
    /// Updates an annotation that is here in an older version.
    Updated,
    /// Deletes an annotation that the other side had deleted.
    Deleted,
    /// None: the record is already here.
    Same,
    /// None: a later version is here.
    Older,
    /// None: the annotation was deleted here later.
    Gone,
    /// None that is visible: the other side had deleted an annotation that is not here either.
    Unseen,
}

impl Effect {
    /// The effect of merging `record` when `here` is the present record of its annotation.
    pub(super) fn of(record: &Record, here: Option<&Record>) -> Self {
        match here {
            Some(here) if here == record => Self::Same,
            Some(here) if !record.supersedes(here) => match (&here.content, &record.content) {
                (None, Some(_)) => Self::Gone,
                _ => Self::Older,
            },
            here => Self::of_accepted(here, record),
        }
    }

    /// The effect of a record that was accepted in place of `before`.
    pub(super) fn of_accepted(before: Option<&Record>, record: &Record) -> Self {
        match (before.and_then(|it| it.content.as_ref()), &record.content) {
            (None, Some(_)) => Self::Added,
            (Some(_), Some(_)) => Self::Updated,
            (Some(_), None) => Self::Deleted,
            (None, None) => Self::Unseen,
        }
    }

    /// True if the merge accepts the record.
    pub(super) fn is_accepted(self) -> bool {
        !matches!(self, Self::Same | Self::Older | Self::Gone)
    }
}
