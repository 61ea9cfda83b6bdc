//! The dialog that asks what becomes of the annotations with a tag that is removed.

use yew::prelude::*;

use super::{
    actions::remove,
    state::{path, selected, uses},
};
use crate::{
    annotation::TagId,
    session::Uses,
    ui::{
        features::document,
        parts::{
            dialog::{Dialog, closing},
            words::count,
        },
        platform, use_store, use_view,
    },
};

pub(super) static REMOVAL: Dialog = Dialog::new("tag-removal", "Remove a tag", || html! { <Removal /> });

/// A choice in the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Keep,
    Retag,
    Delete,
}

impl Fate {
    const ALL: [Self; 3] = [Self::Keep, Self::Retag, Self::Delete];

    /// The name in the DOM, the choice, and what the button does.
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Keep => {
                ("keep", "Keep them, and only retire the tag: it is offered no more", "Retire the tag")
            }
            Self::Retag => ("retag", "Give them another tag", "Merge the tags"),
            Self::Delete => ("delete", "Delete them", "Delete them and the tag"),
        }
    }
}

#[component]
fn Removal() -> Html {
    let store = use_store();
    let codebook = document::use_codebook();
    let asked = use_view(|state| selected(state).map(|id| (id, uses(state, id))));
    let fate = use_state(|| if store.read(|it| it.codebook.merges) { Fate::Retag } else { Fate::Keep });
    let into = use_state(|| None::<TagId>);
    let Some((id, number)) = asked else { return html! {} };
    let others: Vec<_> = codebook.offered().filter(|it| it.id != id).collect();
    let into_now = into.or_else(|| others.first().map(|it| it.id));
    let to = match *fate {
        Fate::Keep => Some(Uses::Keep),
        Fate::Retag => into_now.map(Uses::Retag),
        Fate::Delete => Some(Uses::Delete),
    };
    let onchange = {
        let (into, fate) = (into.clone(), fate.clone());
        move |event: Event| {
            let Some(field) = event.target_dyn_into::<web_sys::HtmlSelectElement>() else { return };
            into.set(Some(TagId::new(&field.value())));
            fate.set(Fate::Retag);
        }
    };
    let done = closing(&store, move |store| {
        if let Some(to) = to {
            remove(store, id, to);
            platform::focus_first("[role=tree]");
        }
    });
    html! {
        <>
            <p>{ format!("“{}”: {}. What becomes of them?", codebook.name_of(id), count(number, "annotation", "annotations")) }</p>
            <fieldset class="fates">
                <legend class="away">{ "Its annotations" }</legend>
                { for Fate::ALL.into_iter().filter(|it| *it != Fate::Retag || !others.is_empty()).map(|it| {
                    let now = fate.clone();
                    let (value, words, _) = it.words();
                    html! {
                        <label class="check">
                            <input type="radio" name="fate" {value} checked={it == *fate} onchange={move |_: Event| now.set(it)} />
                            { words }
                        </label>
                    }
                }) }
                if !others.is_empty() {
                    <select name="into" aria-label="The other tag" {onchange}>
                        { for others.iter().map(|it| html! {
                            <option value={it.id.as_str()} selected={Some(it.id) == into_now}>{ path(&codebook, it.id) }</option>
                        }) }
                    </select>
                    <p class="beneath">{ "Values of attributes that the other tag does not have are added to the note." }</p>
                }
            </fieldset>
            <div class="dialog-foot">
                <button type="button" class="button" data-action="cancel" onclick={closing(&store, |_| {})}>{ "Cancel" }</button>
                <button type="button" class="button solid" data-action="remove" disabled={to.is_none()} onclick={done}>
                    { fate.words().2 }
                </button>
            </div>
        </>
    }
}
