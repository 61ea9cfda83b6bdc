//! The dialog with the codebook, which says what the tags mean.

use yew::prelude::*;

use crate::{
    annotation::{BOUNDARY_CASES, Tag},
    ui::parts::dialog::Dialog,
};

pub(crate) static CODEBOOK: Dialog = Dialog::new("codebook", "Codebook", codebook);

fn codebook() -> Html {
    html! {
        <>
            <dl>
                { for Tag::ALL.into_iter().map(|tag| html! {
                    <>
                        <dt class={tag.id()}><i aria-hidden="true" />{ tag.name() }<kbd>{ tag.index() + 1 }</kbd></dt>
                        <dd>{ tag.definition() }</dd>
                    </>
                }) }
            </dl>
            <h3>{ "Borderline cases" }</h3>
            <ul>{ for BOUNDARY_CASES.iter().map(|case| html! { <li>{ *case }</li> }) }</ul>
        </>
    }
}
