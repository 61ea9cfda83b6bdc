//! The margin: a card for each annotation near the viewport, beside its passage. On a narrow page, a list in a panel.

mod attributes;
mod card;
mod draft;
pub(super) mod more;
mod stack;

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use self::{
    card::{Card, clip},
    draft::DraftCard,
    stack::{Item, PINNED, stack},
};
use crate::{
    annotation::{AnnotationId, Codebook, Entry},
    text::Span,
    ui::{
        State, Store,
        features::{
            document,
            filter::Filters,
            navigation::{self, Panel},
            viewport,
        },
        parts::icons::{Icon, icon},
        surface::Surface,
        use_store, use_view,
    },
};

/// The gap between two cards, in CSS pixels.
const GAP: f64 = 8.0;

/// Cards further above the viewport than this move without an animation, in CSS pixels.
const ANIMATION_MARGIN: f64 = 300.0;

/// With less space than this per card, in CSS pixels, the cards shrink to one line each.
const MIN_CARD_SPACE: f64 = 76.0;

/// The content of a card.
#[derive(Clone, PartialEq)]
struct CardData {
    id: AnnotationId,
    annotation: Rc<crate::annotation::Annotation>,
    quote: AttrValue,
    focused: bool,
}

/// The panel lists at least this many annotations, if there are that many.
const MIN_LISTED: usize = 100;

/// The maximum number of cards, however many annotations overlap in one place.
const MAX_CARDS: usize = 200;

/// The cards near the viewport, in text order.
fn visible_cards(state: &State) -> Vec<CardData> {
    let Some((article, set)) = document::opened(state) else { return Vec::new() };
    let Some(window) = state.viewport.near() else { return Vec::new() };
    let shown = |window| state.highlights.shown_in(set, window);
    let mut entries = shown(window);
    if state.navigation.panel() == Some(Panel::Annotations) {
        // The panel is not bound to the passages in view, so it lists more: widen the window until there are enough.
        let (mut window, mut reach) = (window, window.len());
        while entries.len() < MIN_LISTED && window.len() < article.text().len() {
            let wider = window.start().saturating_sub(reach)..window.end() + reach;
            let Some(wider) = article.window(wider) else { break };
            (window, reach) = (wider, reach * 2);
            entries = shown(window);
        }
    }
    // The focused card stays when its passage is scrolled away, since the person may be writing in it.
    if let Some(id) = state.location.focus().filter(|id| entries.iter().all(|(it, _)| it != id))
        && let Some(annotation) = set.get(id)
    {
        let before = annotation.span.start() < window.start();
        entries.insert(if before { 0 } else { entries.len() }, (id, Rc::clone(annotation)));
    }
    if entries.len() > MAX_CARDS {
        let focused = entries.iter().position(|(id, _)| state.location.focus() == Some(*id));
        let from = focused.unwrap_or(entries.len() / 2).saturating_sub(MAX_CARDS / 2);
        entries.drain(..from.min(entries.len() - MAX_CARDS));
        entries.truncate(MAX_CARDS);
    }
    entries
        .into_iter()
        .map(|(id, annotation): Entry| CardData {
            id,
            quote: clip(article.slice(annotation.span)).into(),
            focused: state.location.focus() == Some(id),
            annotation,
        })
        .collect()
}

