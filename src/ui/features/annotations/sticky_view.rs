//! The row of tools above the text: the granularity of selections and the sticky tag.

use yew::prelude::*;

use super::sticky::{clear_sticky, toggle_sticky};
use crate::ui::{
    features::{document, selection::SnapSwitch},
    parts::{
        icons::{Icon, icon},
        look::look,
    },
    use_store, use_view,
};

/// At most so many tags have a button that arms them. The palette has the others.
const ARMING: usize = 4;

/// The row above the text.
#[component]
pub(crate) fn TextTools() -> Html {
    html! {
        <div id="hand">
            <SnapSwitch />
            <span class="space" />
            <StickyTag />
        </div>
    }
}

/// The armed sticky tag with a button that disarms it, or buttons that arm one.
#[component]
fn StickyTag() -> Html {
    let store = use_store();
    let armed = use_view(|state| state.annotations.sticky);
    let codebook = document::use_codebook();
    let Some(tag) = armed else {
        return html! {
            <>
                <span class="hand-label" aria-hidden="true">{ "Sticky tag" }</span>
                <div class="arming" role="group" aria-label="Sticky tag">
                    { for document::few_tags(&codebook).iter().take(ARMING).map(|tag| {
                        let (store, id) = (store.clone(), tag.id);
                        let label = format!("Tag each selection as {}", tag.name);
                        let keys = tag.key.map(|key| format!(" (Shift+{})", key.to_ascii_uppercase()));
                        let title = format!("{label}{}", keys.unwrap_or_default());
                        html! {
                            <button type="button" class={look("", Some(tag))} data-arm={id.as_str()} {title}
                                onclick={move |_| toggle_sticky(&store, id)}>
                                <i aria-hidden="true" /><span class="away">{ label }</span>
                                { for tag.key.map(|key| html! { <kbd>{ "⇧" }{ key.to_ascii_uppercase() }</kbd> }) }
                            </button>
                        }
                    }) }
                </div>
            </>
        };
    };
    let onclick = move |_| clear_sticky(&store);
    html! {
        <button type="button" id="armed" class={look("", codebook.tag(tag))} data-tag={tag.as_str()} title="Turn off the sticky tag" {onclick}>
            <i aria-hidden="true" />
            <span>{ "Each selection: " }<b>{ codebook.name_of(tag) }</b></span>
            <kbd>{ "Esc" }</kbd>
            { icon(Icon::Close) }
        </button>
    }
}
