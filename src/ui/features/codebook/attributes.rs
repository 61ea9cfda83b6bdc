//! The attributes of a tag, and adding one.

use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{
    attribute_actions::{add, bring_back, show},
    attribute_row::AttributeRow,
    field::on_enter,
    kinds::{Kind, kind_name},
};
use crate::{
    annotation::{Attribute, AttributeId, Tag},
    ui::{use_store, use_view},
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) tag: Rc<Tag>,
}

/// The attributes. The fields of one of them are shown.
#[component]
pub(super) fn AttributeList(props: &Props) -> Html {
    let tag = &props.tag;
    let open = use_view(|state| state.codebook.attribute);
    let here: Vec<&Rc<Attribute>> = tag.attributes.iter().filter(|it| !it.removed).collect();
    let last = here.len().saturating_sub(1);
    html! {
        <section class="attributes-edited" aria-labelledby="attributes-title">
            <h2 id="attributes-title">{ "Attributes" }</h2>
            <p class="said">{ "What can be said of a passage with this tag, on its card." }</p>
            <ul>
                { for here.iter().enumerate().map(|(place, it)| html! {
                    <AttributeRow key={it.id.as_str()} tag={tag.id} attribute={Rc::clone(it)} is_open={open == Some(it.id)}
                        is_first={place == 0} is_last={place == last} />
                }) }
            </ul>
            <AddAttribute tag={Rc::clone(tag)} />
            <Removed tag={Rc::clone(tag)} />
        </section>
    }
}

/// The fields that add an attribute.
#[component]
fn AddAttribute(props: &Props) -> Html {
    let store = use_store();
    let (name, kind) = (use_node_ref(), use_node_ref());
    let refused = use_state(|| None::<&'static str>);
    let submit = {
        let (name, kind, tag, refused) = (name.clone(), kind.clone(), Rc::clone(&props.tag), refused.clone());
        Callback::from(move |()| {
            let (Some(field), Some(kind)) =
                (name.cast::<HtmlInputElement>(), kind.cast::<HtmlSelectElement>())
            else {
                return;
            };
            let kind = Kind::from_id(&kind.value()).unwrap_or(Kind::Text);
            match add(&store, &tag, &field.value(), kind) {
                Ok(()) => {
                    field.set_value("");
                    refused.set(None);
                }
                Err(words) => {
                    refused.set(Some(words));
                    let _ = field.focus();
                }
            }
        })
    };
    let oninput = {
        let refused = refused.clone();
        move |_: InputEvent| refused.set(None)
    };
    html! {
        <div class="adding">
            <div class="field">
                <label for="new-attribute">{ "New attribute" }</label>
                <input type="text" id="new-attribute" name="new-attribute" ref={name} dir="auto" autocomplete="off" maxlength="200"
                    placeholder="Its name" aria-describedby="new-attribute-refused" aria-invalid={refused.map(|_| "true")} {oninput} onkeydown={on_enter(&submit)} />
            </div>
            <div class="field">
                <label for="new-kind">{ "Kind" }</label>
                <select id="new-kind" name="new-kind" ref={kind}>
                    { for Kind::ALL.into_iter().map(|it| html! {
                        <option value={it.id()} selected={it == Kind::Choice}>{ it.name() }</option>
                    }) }
                </select>
            </div>
            <button type="button" class="button" data-action="add-attribute" onclick={submit.reform(|_: MouseEvent| ())}>{ "Add" }</button>
            <p id="new-attribute-refused" class="refused" role="status">{ refused.unwrap_or_default() }</p>
        </div>
    }
}

/// The attributes that were removed, which can be brought back with their values.
#[component]
fn Removed(props: &Props) -> Html {
    let store = use_store();
    let tag = &props.tag;
    let removed: Vec<&Rc<Attribute>> = tag.attributes.iter().filter(|it| it.removed).collect();
    let back = |attribute: AttributeId| {
        let (store, tag) = (store.clone(), tag.id);
        move |_| {
            if bring_back(&store, tag, attribute) {
                show(&store, Some(attribute));
            }
        }
    };
    html! {
        if !removed.is_empty() {
            <details class="removed-attributes">
                <summary>{ format!("Removed attributes ({})", removed.len()) }</summary>
                <ul>
                    { for removed.iter().map(|it| html! {
                        <li key={it.id.as_str()} class="removed-attribute">
                            <span dir="auto">{ &*it.name }</span>
                            <small>{ kind_name(&it.kind) }</small>
                            <button type="button" class="button quiet" data-action="restore-attribute" onclick={back(it.id)}>
                                { "Bring back" }<span class="away">{ format!(" {}", it.name) }</span>
                            </button>
                        </li>
                    }) }
                </ul>
            </details>
        }
    }
}
