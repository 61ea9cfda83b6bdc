//! The bar beside a selection, with buttons that tag it and show the keys for that.

use std::rc::Rc;

use yew::prelude::*;

use super::{draft::write_note, run::run, tagging::tag_passage};
use crate::{
    annotation::{Codebook, Tag, TagId},
    ui::{
        commands::{MAKE, PICK},
        features::{document, viewport},
        parts::look::look,
        use_store, use_view,
    },
};

/// The height of a row of the bar, in CSS pixels.
const ROW: f64 = 38.0;

/// The bar's edges and its distance to the selection, in CSS pixels.
const AROUND: f64 = 18.0;

/// About so many buttons are in a row.
const PER_ROW: usize = 6;

/// The bar, while there is a finished selection.
#[component]
pub(crate) fn SelectionBar() -> Html {
    let store = use_store();
    let selected = use_view(|state| state.selection.selected().filter(|_| !state.selection.selecting()));
    let armed = use_view(|state| state.annotations.sticky);
    let codebook = document::use_codebook();
    // The passage moves when the page is resized.
    use_view(|state| state.viewport.layout());
    // The picker takes its place.
    let is_covered = use_view(|state| state.dialogs.current().is_some());
    let Some(selected) = selected.filter(|_| !is_covered) else { return html! {} };
    let Some((first, last)) = viewport::with_surface(&store, |it| it.end_rects(selected.span)) else {
        return html! {};
    };

    // At the end of the selection where the pointer is, outside the selected lines.
    let tags = bar_tags(&codebook, armed);
    let rows = u32::try_from((tags.len() + 3).div_ceil(PER_ROW)).unwrap_or(u32::MAX);
    let above = selected.backwards && first.top > AROUND + ROW * f64::from(rows);
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
            { for tags.iter().map(|tag| {
                let (store, id) = (store.clone(), tag.id);
                let armed = armed == Some(id);
                let hint = (!tag.definition.is_empty()).then(|| format!("bar-{}", id.as_str()));
                html! {
                    <>
                        <button type="button" class={look(if armed { "armed" } else { "" }, Some(tag))}
                            data-tag={id.as_str()} aria-describedby={hint.clone()} onclick={move |_| tag_passage(&store, id)}>
                            <i aria-hidden="true" />
                            <span class="bar-name" dir="auto">{ &*tag.name }</span>
                            { for tag.key.map(|key| html! { <kbd>{ key.to_ascii_uppercase() }</kbd> }) }
                            if armed {
                                <kbd>{ "Enter" }</kbd>
                            }
                        </button>
                        if let Some(hint) = hint {
                            <p id={hint} class="bar-hint" role="tooltip" dir="auto">{ &*tag.definition }</p>
                        }
                    </>
                }
            }) }
            <button type="button" data-action={PICK} onclick={run(&store, PICK)}>{ "More…" }<kbd>{ "G" }</kbd></button>
            <button type="button" data-action={MAKE} onclick={run(&store, MAKE)}>{ "New tag…" }</button>
            <button type="button" data-action="note" onclick={move |_| write_note(&store)}>
                { "Note" }<kbd>{ "N" }</kbd>
            </button>
        </div>
    }
}

/// The tags that have a button, and the armed one.
fn bar_tags(codebook: &Codebook, armed: Option<TagId>) -> Vec<Rc<Tag>> {
    let mut tags = document::handy_tags(codebook);
    let armed = armed.filter(|id| tags.iter().all(|it| it.id != *id)).and_then(|it| codebook.tag(it));
    tags.extend(armed.cloned());
    tags
}
