//! The tag that a command gives: one of the codebook, or a new one.

use crate::{
    annotation::TagId,
    session::{Command, NewTag, Recipient},
    ui::{Store, features::filter},
};

/// A tag to give.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Given {
    /// One of the codebook.
    Tag(TagId),
    /// One that is made as it is given.
    New(NewTag),
}

impl Given {
    /// The command that gives it.
    pub(super) fn command(&self, recipient: Recipient) -> Command {
        match self {
            Self::Tag(tag) => Command::give(recipient, *tag),
            Self::New(new) => Command::GiveNew(new.clone(), recipient),
        }
    }
}

/// Shows the annotations with a tag that is given, if they are hidden.
pub(super) fn show(store: &Store, given: &Given) {
    if let Given::Tag(tag) = given {
        filter::show_tag(store, *tag);
    }
}
