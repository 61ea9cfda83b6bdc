//! The tags of the session's codebook, for the page.

use std::rc::Rc;

use yew::prelude::*;

use crate::{
    annotation::{AnnotationId, Codebook, Tag, TagId},
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

/// The name of an annotation's tag; empty if there is no such annotation.
pub(crate) fn tag_of(store: &Store, id: AnnotationId) -> String {
    store.read(|state| {
        let tag = state.document.session.annotation(id).map(|it| it.tag);
        tag.map(|it| codebook(state).name_of(it).to_owned()).unwrap_or_default()
    })
}

/// If a codebook has more tags than this, only some of them have a button everywhere.
const FEW: usize = 9;

/// The tags that have buttons where one is given: all of a few, otherwise those with keys. A picker gives the others.
pub(crate) fn handy_tags(codebook: &Codebook) -> Vec<Rc<Tag>> {
    let is_small = codebook.offered().take(FEW + 1).count() <= FEW;
    codebook.offered().filter(|it| is_small || it.key.is_some()).cloned().collect()
}

/// The same for a place with little room: at most a few of them.
pub(crate) fn few_tags(codebook: &Codebook) -> Vec<Rc<Tag>> {
    let mut tags = handy_tags(codebook);
    tags.truncate(FEW);
    tags
}

/// True if a tag has no button where there are only [`few_tags`].
pub(crate) fn has_more_tags(codebook: &Codebook) -> bool {
    codebook.offered().take(FEW + 1).count() > FEW
}

/// The tags that are offered, and those that annotations have although they are not offered any more.
pub(crate) fn listed_tags(state: &State) -> Vec<Rc<Tag>> {
    let session = &state.document.session;
    let sets = || session.library().iter().filter_map(|it| session.annotations(it.id()));
    let is_listed = |tag: &&Rc<Tag>| tag.is_offered() || sets().any(|it| it.count(tag.id) > 0);
    codebook(state).tags().iter().filter(is_listed).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::{Codebook, FEW, Tag, TagId, few_tags, handy_tags, has_more_tags};

    /// A codebook of so many tags. Every second one has a key.
    fn codebook(tags: usize) -> Codebook {
        let tag = |number: usize| Tag {
            id: TagId::new(&format!("handy-{number:02}")),
            key: number.is_multiple_of(2).then_some('x'),
            ..Tag::clone(&Codebook::default().tags()[0])
        };
        Codebook::new((0..tags).map(tag).collect(), Vec::new())
    }

    #[test]
    fn few_tags_have_buttons_and_of_many_those_with_keys() {
        let count = |tags| {
            let it = codebook(tags);
            (handy_tags(&it).len(), few_tags(&it).len(), has_more_tags(&it))
        };
        assert_eq!(count(0), (0, 0, false));
        assert_eq!(count(FEW), (FEW, FEW, false));
        assert_eq!(count(FEW + 1), (5, 5, true));
        assert_eq!(count(40), (20, FEW, true));
    }
}
