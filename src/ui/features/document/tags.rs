//! The tags of the session's codebook, for the page.

use yew::prelude::*;

use crate::{
    annotation::{Codebook, TagId},
    ui::{State, Store, use_view},
};

/// The codebook of a state.
pub(crate) fn codebook(state: &State) -> &Codebook {
    state.document.session.codebook()
}

/// The present codebook.
#[hook]
pub(crate) fn use_codebook() -> Codebook {
    use_view(|state| codebook(state).clone())
}

/// The name of a tag.
pub(crate) fn tag_name(store: &Store, tag: TagId) -> String {
    store.read(|state| codebook(state).name_of(tag).to_owned())
}
