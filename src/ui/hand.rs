//! What the hand does over the text: what selections snap to, and the tag that each of them gets.

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::{
    app::{snap_id, snap_name, use_app, use_view},
    icons::{Icon, icon},
};
use crate::{annotation::Tag, text::Granularity};

/// The row above the text.
#[component]
pub(super) fn Hand() -> Html {
    html! {
        <div id="hand">
            <Snapping />
            <span class="space" />
            <Arming />
        </div>
    }
}

/// The switch of what selections snap to: a row of buttons, or a list where there is no room.
#[component]
fn Snapping() -> Html {
    let app = use_app();
    let snap = use_view(|state| state.settings.snap);
    let onchange = {
        let app = app.clone();
        move |event: Event| {
            let list = event.target().and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
            let chosen =
                list.and_then(|list| Granularity::ALL.into_iter().find(|it| snap_id(*it) == list.value()));
            if let Some(chosen) = chosen {
                app.snap_to(chosen);
            }
        }
    };
    html! {
        <>
            <span class="hand-label" aria-hidden="true">{ "Select by" }</span>
            <div class="segmented" role="group" aria-label="Select by" title="S changes it; Alt takes characters for once">
                { for Granularity::ALL.into_iter().map(|it| {
                    let app = app.clone();
                    html! {
                        <button type="button" data-snap={snap_id(it)} aria-pressed={(it == snap).to_string()}
                            onclick={move |_| app.snap_to(it)}>
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

/// The sticky tag: which one is armed, and the way to arm one or to lay it down.
#[component]
fn Arming() -> Html {
    let app = use_app();
    let armed = use_view(|state| state.armed);
    let Some(tag) = armed else {
        return html! {
            <>
                <span class="hand-label" aria-hidden="true">{ "Tag each" }</span>
                <div class="arming" role="group" aria-label="Tag each selection at once">
                    { for Tag::ALL.into_iter().map(|tag| {
                        let app = app.clone();
                        let label = format!("Tag each selection as {} at once", tag.name());
                        let title = format!("{label} (Shift+{})", tag.index() + 1);
                        html! {
                            <button type="button" class={tag.id()} data-arm={tag.id()} {title}
                                onclick={move |_| app.arm(tag)}>
                                <i aria-hidden="true" /><span class="away">{ label }</span>
                                <kbd>{ "⇧" }{ tag.index() + 1 }</kbd>
                            </button>
                        }
                    }) }
                </div>
            </>
        };
    };
    let onclick = move |_| app.disarm();
    html! {
        <button type="button" id="armed" class={tag.id()} data-tag={tag.id()} title="Tag selections at once no longer" {onclick}>
            <i aria-hidden="true" />
            <span>{ "Each selection: " }<b>{ tag.name() }</b></span>
            <kbd>{ "Esc" }</kbd>
            { icon(Icon::Close) }
        </button>
    }
}
