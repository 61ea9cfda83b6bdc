//! The strip beside the text that shows where in the article the annotations are.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::{
    annotation::TagId,
    ui::{
        State,
        features::{document, navigation},
        parts::look::class_names,
        use_store, use_view,
    },
};

/// A mark on the strip: a part of the article that has annotations with a tag. In percent of the article's length.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Tick {
    tag: TagId,
    classes: [&'static str; 2],
    column: usize,
    top: f64,
    height: f64,
}

/// The tags share these columns in turn.
const COLUMNS: usize = 3;

#[expect(clippy::cast_precision_loss, reason = "a few hundred stretches")]
fn ticks(state: &State) -> Vec<Tick> {
    let Some((_, set)) = document::opened(state) else { return Vec::new() };
    let tags = document::codebook(state).tags().iter().enumerate();
    let mut ticks: Vec<Tick> = Vec::new();
    for (index, tag) in tags.filter(|(_, it)| state.highlights.shows(it.id) && set.count(it.id) > 0) {
        let classes = class_names(Some(tag));
        let stretches = set.overview().bins_of(tag.id);
        let share = 100.0 / stretches.len().max(1) as f64;
        let mut at = 0;
        for run in stretches.chunk_by(|a, b| a == b) {
            if run[0] {
                let (top, height) = (at as f64 * share, run.len() as f64 * share);
                ticks.push(Tick { tag: tag.id, classes, column: index % COLUMNS, top, height });
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
                <i class={tick.classes} data-tag={tick.tag.as_str()}
                    ~style={format!("--column:{};top:{:.2}%;height:{:.2}%", tick.column, tick.top, tick.height)} />
            }) }
        </div>
    }
}
