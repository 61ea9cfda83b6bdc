//! The granularity that selections snap to: setting it, and the control for it.

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{cursor::snap_cursor, on_page::select, pointer::changed};
use crate::{
    text::Granularity,
    ui::{
        Store,
        features::{
            announcements,
            settings::{self, Settings},
        },
        use_store, use_view,
    },
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

/// Sets the granularity that selections snap to.
fn snap_to(store: &Store, snap: Granularity) {
    settings::change(store, |it| Settings { snap, ..it });
    announcements::announce(store, format!("Selecting by {}", snap_name(snap).to_lowercase()));
    store.state_mut().selection.gesture.set_by_page = None;
    changed(store);
    match store.read(|state| state.selection.selected) {
        Some(selection) => select(store, selection),
        None => snap_cursor(store),
    }
}

/// Switches to the next granularity; after the last, to the first.
pub(super) fn snap_to_next(store: &Store) {
    snap_to(store, store.read(|state| state.settings.snap).next());
}

/// The name that is shown.
const fn snap_name(granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Character => "Character",
        Granularity::Word => "Word",
        Granularity::Sentence => "Sentence",
        Granularity::Paragraph => "Paragraph",
    }
}

/// The name in the DOM.
const fn snap_id(granularity: Granularity) -> &'static str {
    match granularity {
        Granularity::Character => "character",
        Granularity::Word => "word",
        Granularity::Sentence => "sentence",
        Granularity::Paragraph => "paragraph",
    }
}
