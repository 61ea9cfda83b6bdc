//! The values of an attribute that has a list of them.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{
    attribute_actions::{add_value, new_value_field, rename_value, retire_value, shift_value},
    field::{Field, of_attribute, on_enter, text},
    text_kind::TextKind,
};
use crate::{
    annotation::{Attribute, Choice, TagId},
    ui::{
        Store,
        parts::icons::{Icon, icon},
        use_store,
    },
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) tag: TagId,
    pub(super) attribute: Rc<Attribute>,
}

/// The values in order, and a field that adds one.
#[component]
pub(super) fn Values(props: &Props) -> Html {
    let store = use_store();
    let Props { tag, attribute } = props;
    let (offered, retired): (Vec<&Choice>, Vec<&Choice>) =
        attribute.kind.choices().iter().partition(|it| !it.retired);
    let last = offered.len().saturating_sub(1);
    html! {
        <div class="values" role="group" aria-label={format!("Values of {}", attribute.name)}>
            <p class="values-title" aria-hidden="true">{ "Values" }</p>
            <ol>
                { for offered.iter().enumerate().map(|(place, it)| value(&store, *tag, attribute, it, (place == 0, place == last))) }
            </ol>
            <AddValue tag={*tag} attribute={Rc::clone(attribute)} />
            if !retired.is_empty() {
                <p class="said">{ "Retired: kept where they are used, but not offered" }</p>
                <ul>{ for retired.iter().map(|it| retired_value(&store, *tag, attribute, it)) }</ul>
            }
        </div>
    }
}

fn value(
    store: &Store,
    tag: TagId,
    attribute: &Rc<Attribute>,
    it: &Choice,
    (is_first, is_last): (bool, bool),
) -> Html {
    let name = &it.name;
    let (key, id) = (attribute.id, Rc::clone(&it.id));
    let ontype = {
        let (store, id) = (store.clone(), Rc::clone(&id));
        Callback::from(move |text: String| rename_value(&store, tag, key, &id, &text))
    };
    let now = {
        let id = Rc::clone(&id);
        of_attribute(store, tag, key, move |it| {
            let value = it.kind.choices().iter().find(|it| it.id == id);
            value.map(|it| text(&it.name)).unwrap_or_default()
        })
    };
    let shift = |is_up: bool| {
        let (store, id) = (store.clone(), Rc::clone(&id));
        move |_| shift_value(&store, tag, key, &id, is_up)
    };
    let onretire = {
        let (store, attribute, it) = (store.clone(), Rc::clone(attribute), it.clone());
        move |_| retire_value(&store, tag, &attribute, &it, true)
    };
    html! {
        <li key={&*it.id} class="value-edited" data-value={it.id.to_string()}>
            <Field id={format!("value-{}-{}", attribute.id.as_str(), it.id)} label="Value" {now}
                kind={TextKind::Name} {ontype} />
            <span class="row-buttons">
                <button type="button" class="button quiet" data-action="value-up" aria-label={format!("Move {name} up")} title="Move up"
                    disabled={is_first} onclick={shift(true)}>{ icon(Icon::Up) }</button>
                <button type="button" class="button quiet" data-action="value-down" aria-label={format!("Move {name} down")} title="Move down"
                    disabled={is_last} onclick={shift(false)}>{ icon(Icon::Down) }</button>
                <button type="button" class="button quiet" data-action="retire-value" aria-label={format!("Retire the value {name}")}
                    title="Retire" onclick={onretire}>{ icon(Icon::Delete) }</button>
            </span>
        </li>
    }
}

fn retired_value(store: &Store, tag: TagId, attribute: &Rc<Attribute>, it: &Choice) -> Html {
    let onclick = {
        let (store, attribute, it) = (store.clone(), Rc::clone(attribute), it.clone());
        move |_| retire_value(&store, tag, &attribute, &it, false)
    };
    html! {
        <li key={&*it.id} class="value-retired" data-value={it.id.to_string()}>
            <span dir="auto">{ &*it.name }</span>
            <button type="button" class="button quiet" data-action="offer-value" {onclick}>
                { "Offer again" }<span class="away">{ format!(" {}", it.name) }</span>
            </button>
        </li>
    }
}

/// The field that adds a value.
#[component]
fn AddValue(props: &Props) -> Html {
    let store = use_store();
    let field = use_node_ref();
    let refused = use_state(|| None::<&'static str>);
    let Props { tag, attribute } = props;
    let (id, tag) = (new_value_field(attribute.id), *tag);
    {
        let (store, field, attribute) = (store.clone(), field.clone(), attribute.id);
        use_effect_with((), move |()| {
            if store.state_mut().codebook.listing.take_if(|it| *it == attribute).is_some()
                && let Some(field) = field.cast::<HtmlInputElement>()
            {
                let _ = field.focus();
            }
        });
    }
    let submit = {
        let (store, field, attribute, refused) =
            (store.clone(), field.clone(), attribute.id, refused.clone());
        Callback::from(move |()| {
            let Some(field) = field.cast::<HtmlInputElement>() else { return };
            let added = add_value(&store, tag, attribute, &field.value());
            if added.is_ok() {
                field.set_value("");
            }
            refused.set(added.err());
        })
    };
    let oninput = {
        let refused = refused.clone();
        move |_: InputEvent| refused.set(None)
    };
    let words = format!("{id}-refused");
    html! {
        <div class="adding">
            <div class="field">
                <label for={id.clone()}>{ "New value" }</label>
                <input type="text" id={id.clone()} name={id} ref={field} dir="auto" autocomplete="off" maxlength="200" placeholder="Its name"
                    aria-describedby={words.clone()} aria-invalid={refused.map(|_| "true")} {oninput} onkeydown={on_enter(&submit)} />
            </div>
            <button type="button" class="button" data-action="add-value" onclick={submit.reform(|_: MouseEvent| ())}>{ "Add" }</button>
            <p id={words} class="refused" role="status">{ refused.unwrap_or_default() }</p>
        </div>
    }
}
