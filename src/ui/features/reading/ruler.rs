//! The strip beside the text that shows where in the article the annotations are.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::{
    annotation::TagId,
    ui::{
        State,
        features::{document, navigation},
        use_store, use_view,
    },
};

/// A mark on the strip: a part of the article that has annotations with a tag. In percent of the article's length.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Tick {
    tag: TagId,
    top: f64,
    height: f64,
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred stretches")]
fn ticks(state: &State) -> Vec<Tick> {
    let Some((_, set)) = document::opened(state) else { return Vec::new() };
    let tags = document::codebook(state).tags().iter().map(|it| it.id);
    let mut ticks: Vec<Tick> = Vec::new();
    for tag in tags.filter(|it| state.highlights.shows(*it) && set.count(*it) > 0) {
        let stretches = set.overview().bins_of(tag);
        let share = 100.0 / stretches.len().max(1) as f64;
        let mut at = 0;
        for run in stretches.chunk_by(|a, b| a == b) {
            if run[0] {
                ticks.push(Tick { tag, top: at as f64 * share, height: run.len() as f64 * share });
            }
            at += run.len();
        }
    }
    ticks
}

/// The strip. A click scrolls to that part of the text. Hidden from screen readers, which have the cards.
#[component]
pub(crate) fn Ruler() -> Html {
    let store = use_store();
    let ticks = use_view(ticks);
    let onclick = move |event: MouseEvent| {
        let Some(strip) = event.current_target().and_then(|it| it.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        let rect = strip.get_bounding_client_rect();
        let share = (f64::from(event.client_y()) - rect.top()) / rect.height().max(1.0);
        navigation::go_to_share(&store, share.clamp(0.0, 1.0));
    };
    html! {
        <div id="ruler" aria-hidden="true" {onclick}>
            { for ticks.iter().map(|tick| html! {
                <i class={tick.tag.as_str()} data-tag={tick.tag.as_str()}
                    ~style={format!("top:{:.2}%;height:{:.2}%", tick.top, tick.height)} />
            }) }
        </div>
    }
}