/// The pane on the right, with the cards.
#[component]
pub(crate) fn Margin() -> Html {
    let store = use_store();
    let cards = use_view(visible_cards);
    let layout = use_view(|state| state.viewport.layout());
    let sheet = use_view(|state| state.navigation.panel() == Some(Panel::Annotations));
    let codebook = document::use_codebook();
    let list = use_node_ref();

    {
        let (store, list) = (store.clone(), list.clone());
        use_effect_with((cards.clone(), layout), move |(cards, _)| {
            if let Some(list) = list.cast::<HtmlElement>() {
                arrange(&store, &list, cards);
            }
        });
    }

    {
        let list = list.clone();
        let focused = cards.iter().find(|it| it.focused).map(|it| it.id);
        use_effect_with((sheet, focused), move |(sheet, focused)| {
            let card = list
                .cast::<HtmlElement>()
                .filter(|_| *sheet && focused.is_some())
                .and_then(|it| it.query_selector(".focused").ok().flatten());
            if let Some(card) = card {
                card.scroll_into_view();
            }
        });
    }

    let close = move |_| navigation::show_panel(&store, None);
    html! {
        <section id="margin" class={classes!("pane", sheet.then_some("open"))} aria-label="Annotations">
            <div class="pane-head for-sheet">
                <h2>{ "Annotations" }</h2>
                <button type="button" class="button" data-action="close-sheet" aria-label="Close" onclick={close}>
                    { icon(Icon::Close) }
                </button>
            </div>
            <div class="margin-head">
                <Filters />
                <Hint cards={cards.len()} />
            </div>
            <DraftCard />
            <ul id="cards" ref={list}>
                { for cards.iter().map(|it| html! {
                    <Card key={it.id.to_string()} id={it.id} annotation={Rc::clone(&it.annotation)}
                        quote={it.quote.clone()} focused={it.focused} codebook={codebook.clone()} />
                }) }
            </ul>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct HintProps {
    /// The number of cards listed.
    cards: usize,
}

/// A hint if there is no card, or if not all are listed.
#[component]
fn Hint(props: &HintProps) -> Html {
    let total = use_view(|state| document::opened(state).map_or(0, |(_, set)| set.len()));
    let any_hidden = use_view(|state| state.highlights.hides_any());
    let sheet = use_view(|state| state.navigation.panel() == Some(Panel::Annotations));
    let codebook = document::use_codebook();
    let text = match props.cards {
        _ if total == 0 => {
            return html! {
                <div class="empty">
                    <p><b>{ "Nothing tagged yet." }</b></p>
                    <p>
                        { "Select a passage in the article, then press " }
                        { keys(&codebook) }
                        { " or choose a tag beside it." }
                    </p>
                </div>
            };
        }
        0 if any_hidden => "No annotation here has a tag that is shown.".to_owned(),
        0 => "No annotation in this part of the article.".to_owned(),
        cards if sheet && !any_hidden && cards < total => {
            format!("{} more in other parts of the article.", total - cards)
        }
        _ => return html! {},
    };
    html! { <p class="empty">{ text }</p> }
}

/// The keys of the tags: `1, 2 or 3`. If there are too many tags, or none of them has one, the key of the picker.
fn keys(codebook: &Codebook) -> Html {
    let mut keys: Vec<char> = document::few_tags(codebook).iter().filter_map(|it| it.key).collect();
    if keys.is_empty() || document::has_more_tags(codebook) {
        keys = vec!['G'];
    }
    let before = |at: usize| match at {
        0 => "",
        at if at + 1 == keys.len() => " or ",
        _ => ", ",
    };
    keys.iter().enumerate().map(|(at, key)| html! { <>{ before(at) }<kbd>{ *key }</kbd></> }).collect()
}

/// Positions the cards beside their passages. In a panel, the style sheet overrides this with a list.
fn arrange(store: &Store, list: &HtmlElement, cards: &[CardData]) {
    let Some(window) = store.read(|state| state.viewport.near()) else { return };
    let elements: Vec<HtmlElement> =
        (0..list.children().length()).filter_map(|at| list.children().item(at)?.dyn_into().ok()).collect();
    let places: Option<Vec<f64>> = viewport::with_surface(store, |surface| {
        cards.iter().map(|card| preferred_top(surface, card, window)).collect()
    });
    let Some(places) = places.filter(|it| it.len() == elements.len()) else { return };

    let room = viewport::with_surface(store, |it| it.end_rects(window))
        .map_or(0.0, |(first, last)| last.bottom - first.top);
    #[expect(clippy::cast_precision_loss, reason = "cards near the viewport are few")]
    let dense = cards.len() as f64 * MIN_CARD_SPACE > room.max(600.0);
    let _ = list.class_list().toggle_with_force("dense", dense);

    let page_to_list = f64::from(list.offset_top());
    let visible = viewport::with_surface(store, |it| Some(it.visible_range()));
    let items: Vec<Item> = elements
        .iter()
        .zip(cards)
        .zip(places)
        .map(|((element, card), place)| {
            let height = f64::from(element.offset_height());
            // The whole focused card is visible if the start of its passage is.
            let place = match &visible {
                Some(visible) if card.focused && visible.contains(&place) => {
                    place.min((visible.end - height - GAP).max(visible.start))
                }
                _ => place,
            };
            let weight = if card.focused { PINNED } else { 1.0 };
            Item { preferred: place - page_to_list, height, weight }
        })
        .collect();
    let mut bottom = 0.0_f64;
    for ((element, item), top) in elements.iter().zip(&items).zip(stack(&items, GAP, 0.0)) {
        let _ = element.style().set_property("transform", &format!("translateY({top:.0}px)"));
        let visible = visible
            .as_ref()
            .is_none_or(|it| (it.start - ANIMATION_MARGIN..it.end).contains(&(top + page_to_list)));
        let _ = element.class_list().toggle_with_force("glides", visible);
        // Cards that do not fit above the focused one are hidden.
        let _ = element.style().set_property("visibility", if top < 0.0 { "hidden" } else { "visible" });
        bottom = bottom.max(top + item.height);
    }
    let _ = list.style().set_property("height", &format!("{bottom:.0}px"));
}

/// The preferred top of a card: beside the first line of its passage that is near the viewport, or at the edge of the
/// near text if the passage is further away.
fn preferred_top(surface: &Surface, card: &CardData, window: Span) -> Option<f64> {
    let span = card.annotation.span;
    match span.intersection(window) {
        Some(near) => surface.start_rect(near).map(|it| it.top),
        None => {
            surface.end_rects(window).map(|(first, last)| if span < window { first.top } else { last.bottom })
        }
    }
}
