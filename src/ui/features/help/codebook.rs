//! The dialog with the codebook, which says what the tags mean.

use crate::ui::parts::lazy_html::LazyHtml;
use yew::prelude::*;

use crate::ui::{
    features::document,
    parts::{dialog::Dialog, look::look},
};

pub(crate) static CODEBOOK: Dialog = Dialog::new("codebook", "Codebook");
pub(super) const CODEBOOK_HTML: LazyHtml = LazyHtml::of(&CODEBOOK, || html! { <Definitions /> });

#[component]
fn Definitions() -> Html {
    let codebook = document::use_codebook();
    html! {
        <>
            <dl>
                { for codebook.offered().map(|tag| html! {
                    <>
                        <dt class={look("", Some(tag))}>
                            <i aria-hidden="true" />{ &*tag.name }{ for tag.key.map(|key| html! { <kbd>{ key }</kbd> }) }
                        </dt>
                        <dd>{ &*tag.definition }</dd>
                    </>
                }) }
            </dl>
            <h3>{ "Borderline cases" }</h3>
            <ul>{ for codebook.borderline_cases().iter().map(|case| html! { <li>{ &**case }</li> }) }</ul>
        </>
    }
}
