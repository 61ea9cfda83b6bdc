//! The buttons that retire, merge or remove a tag.

use yew::prelude::*;

use super::{
    actions::{remove, retire},
    removal::REMOVAL,
    state::{Asked, uses},
};
use crate::{
    annotation::TagId,
    session::Uses,
    ui::{Store, features::dialogs, use_store},
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) id: TagId,
    pub(super) retired: bool,
}

/// The buttons.
#[component]
pub(super) fn Endings(props: &Props) -> Html {
    let store = use_store();
    let Props { id, retired } = *props;
    let act = |run: fn(&Store, TagId)| {
        let store = store.clone();
        Callback::from(move |_: MouseEvent| run(&store, id))
    };
    let (name, run): (_, fn(&Store, TagId)) = if retired {
        ("Offer again", |store, id| retire(store, id, false))
    } else {
        ("Retire", |store, id| retire(store, id, true))
    };
    html! {
        <div class="panel-actions">
            <button type="button" class="button" data-action="retire" onclick={act(run)}>{ name }</button>
            <button type="button" class="button" data-action="merge-tag" onclick={act(|store, id| ask(store, id, true))}>
                { "Merge into…" }
            </button>
            <button type="button" class="button" data-action="remove-tag" onclick={act(ask_or_remove)}>{ "Remove tag…" }</button>
        </div>
    }
}

/// Removes a tag that no annotation has, or asks what to do with its annotations.
pub(super) fn ask_or_remove(store: &Store, id: TagId) {
    if store.read(|state| uses(state, id)) == 0 {
        remove(store, id, Uses::Delete);
    } else {
        ask(store, id, false);
    }
}

fn ask(store: &Store, id: TagId, merges: bool) {
    store.update(|state| state.codebook.asked = Some(Asked { id, merges }));
    dialogs::open(store, &REMOVAL);
}
