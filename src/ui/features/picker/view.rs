//! The picker: a field for letters of a name, and the tags that match.

use yew::prelude::*;

use super::{
    actions::{TAKEN, choose, offered},
    offers::{Offer, Purpose},
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

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) purpose: Purpose,
}

/// The field and the list.
#[component]
pub(super) fn Picker(props: &Props) -> Html {
    let store = use_store();
    let purpose = props.purpose;
    let query = use_state(String::new);
    let active = use_state(|| 0_usize);
    // Another tab may change the tags meanwhile.
    document::use_codebook();
    {
        let store = store.clone();
        use_effect_with((), move |()| {
            let span = store.read(passage);
            if let Some(span) = span {
                place(&store, purpose.id(), span);
            }
            // The field has replaced the browser's selection.
            selection::preview(&store, span);
            move || selection::preview(&store, None)
        });
    }
    let offers = offered(&store, &query, purpose);
    let rows: Vec<Row> = offers.list.iter().map(row).collect();
    let choose = {
        let (store, query) = (store.clone(), query.clone());
        Callback::from(move |index: usize| choose(&store, &query, purpose, index))
    };
    let words = match (offers.list.get(*active), purpose) {
        (Some(Offer::Tag(tag, _)), _) => tag.definition.to_string(),
        (Some(Offer::New(..)), Purpose::Make) if query.trim().is_empty() => {
            "Named by the selected words. Type another name, or “parent / name”.".to_owned()
        }
        (Some(Offer::New(..)), _) => "It is made and given in one step.".to_owned(),
        (None, _) if !query.trim().is_empty() => TAKEN.to_owned(),
        (None, Purpose::Make) => "Type a name.".to_owned(),
        (None, Purpose::Pick) => EMPTY.to_owned(),
    };
    let label = match purpose {
        Purpose::Pick => "Find or make a tag",
        Purpose::Make => "Name of the new tag",
    };
    let more = offers.more;
    html! {
        <>
            <Combobox id="picker-list" {label} list="Tags" {rows} {more} {query} {active} {choose} />
            <p id="picker-definition" role="status" dir="auto">{ words }</p>
        </>
    }
}

fn row(offer: &Offer) -> Row {
    match offer {
        Offer::Tag(tag, above) => {
            let content = html! {
                <>
                    <i class={look("swatch", Some(tag))} aria-hidden="true" />
                    <span class="picker-name" dir="auto"><small>{ above }</small>{ &*tag.name }</span>
                    { for tag.key.map(|key| html! { <kbd>{ key.to_ascii_uppercase() }</kbd> }) }
                </>
            };
            Row { id: format!("pick-{}", tag.id.as_str()), disabled: false, content }
        }
        Offer::New(new, above) => {
            let content = html! {
                <>
                    <i class="swatch new" aria-hidden="true" />
                    <span class="picker-name" dir="auto"><small>{ above }</small>{ format!("New tag “{}”", new.name) }</span>
                </>
            };
            Row { id: "pick-new".to_owned(), disabled: false, content }
        }
    }
}
