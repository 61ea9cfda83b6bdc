//! The choice of the colour and the line of a tag.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::actions::change;
use crate::{
    annotation::{Hue, LineStyle, Tag},
    session::TagCommand,
    ui::{
        Store,
        features::{announcements, document},
        use_store,
    },
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) tag: Rc<Tag>,
}

/// The colours and the lines, each as a group of radio buttons.
#[component]
pub(super) fn LookFields(props: &Props) -> Html {
    let store = use_store();
    let tag = &props.tag;
    html! {
        <>
            <fieldset class="looks" onfocusout={leave(&store)}>
                <legend>{ "Colour" }</legend>
                { for Hue::ALL.into_iter().map(|hue| radio(&store, tag, hue, tag.line, "hue", hue.name())) }
            </fieldset>
            <fieldset class="looks" onfocusout={leave(&store)}>
                <legend>{ "Line" }</legend>
                { for LineStyle::ALL.into_iter().map(|line| radio(&store, tag, tag.hue, line, "line", line.name())) }
            </fieldset>
        </>
    }
}

/// Ends the step of the history once the focus leaves the group: trying several colours is one step.
fn leave(store: &Store) -> impl Fn(FocusEvent) + 'static {
    let store = store.clone();
    move |event| {
        let name = |it: Option<web_sys::EventTarget>| {
            it?.dyn_into::<web_sys::HtmlInputElement>().ok().map(|it| it.name())
        };
        if name(event.related_target()) != name(event.target()) {
            document::end_step(&store);
        }
    }
}

fn radio(
    store: &Store,
    tag: &Tag,
    hue: Hue,
    line: LineStyle,
    group: &'static str,
    name: &'static str,
) -> Html {
    let (store, id) = (store.clone(), tag.id);
    let onchange = move |_: Event| {
        if change(&store, TagCommand::Look(id, hue, line)) {
            announcements::announce(&store, name);
        }
    };
    html! {
        <label class={classes!("look", hue.class(), line.class())}>
            <input type="radio" name={group} value={name} checked={(hue, line) == (tag.hue, tag.line)} {onchange} />
            <i class="swatch" aria-hidden="true" />
            <span>{ name }</span>
        </label>
    }
}
