//! The choice of the tag under which a tag is listed.

use yew::prelude::*;

use super::{
    moving::{last_under, move_to},
    rows::{parent, shown},
};
use crate::{
    annotation::TagId,
    ui::{features::document, parts::tag_search::shown_path, use_store, use_view},
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) id: TagId,
}

/// The choice. It leads anywhere in the tree, without dragging.
#[component]
pub(super) fn ParentField(props: &Props) -> Html {
    let (store, id) = (use_store(), props.id);
    let (now, others) = use_view(move |state| {
        let codebook = document::codebook(state);
        let others = shown(codebook).filter(|it| !codebook.is_within(it.id, id));
        let others: Vec<(TagId, String)> = others.map(|it| (it.id, shown_path(codebook, it.id))).collect();
        (parent(codebook, id), others)
    });
    let onchange = move |event: Event| {
        let Some(field) = event.target_dyn_into::<web_sys::HtmlSelectElement>() else { return };
        move_to(&store, id, last_under(TagId::parse(&field.value())));
    };
    html! {
        <div class="field">
            <label for="tag-parent">{ "Listed under" }</label>
            <select id="tag-parent" name="tag-parent" {onchange}>
                <option value="" selected={now.is_none()}>{ "No other tag" }</option>
                { for others.into_iter().map(|(id, path)| html! {
                    <option key={id.as_str()} value={id.as_str()} selected={Some(id) == now}>{ path }</option>
                }) }
            </select>
        </div>
    }
}
