//! An attribute of a tag, with its fields.

use std::rc::Rc;

use yew::prelude::*;

use super::{
    attribute_actions::{edit, remove, set, shift, show},
    bounds::Bounds,
    field::{Field, of_attribute, text},
    kinds::kind_name,
    text_kind::TextKind,
    values::Values,
};
use crate::{
    annotation::{Attribute, AttributeKind, TagId},
    ui::{
        Store,
        parts::{
            icons::{Icon, icon},
            words::count,
        },
        use_store,
    },
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) tag: TagId,
    pub(super) attribute: Rc<Attribute>,
    pub(super) is_open: bool,
    pub(super) is_first: bool,
    pub(super) is_last: bool,
}

/// The attribute's name and kind, which show and hide its fields, and the buttons that move and remove it.
#[component]
pub(super) fn AttributeRow(props: &Props) -> Html {
    let store = use_store();
    let Props { tag, attribute, is_open, .. } = props;
    let id = attribute.id.as_str();
    let fields = format!("attribute-fields-{id}");
    let onclick = {
        let (store, next) = (store.clone(), (!is_open).then_some(attribute.id));
        move |_| show(&store, next)
    };
    html! {
        <li class="attribute-edited" data-attribute={id}>
            <div class="attribute-head">
                <button type="button" class="attribute-toggle" aria-expanded={is_open.to_string()} aria-controls={is_open.then(|| fields.clone())} {onclick}>
                    <span class="branch" aria-hidden="true">{ if *is_open { "▾" } else { "▸" } }</span>
                    <span class="attribute-words">
                        <b dir="auto">{ &*attribute.name }</b>
                        <small>{ summary(attribute) }</small>
                    </span>
                </button>
                { buttons(&store, props) }
            </div>
            if *is_open {
                <div id={fields} class="attribute-fields">
                    <Fields tag={*tag} attribute={Rc::clone(attribute)} />
                </div>
            }
        </li>
    }
}

/// The kind and what belongs to it, in a few words.
fn summary(attribute: &Attribute) -> String {
    let kind = kind_name(&attribute.kind);
    let mut words = match &attribute.kind {
        AttributeKind::Choice(choices) | AttributeKind::Several(choices) => {
            let offered = choices.iter().filter(|it| !it.retired).count();
            format!("{kind}: {}", count(offered, "value", "values"))
        }
        AttributeKind::Number { unit, .. } if !unit.is_empty() => format!("{kind} in {unit}"),
        _ => kind.to_owned(),
    };
    if attribute.asked {
        words.push_str(", asked at once");
    }
    words
}

fn buttons(store: &Store, props: &Props) -> Html {
    let Props { tag, attribute, is_first, is_last, .. } = props;
    let (id, tag) = (attribute.id, *tag);
    let move_by = |is_up: bool| {
        let store = store.clone();
        move |_| shift(&store, tag, id, is_up)
    };
    let onremove = {
        let (store, attribute) = (store.clone(), Rc::clone(attribute));
        move |_| remove(&store, tag, &attribute)
    };
    let name = &attribute.name;
    html! {
        <span class="row-buttons">
            <button type="button" class="button quiet" data-action="attribute-up" aria-label={format!("Move {name} up")} title="Move up"
                disabled={*is_first} onclick={move_by(true)}>{ icon(Icon::Up) }</button>
            <button type="button" class="button quiet" data-action="attribute-down" aria-label={format!("Move {name} down")} title="Move down"
                disabled={*is_last} onclick={move_by(false)}>{ icon(Icon::Down) }</button>
            <button type="button" class="button quiet" data-action="remove-attribute" aria-label={format!("Remove the attribute {name}")}
                title="Remove" onclick={onremove}>{ icon(Icon::Delete) }</button>
        </span>
    }
}

#[derive(Properties, PartialEq)]
struct FieldsProps {
    tag: TagId,
    attribute: Rc<Attribute>,
}

/// The fields of an attribute.
#[component]
fn Fields(props: &FieldsProps) -> Html {
    let store = use_store();
    let FieldsProps { tag, attribute } = props;
    let (tag, key) = (*tag, attribute.id);
    let id = key.as_str();
    let typing = |to: fn(&Attribute, String) -> Attribute| {
        let store = store.clone();
        Callback::from(move |text: String| _ = edit(&store, tag, key, |it| Some(to(it, text))))
    };
    let onchange = {
        let store = store.clone();
        move |_: Event| _ = set(&store, tag, key, |it| Some(Attribute { asked: !it.asked, ..it.clone() }))
    };
    html! {
        <>
            <Field id={format!("attribute-name-{id}")} label="Name of the attribute" now={of_attribute(&store, tag, key, |it| text(&it.name))} kind={TextKind::Name}
                ontype={typing(|it, name| Attribute { name: name.into(), ..it.clone() })} />
            <Field id={format!("attribute-hint-{id}")} label="Hint" placeholder="What it asks for, in a few words" now={of_attribute(&store, tag, key, |it| text(&it.hint))}
                ontype={typing(|it, hint| Attribute { hint: hint.into(), ..it.clone() })} />
            <p class="said">
                { format!("Kind: {}. It stays, since annotations may have values; for another kind, add another attribute.", kind_name(&attribute.kind)) }
            </p>
            <label class="check">
                <input type="checkbox" name={format!("asked-{id}")} checked={attribute.asked} {onchange} />
                { "Ask for it as soon as the tag is given" }
            </label>
            { match &attribute.kind {
                AttributeKind::Choice(_) | AttributeKind::Several(_) => {
                    html! { <Values {tag} attribute={Rc::clone(attribute)} /> }
                }
                AttributeKind::Number { .. } => html! { <Bounds {tag} attribute={Rc::clone(attribute)} /> },
                AttributeKind::YesNo | AttributeKind::Text | AttributeKind::Date | AttributeKind::Likelihood => html! {},
            } }
        </>
    }
}
