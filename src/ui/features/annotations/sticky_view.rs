//! The row of tools above the text: the granularity of selections and the sticky tag.

use yew::prelude::*;

use super::sticky::{clear_sticky, toggle_sticky};
use crate::{
    annotation::Tag,
    ui::{
        features::selection::SnapSwitch,
        parts::icons::{Icon, icon},
        use_store, use_view,
    },
};

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
    let Some(tag) = armed else {
        return html! {
            <>
                <span class="hand-label" aria-hidden="true">{ "Sticky tag" }</span>
                <div class="arming" role="group" aria-label="Sticky tag">
                    { for Tag::ALL.into_iter().map(|tag| {
                        let store = store.clone();
                        let label = format!("Tag each selection as {}", tag.name());
                        let title = format!("{label} (Shift+{})", tag.index() + 1);
                        html! {
                            <button type="button" class={tag.id()} data-arm={tag.id()} {title}
                                onclick={move |_| toggle_sticky(&store, tag)}>
                                <i aria-hidden="true" /><span class="away">{ label }</span>
                                <kbd>{ "⇧" }{ tag.index() + 1 }</kbd>
                            </button>
                        }
                    }) }
                </div>
            </>
        };
    };
    let onclick = move |_| clear_sticky(&store);
    html! {
        <button type="button" id="armed" class={tag.id()} data-tag={tag.id()} title="Turn off the sticky tag" {onclick}>
            <i aria-hidden="true" />
            <span>{ "Each selection: " }<b>{ tag.name() }</b></span>
            <kbd>{ "Esc" }</kbd>
            { icon(Icon::Close) }
        </button>
    }
}
