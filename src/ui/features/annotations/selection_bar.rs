//! The bar beside a selection, with buttons that tag it and show the keys for that.

use yew::prelude::*;

use super::{draft::write_note, tagging::tag_passage};
use crate::ui::{
    features::{document, viewport},
    parts::look::look,
    use_store, use_view,
};

/// The height of the bar and its distance to the selection, in CSS pixels.
const ROOM: f64 = 56.0;

/// The bar, while there is a finished selection.
#[component]
pub(crate) fn SelectionBar() -> Html {
    let store = use_store();
    let selected = use_view(|state| state.selection.selected().filter(|_| !state.selection.selecting()));
    let armed = use_view(|state| state.annotations.sticky);
    let codebook = document::use_codebook();
    // The passage moves when the page is resized.
    use_view(|state| state.viewport.layout());
    let Some(selected) = selected else { return html! {} };
    let Some((first, last)) = viewport::with_surface(&store, |it| it.end_rects(selected.span)) else {
        return html! {};
    };

    // At the end of the selection where the pointer is, outside the selected lines.
    let above = selected.backwards && first.top > ROOM;
    let (x, y) = if above {
        (first.left, first.top)
    } else if selected.backwards {
        (f64::midpoint(first.left, first.right), last.bottom)
    } else {
        (last.right, last.bottom)
    };
    let side = if above { "above" } else { "below" };
    // On touch screens the bar is at the bottom of the page, unless it would cover the selection.
    let low = viewport::with_surface(&store, |it| Some(it.is_under_bottom_bar(last.bottom))) == Some(true);

    // A press on the bar must not clear the selection before the click.
    let onpointerdown = |event: PointerEvent| event.prevent_default();
    let onmousedown = |event: MouseEvent| event.prevent_default();
    html! {
        <div id="selection-bar" class={classes!(side, low.then_some("low"))} role="toolbar" aria-label="Tag the selection"
            ~style={format!("--x:{x:.1}px;--y:{y:.1}px")} {onpointerdown} {onmousedown}>
            { for codebook.offered().map(|tag| {
                let (store, id) = (store.clone(), tag.id);
                let armed = armed == Some(id);
                html! {
                    <button type="button" class={look(if armed { "armed" } else { "" }, Some(tag))}
                        data-tag={id.as_str()} onclick={move |_| tag_passage(&store, id)}>
                        <i aria-hidden="true" />
                        { &*tag.name }
                        { for tag.key.map(|key| html! { <kbd>{ key }</kbd> }) }
                        if armed {
                            <kbd>{ "Enter" }</kbd>
                        }
                    </button>
                }
            }) }
            <button type="button" data-action="note" onclick={move |_| write_note(&store)}>
                { "Note" }<kbd>{ "N" }</kbd>
            </button>
        </div>
    }
}
