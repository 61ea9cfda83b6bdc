//! The dialog with the codebooks that come with the page.

use yew::prelude::*;

use super::{
    actions::show,
    bundled,
    state::{READY_MADE, Source},
};
use crate::{
    annotation::TagId,
    interchange::CodebookFile,
    ui::{
        Store,
        parts::{lazy_html::LazyHtml, look::look, words::count},
        use_store,
    },
};

pub(super) const READY_MADE_HTML: LazyHtml = LazyHtml::of(&READY_MADE, || html! { <ReadyMade /> });

#[component]
fn ReadyMade() -> Html {
    let store = use_store();
    let all = use_memo((), |()| bundled::all());
    html! {
        <>
            <p>{ "You see what a codebook would change before anything does. Every tag can be changed afterwards." }</p>
            <ul class="ready-made">
                { for all.iter().enumerate().map(|(index, it)| entry(&store, index, it)) }
            </ul>
        </>
    }
}

fn entry(store: &Store, index: usize, codebook: &CodebookFile) -> Html {
    let name = &codebook.name;
    let onclick = {
        let store = store.clone();
        move |_| show(&store, Source::ReadyMade(index))
    };
    let cases = codebook.borderline_cases.len();
    html! {
        <li>
            <div class="ready-made-head">
                <h3>{ name }</h3>
                <button type="button" class="button" data-action="use-ready-made" aria-label={format!("Use {name}")} {onclick}>{ "Use…" }</button>
            </div>
            <p>{ &codebook.description }</p>
            if !codebook.tags.is_empty() {
                <ul class="chips" aria-label="Tags">
                    { for codebook.tags.iter().map(|it| {
                        let tag = it.as_tag(it.id.unwrap_or_else(|| TagId::new("none"))).into();
                        html! { <li><span class={look("chip", Some(&tag))}>{ &*it.name }</span></li> }
                    }) }
                </ul>
            }
            if !codebook.source.is_empty() {
                <p class="beneath">{ &codebook.source }</p>
            }
            if cases > 0 {
                <details>
                    <summary>{ count(cases, "borderline case", "borderline cases") }</summary>
                    <ul class="cases">{ for codebook.borderline_cases.iter().map(|it| html! { <li>{ it }</li> }) }</ul>
                </details>
            }
        </li>
    }
}
