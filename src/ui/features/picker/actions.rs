//! Giving what was chosen, and making a tag of the words of the passage.

use super::{
    in_vivo::name_of,
    offers::{Offers, Purpose, given_for, offers},
    place::passage,
};
use crate::ui::{
    State, Store,
    features::{annotations::give, announcements, dialogs, document, search},
};

/// What is offered for the words in the field. To make a tag, without any, the words of the passage are taken.
pub(super) fn offered(store: &Store, query: &str, purpose: Purpose) -> Offers {
    let folding = search::folding(store);
    store.read(|state| {
        let words = match purpose {
            Purpose::Make if query.trim().is_empty() => in_vivo(state).unwrap_or_default(),
            _ => query.to_owned(),
        };
        if purpose == Purpose::Make && words.is_empty() {
            return Offers::default();
        }
        let session = state.document.session();
        offers(session.codebook(), session.history(), &mut folding.borrow_mut(), &words, purpose)
    })
}

/// Closes the picker and gives what is at this place in the list.
pub(super) fn choose(store: &Store, query: &str, purpose: Purpose, index: usize) {
    if let Some(offer) = offered(store, query, purpose).list.get(index) {
        dialogs::close_now(store, purpose.id());
        give(store, &offer.given());
    }
}

/// Gives the tag that has the words of the passage as its name, and makes it if there is none.
pub(super) fn tag_in_vivo(store: &Store) {
    let Some(name) = store.read(in_vivo) else { return };
    match store.read(|state| given_for(document::codebook(state), &name)) {
        Some(given) => give(store, &given),
        None => announcements::announce(store, TAKEN),
    }
}

/// The name that a tag gets from the words of the passage.
fn in_vivo(state: &State) -> Option<String> {
    let (article, _) = document::opened(state)?;
    let name = name_of(article.slice(passage(state)?));
    (!name.is_empty()).then_some(name)
}

/// Why no tag can be given or made by a name.
pub(super) const TAKEN: &str = "A retired tag has this name.";
