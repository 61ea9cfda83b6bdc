//! The dialog that says what the tags mean.

use std::rc::Rc;

use yew::prelude::*;

use crate::{
    annotation::{Attributes, Tag, is_default},
    ui::{
        features::{document, location::View, navigation},
        parts::{
            dialog::{Dialog, closing},
            lazy_html::LazyHtml,
            look::look,
            tag_search::shown_path,
        },
        use_store,
    },
};

pub(crate) static DEFINITIONS: Dialog = Dialog::new("definitions", "Definitions of the tags");
pub(super) const DEFINITIONS_HTML: LazyHtml = LazyHtml::of(&DEFINITIONS, || html! { <Definitions /> });

#[component]
fn Definitions() -> Html {
    let store = use_store();
    let book = document::use_codebook();
    let edit = closing(&store, |store| navigation::show_view(store, View::Codebook));
    // The cases decide between the tags of the default codebook.
    let has_cases = book.offered().any(|it| is_default(it.id, &Attributes::default()));
    html! {
        <>
            <dl>
                { for book.offered().map(|tag| html! {
                    <>
                        <dt class={look("", Some(tag))}>
                            <i aria-hidden="true" />{ shown_path(&book, tag.id) }{ for tag.key.map(|key| html! { <kbd>{ key }</kbd> }) }
                        </dt>
                        <dd>{ &*tag.definition }{ examples(tag) }</dd>
                    </>
                }) }
            </dl>
            if book.offered().next().is_none() {
                <p class="empty">{ "No tags yet." }</p>
            }
            if has_cases {
                <h3>{ "Borderline cases" }</h3>
                <ul>{ for book.borderline_cases().iter().map(|case| html! { <li>{ &**case }</li> }) }</ul>
            }
            <div class="dialog-foot">
                <button type="button" class="button" data-action="edit-codebook" onclick={edit}>{ "Change them in the codebook" }</button>
            </div>
        </>
    }
}

/// The examples and the counterexamples of a tag.
fn examples(tag: &Tag) -> Html {
    let list = |words: &'static str, all: &[Rc<str>]| {
        html! {
            if !all.is_empty() {
                <p class="definition-examples">{ words }{ for all.iter().map(|it| html! { <q>{ &**it }</q> }) }</p>
            }
        }
    };
    html! { <>{ list("Such as: ", &tag.examples) }{ list("But not: ", &tag.counterexamples) }</> }
}
