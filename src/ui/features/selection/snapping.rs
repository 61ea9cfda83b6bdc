//! The control that sets the granularity that selections snap to.

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::pointer::{snap_id, snap_name, snap_to};
use crate::{
    text::Granularity,
    ui::{use_store, use_view},
};

/// The control: a row of buttons and a list. The style sheet shows the one that fits.
#[component]
pub(crate) fn SnapSwitch() -> Html {
    let store = use_store();
    let snap = use_view(|state| state.settings.snap);
    let onchange = {
        let store = store.clone();
        move |event: Event| {
            let list = event.target().and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
            let chosen =
                list.and_then(|list| Granularity::ALL.into_iter().find(|it| snap_id(*it) == list.value()));
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
                        <button type="button" data-snap={snap_id(it)} aria-pressed={(it == snap).to_string()}
                            onclick={move |_| snap_to(&store, it)}>
                            { snap_name(it) }
                        </button>
                    }
                }) }
                <kbd aria-hidden="true">{ "S" }</kbd>
            </div>
            <select name="snap" aria-label="Select by" {onchange}>
                { for Granularity::ALL.into_iter().map(|it| html! {
                    <option value={snap_id(it)} selected={it == snap}>{ snap_name(it) }</option>
                }) }
            </select>
        </>
    }
}
