//! The picker: a field for letters of a name, and the tags that match.

use yew::prelude::*;

use super::{
    actions::{ID, TAKEN, choose, offered},
    offers::Offer,
    place::{passage, place},
};
use crate::ui::{
    features::{document, selection},
    parts::{
        combobox::{Combobox, Row},
        look::look,
    },
    use_store,
};

/// What the picker says if the codebook has no tag.
const EMPTY: &str = "There is no tag yet. Type a name to make one.";

/// The field and the list.
#[component]
pub(super) fn Picker() -> Html {
    let store = use_store();
    let query = use_state(String::new);
    let active = use_state(|| 0_usize);
    // Another tab may change the tags meanwhile.
    document::use_codebook();
    {
        let store = store.clone();
        use_effect_with((), move |()| {
            let span = store.read(passage);
            if let Some(span) = span {
                place(&store, ID, span);
            }
            // The field has replaced the browser's selection.
            selection::preview(&store, span);
            move || selection::preview(&store, None)
        });
    }
    let offers = offered(&store, &query);
    let rows: Vec<Row> = offers.iter().map(row).collect();
    let choose = {
        let (store, query) = (store.clone(), query.clone());
        Callback::from(move |index: usize| choose(&store, &query, index))
    };
    let definition = match offers.get(*active) {
        Some(Offer::Tag(tag, _)) => tag.definition.to_string(),
        Some(Offer::New(_)) => String::new(),
        None if query.is_empty() => EMPTY.to_owned(),
        None => TAKEN.to_owned(),
    };
    html! {
        <>
            <Combobox id="picker-list" label="Find or make a tag" list="Tags" {rows} {query} {active} {choose} />
            <p id="picker-definition" role="status" dir="auto">{ definition }</p>
        </>
    }
}

fn row(offer: &Offer) -> Row {
    let (id, content) = match offer {
        Offer::Tag(tag, path) => {
            let content = html! {
                <>
                    <i class={look("swatch", Some(tag))} aria-hidden="true" />
                    <span class="picker-name" dir="auto">{ path }</span>
                    { for tag.key.map(|key| html! { <kbd>{ key }</kbd> }) }
                </>
            };
            (format!("pick-{}", tag.id.as_str()), content)
        }
        Offer::New(name) => {
            let content =
                html! { <span class="picker-name" dir="auto">{ format!("New tag “{name}”") }</span> };
            ("pick-new".to_owned(), content)
        }
    };
    Row { id, disabled: false, content }
}
