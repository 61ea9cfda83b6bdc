//! The dialog in which a person places annotations whose passage was not found with certainty in a newer text.

use yew::prelude::*;

use super::{
    replace::{delete_unplaced, keep_with_earlier, place_at, place_by_hand},
    state::Unplaced,
};
use crate::ui::{
    Store,
    parts::{
        dialog::{Dialog, close_around},
        words::count,
    },
    use_store, use_view,
};

pub(super) static PLACING: Dialog = Dialog::new("placing", "Annotations to place", || html! { <Placing /> });

/// How many annotations were found again, and the list of those to place.
#[component]
fn Placing() -> Html {
    let store = use_store();
    let Some(outcome) = use_view(|state| state.articles.outcome.clone()) else { return html! {} };
    let ambiguous = outcome.unplaced.iter().filter(|it| it.ambiguous).count();
    let orphans = outcome.unplaced.len() - ambiguous;
    let fact = |kind: &'static str, number: usize, words: &'static str| {
        html! {
            <div class={classes!((number == 0).then_some("none"))}>
                <dt data-kind={kind}>{ number }</dt>
                <dd>{ words }</dd>
            </div>
        }
    };
    let done = |event: MouseEvent| close_around(&event);
    html! {
        <>
            <p>{ "Annotations whose place is certain were placed. You decide about the others; until then they stay with the earlier text." }</p>
            <dl class="effects">
                if let Some((exact, moved)) = outcome.found {
                    { fact("exact", exact, "are in the same place") }
                    { fact("moved", moved, "were found in another place") }
                }
                { fact("ambiguous", ambiguous, "could be in several places: please confirm") }
                { fact("orphan", orphans, "were not found in the newer text") }
            </dl>
            <ul class="strays" aria-label="Annotations to place">
                { for outcome.unplaced.iter().map(|annotation| {
                    let act = |run: fn(&Store, crate::annotation::AnnotationId), closes: bool| {
                        let (store, id) = (store.clone(), annotation.id);
                        move |event: MouseEvent| {
                            if closes {
                                close_around(&event);
                            }
                            run(&store, id);
                        }
                    };
                    html! {
                        <li key={annotation.id.to_string()} class={classes!("stray", annotation.tag.id())} data-id={annotation.id.to_string()}
                            data-kind={if annotation.ambiguous { "ambiguous" } else { "orphan" }}>
                            <span class="chip"><i aria-hidden="true" />{ annotation.tag.name() }</span>
                            <q dir="auto">{ &annotation.quote }</q>
                            if !annotation.note.is_empty() {
                                <small dir="auto">{ &annotation.note }</small>
                            }
                            { places(&store, annotation) }
                            <div class="panel-actions">
                                <button type="button" class="button" data-action="place-by-hand"
                                    onclick={act(place_by_hand, true)}>{ "Select the passage …" }</button>
                                <button type="button" class="button" data-action="keep-earlier"
                                    onclick={act(keep_with_earlier, false)}>{ "Keep with the earlier text" }</button>
                                <button type="button" class="button bad" data-action="delete-stray"
                                    onclick={act(delete_unplaced, false)}>{ "Delete" }</button>
                            </div>
                        </li>
                    }
                }) }
                if outcome.unlisted > 0 {
                    <li>{ format!("… and {} more", outcome.unlisted) }</li>
                }
            </ul>
            <div class="dialog-foot">
                <button type="button" class="button" data-action="place-later" onclick={done}>{ "Later" }</button>
            </div>
        </>
    }
}

fn places(store: &Store, annotation: &Unplaced) -> Html {
    let words = match (annotation.ambiguous, annotation.places.len()) {
        (true, 1) => {
            "The same words are here, but the text around them has changed. Is this the passage?".to_owned()
        }
        (true, n) => {
            format!("The same words occur in {}. Which is the passage?", count(n, "place", "places"))
        }
        (false, 0) => "These words are not in the newer text.".to_owned(),
        (false, _) => "These words are not in the newer text. Possible places:".to_owned(),
    };
    html! {
        <>
            <p class="beneath">{ words }</p>
            { for annotation.places.iter().map(|place| {
                let (store, id, span) = (store.clone(), annotation.id, place.span);
                let onclick = move |_| place_at(&store, id, span);
                html! {
                    <button type="button" class="place" data-action="place-here" {onclick}>
                        <span dir="auto">{ "… " }{ &place.before }<b>{ &place.words }</b>{ &place.after }{ " …" }</span>
                    </button>
                }
            }) }
        </>
    }
}
