//! A menu of all tags, where there are too many for a button each.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::tag_search::shown_path;
use crate::annotation::{Codebook, TagId};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// The name of the field.
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) codebook: Codebook,
    /// The chosen tag.
    pub(crate) tag: Option<TagId>,
    pub(crate) onchange: Callback<TagId>,
}

/// The menu. Each tag is named with those above it.
#[component]
pub(crate) fn TagSelect(props: &Props) -> Html {
    let Props { name, label, codebook, tag, onchange } = props;
    let choose = {
        let (codebook, onchange) = (codebook.clone(), onchange.clone());
        move |event: Event| {
            let value = event.target_dyn_into::<HtmlSelectElement>().map(|it| it.value());
            if let Some(tag) = value.and_then(|it| codebook.find(&it).map(|it| it.id)) {
                onchange.emit(tag);
            }
        }
    };
    html! {
        <select name={*name} class="tag-select" aria-label={*label} onchange={choose}>
            if tag.is_none() {
                <option value="" selected=true disabled=true>{ *label }</option>
            }
            { for codebook.offered().map(|it| html! {
                <option value={it.id.as_str()} selected={*tag == Some(it.id)}>{ shown_path(codebook, it.id) }</option>
            }) }
        </select>
    }
}
