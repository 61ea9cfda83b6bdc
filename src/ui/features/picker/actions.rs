//! Giving what was chosen, and making a tag of the words of the passage.

use super::{
    in_vivo::name_of,
    offers::{Offer, offers, root_named},
    place::passage,
};
use crate::ui::{
    Store,
    features::{
        annotations::{Given, give},
        announcements, dialogs, document, search,
    },
};

/// The name of the picker in the DOM.
pub(super) const ID: &str = "picker";

/// What is offered for the words in the field.
pub(super) fn offered(store: &Store, query: &str) -> Vec<Offer> {
    let folding = search::folding(store);
    store.read(|state| {
        let session = state.document.session();
        offers(session.codebook(), session.history(), &mut folding.borrow_mut(), query)
    })
}

/// Closes the picker and gives what is at this place in the list.
pub(super) fn choose(store: &Store, query: &str, index: usize) {
    if let Some(offer) = offered(store, query).get(index) {
        dialogs::close_now(store, ID);
        give(store, &offer.given());
    }
}

/// Gives the tag that has the words of the passage as its name, and makes it if there is none.
pub(super) fn tag_in_vivo(store: &Store) {
    let name = store.read(|state| {
        let (article, _) = document::opened(state)?;
        Some(name_of(article.slice(passage(state)?)))
    });
    let Some(name) = name.filter(|it| !it.is_empty()) else { return };
    let found =
        store.read(|state| root_named(document::codebook(state), &name).map(|it| (it.id, it.is_offered())));
    match found {
        Some((_, false)) => announcements::announce(store, TAKEN),
        Some((tag, true)) => give(store, &Given::Tag(tag)),
        None => give(store, &Given::New(name.into())),
    }
}

/// Why no tag can be given or made by a name.
pub(super) const TAKEN: &str = "A retired tag has this name.";
