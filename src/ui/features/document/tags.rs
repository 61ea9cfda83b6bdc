//! The tags of the session's codebook, for the page.

use std::rc::Rc;

use yew::prelude::*;

use crate::{
    annotation::{Codebook, Tag, TagId},
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

/// The tags that are offered, and those that annotations have although they are not offered any more.
pub(crate) fn listed_tags(state: &State) -> Vec<Rc<Tag>> {
    let session = &state.document.session;
    let sets = || session.library().iter().filter_map(|it| session.annotations(it.id()));
    let is_listed = |tag: &&Rc<Tag>| tag.is_offered() || sets().any(|it| it.count(tag.id) > 0);
    codebook(state).tags().iter().filter(is_listed).cloned().collect()
}
