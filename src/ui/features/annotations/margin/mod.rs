//! A card for each annotation near the viewport, beside its passage; on a narrow page a list in a sheet.

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
    card::Card,
    draft::DraftCard,
    stack::{INSISTS, Item, stack},
};
use crate::{
    annotation::{AnnotationId, Entry, Tag},
    text::{Span, beginning},
    ui::{
        State, Store,
        features::{
            document, filter,
            navigation::{self, Panel},
            viewport,
        },
        parts::icons::{Icon, icon},
        platform,
        surface::Surface,
        use_store, use_view,
    },
};

/// Between two cards, in CSS pixels.
const GAP: f64 = 8.0;

/// Cards that far from the viewport are not seen to glide to their places, in CSS pixels.
const UNSEEN: f64 = 300.0;

/// With less room than this for each card, in CSS pixels, the cards show one line each.
const ROOM_FOR_A_CARD: f64 = 76.0;

/// A card to be drawn.
#[derive(Clone, PartialEq)]
struct Shown {
    id: AnnotationId,
    annotation: Rc<crate::annotation::Annotation>,
    quote: AttrValue,
    focused: bool,
}

/// A sheet lists this many annotations at least, where there are so many.
const LISTED: usize = 100;

/// No more cards than this, however many annotations lie over each other in one place.
const MOST: usize = 200;

/// The cards near the viewport, in text order. Their number depends on what is there, not on how much there is.
fn near(state: &State) -> Vec<Shown> {
    let Some((article, set)) = document::opened(state) else { return Vec::new() };
    let Some(window) = state.viewport.near() else { return Vec::new() };
    let shown = |window| {
        let mut entries = set.overlapping(window);
        entries.retain(|(_, it)| state.highlights.shows(it.tag));
        entries
    };
    let mut entries = shown(window);
    if state.navigation.panel() == Some(Panel::Annotations) {
        // A list has no passages beside it: it reaches further, each time as far again.
        let (mut window, mut reach) = (window, window.len());
        while entries.len() < LISTED && window.len() < article.text().len() {
            let wider = window.start().saturating_sub(reach)..window.end() + reach;
            let Some(wider) = article.window(wider) else { break };
            (window, reach) = (wider, reach * 2);
            entries = shown(window);
        }
    }
    // The focused card stays when its passage is scrolled away: somebody may be writing in it.
    if let Some(id) = state.location.focus().filter(|id| entries.iter().all(|(it, _)| it != id))
        && let Some(annotation) = set.get(id)
    {
        let before = annotation.span.start() < window.start();
        entries.insert(if before { 0 } else { entries.len() }, (id, Rc::clone(annotation)));
    }
    if entries.len() > MOST {
        let focused = entries.iter().position(|(id, _)| state.location.focus() == Some(*id));
        let from = focused.unwrap_or(entries.len() / 2).saturating_sub(MOST / 2);
        entries.drain(..from.min(entries.len() - MOST));
        entries.truncate(MOST);
    }
    entries
        .into_iter()
        .map(|(id, annotation): Entry| Shown {
            id,
            quote: clip(article.slice(annotation.span)).into(),
            focused: state.location.focus() == Some(id),
            annotation,
        })
        .collect()
}

/// As much of a quote as a card can show.
pub(crate) fn clip(quote: &str) -> String {
    beginning(quote.trim(), 600).into_owned()
}

/// The pane on the right.
#[component]
pub(crate) fn Margin() -> Html {
    let store = use_store();
    let cards = use_view(near);
    let layout = use_view(|state| state.viewport.layout());
    let sheet = use_view(|state| state.navigation.panel() == Some(Panel::Annotations));
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
                        quote={it.quote.clone()} focused={it.focused} />
                }) }
            </ul>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct HintProps {
    /// How many cards there are below.
    cards: usize,
}

