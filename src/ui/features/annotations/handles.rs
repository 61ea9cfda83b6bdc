//! The handles at both ends of the focused annotation, which drag its bounds.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::bounds::{Bound, begin_drag, drag_to, end_drag};
use crate::ui::{
    features::{document, viewport},
    surface::PageRect,
    use_store, use_view,
};

/// The handles, if the focused annotation is near the viewport. The keys and the buttons on the card do the same.
#[component]
pub(crate) fn Handles() -> Html {
    let store = use_store();
    let handles = use_node_ref();
    use_no_gestures(&handles);
    let shown = use_view(|state| {
        if let Some(drag) = state.annotations.drag {
            return Some((drag.span, true));
        }
        let (_, set) = document::opened(state)?;
        let annotation = set.get(state.location.focus()?)?;
        let near = state.viewport.near().is_some_and(|it| it.overlaps(annotation.span));
        (near && state.highlights.shows(annotation.tag)).then_some((annotation.span, false))
    });
    // The passage moves when the page is resized.
    use_view(|state| state.viewport.layout());
    let ends = shown.and_then(|(span, is_dragging)| {
        Some((viewport::with_surface(&store, |it| it.end_rects(span))?, is_dragging))
    });

    let handle = |bound: Bound, (first, last): (PageRect, PageRect), is_dragging: bool| {
        let (x, place) = if bound == Bound::Start { (first.left, first) } else { (last.right, last) };
        let (y, tall) = (place.top, place.bottom - place.top);
        let style = format!("--x:{x:.1}px;--y:{y:.1}px;--tall:{tall:.1}px");
        let take = {
            let store = store.clone();
            move |event: PointerEvent| {
                if event.button() != 0 {
                    return;
                }
                // Prevent a selection, and follow the pointer when it leaves the handle.
                event.prevent_default();
                let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
                if let Some(target) = target {
                    let _ = target.set_pointer_capture(event.pointer_id());
                }
                let is_touch = event.pointer_type() == "touch";
                begin_drag(&store, bound, event.client_x().into(), event.client_y().into(), is_touch);
            }
        };
        let drag = {
            let store = store.clone();
            move |event: PointerEvent| {
                drag_to(&store, event.client_x().into(), event.client_y().into(), event.alt_key());
            }
        };
        let release = {
            let store = store.clone();
            move |event: PointerEvent| {
                // The release may come without a move event for its position.
                drag_to(&store, event.client_x().into(), event.client_y().into(), event.alt_key());
                end_drag(&store, true);
            }
        };
        let lose = {
            let store = store.clone();
            move |_: PointerEvent| end_drag(&store, false)
        };
        html! {
            <i key={bound.id()} class={classes!("handle", is_dragging.then_some("held"))} data-bound={bound.id()} aria-hidden="true"
                ~style={style} onpointerdown={take} onpointermove={drag} onpointerup={release} onpointercancel={lose} />
        }
    };
    html! {
        <div id="handles" ref={handles}>
            if let Some((ends, is_dragging)) = ends {
                { for Bound::ALL.into_iter().map(|bound| handle(bound, ends, is_dragging)) }
            }
        </div>
    }
}

/// Disables the browser's touch gestures in an element. When a drag ends in a flick, Chromium starts a fling even where
/// `touch-action` forbids scrolling, and then ignores the next tap, which only stops the fling.
#[hook]
fn use_no_gestures(element: &NodeRef) {
    let element = element.clone();
    use_effect_with((), move |()| {
        // Yew's own touch listeners are passive and cannot prevent the gesture.
        let options = EventListenerOptions::enable_prevent_default();
        let listener = element.cast::<Element>().map(|element| {
            EventListener::new_with_options(&element, "touchstart", options, Event::prevent_default)
        });
        move || drop(listener)
    });
}
