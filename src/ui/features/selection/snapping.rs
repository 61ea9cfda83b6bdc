//! The switch for what selections snap to.

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::pointer::{id, name, snap_to};
use crate::{
    text::Granularity,
    ui::{use_store, use_view},
};

/// The switch of what selections snap to: a row of buttons, or a list where there is no room.
#[component]
pub(crate) fn SnapSwitch() -> Html {
    let store = use_store();
    let snap = use_view(|state| state.settings.snap);
    let onchange = {
        let store = store.clone();
        move |event: Event| {
            let list = event.target().and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
            let chosen =
                list.and_then(|list| Granularity::ALL.into_iter().find(|it| id(*it) == list.value()));
            if let Some(chosen) = chosen {
                snap_to(&store, chosen);
            }
        }
    };
    html! {
        <>
            <span class="hand-label" aria-hidden="true">{ "Select by" }</span>
            <div class="segmented" role="group" aria-label="Select by" title="S changes the unit; hold Alt to select by character">
                { for Granularity::ALL.into_iter().map(|it| {
                    let store = store.clone();
                    html! {
                        <button type="button" data-snap={id(it)} aria-pressed={(it == snap).to_string()}
                            onclick={move |_| snap_to(&store, it)}>
                            { name(it) }
                        </button>
                    }
                }) }
                <kbd aria-hidden="true">{ "S" }</kbd>
            </div>
            <select name="snap" aria-label="Select by" {onchange}>
                { for Granularity::ALL.into_iter().map(|it| html! {
                    <option value={id(it)} selected={it == snap}>{ name(it) }</option>
                }) }
            </select>
        </>
    }
}