/// What to do where there is no card, and that there are more where not all are listed.
#[component]
fn Hint(props: &HintProps) -> Html {
    let total = use_view(|state| document::opened(state).map_or(0, |(_, set)| set.len()));
    let any_hidden = use_view(|state| state.highlights.hidden().contains(&true));
    let sheet = use_view(|state| state.navigation.panel() == Some(Panel::Annotations));
    let text = match props.cards {
        _ if total == 0 => {
            return html! {
                <div class="empty">
                    <p><b>{ "Nothing tagged yet." }</b></p>
                    <p>
                        { "Select a passage in the article, then press " }
                        <kbd>{ "1" }</kbd>{ ", " }<kbd>{ "2" }</kbd>{ " or " }<kbd>{ "3" }</kbd>
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

/// Shows and hides tags, with how many annotations each has.
#[component]
fn Filters() -> Html {
    let store = use_store();
    let tags = use_view(|state| {
        let counts = document::opened(state).map(|(_, set)| Tag::ALL.map(|tag| set.count(tag)));
        (counts.unwrap_or_default(), state.highlights.hidden())
    });
    html! {
        <div class="filters" role="group" aria-label="Show tags">
            { for Tag::ALL.into_iter().map(|tag| {
                let (counts, hidden) = tags;
                let (shown, n) = (!hidden[tag.index()], counts[tag.index()]);
                let store = store.clone();
                let title = format!("{} {}", if shown { "Hide" } else { "Show" }, tag.name());
                html! {
                    <button type="button" class={classes!("filter", tag.id())} data-tag={tag.id()} {title}
                        aria-pressed={shown.to_string()} onclick={move |_| filter::toggle(&store, tag)}>
                        <i aria-hidden="true" />
                        { tag.name() }{ " " }
                        <span class="count">{ n }</span>
                    </button>
                }
            }) }
        </div>
    }
}

/// Puts the cards beside their passages. In a sheet the style sheet lists them instead.
fn arrange(store: &Store, list: &HtmlElement, cards: &[Shown]) {
    let Some(window) = store.read(|state| state.viewport.near()) else { return };
    let elements: Vec<HtmlElement> =
        (0..list.children().length()).filter_map(|at| list.children().item(at)?.dyn_into().ok()).collect();
    let places: Option<Vec<f64>> = viewport::with_surface(store, |surface| {
        cards.iter().map(|card| wanted(surface, card, window)).collect()
    });
    let Some(places) = places.filter(|it| it.len() == elements.len()) else { return };

    let room = viewport::with_surface(store, |it| it.ends(window))
        .map_or(0.0, |(first, last)| last.bottom - first.top);
    #[expect(clippy::cast_precision_loss, reason = "cards near the viewport are few")]
    let dense = cards.len() as f64 * ROOM_FOR_A_CARD > room.max(600.0);
    let _ = list.class_list().toggle_with_force("dense", dense);

    let page_to_list = f64::from(list.offset_top());
    let seen = viewport::with_surface(store, |it| Some(it.seen()));
    let items: Vec<Item> = elements
        .iter()
        .zip(cards)
        .zip(places)
        .map(|((element, card), place)| {
            let height = f64::from(element.offset_height());
            // One that stands out is seen whole where its passage begins to be seen.
            let place = match &seen {
                Some(seen) if card.focused && seen.contains(&place) => {
                    place.min((seen.end - height - GAP).max(seen.start))
                }
                _ => place,
            };
            let weight = if card.focused { INSISTS } else { 1.0 };
            Item { wanted: place - page_to_list, height, weight }
        })
        .collect();
    let mut bottom = 0.0_f64;
    for ((element, item), top) in elements.iter().zip(&items).zip(stack(&items, GAP, 0.0)) {
        let _ =
            element.style().set_property("transform", &format!("translateY({}px)", platform::fixed(top, 0)));
        let seen = seen.as_ref().is_none_or(|it| (it.start - UNSEEN..it.end).contains(&(top + page_to_list)));
        let _ = element.class_list().toggle_with_force("glides", seen);
        // What finds no room above the focused card gives way to it.
        let _ = element.style().set_property("visibility", if top < 0.0 { "hidden" } else { "visible" });
        bottom = bottom.max(top + item.height);
    }
    let _ = list.style().set_property("height", &format!("{}px", platform::fixed(bottom, 0)));
}

/// Where a card's top would best be: beside the first line of its passage, or of the part near the viewport; at the
/// edge of what is near where its passage is further away.
fn wanted(surface: &Surface, card: &Shown, window: Span) -> Option<f64> {
    let span = card.annotation.span;
    match span.intersection(window) {
        Some(visible) => surface.place_of_start(visible).map(|it| it.top),
        None => surface.ends(window).map(|(first, last)| if span < window { first.top } else { last.bottom }),
    }
}
