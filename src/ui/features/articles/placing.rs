//! Placing annotations whose passage was not found with certainty in a newer text: the dialog, and what its buttons do.

use std::rc::Rc;

use yew::prelude::*;

use super::{
    state::{Placement, Unplaced},
    unplaced::unplaced,
};
use crate::{
    annotation::AnnotationId,
    session::{ArticleCommand, Command},
    text::{ArticleId, Span},
    ui::{
        Store,
        features::{document, navigation, notices, selection},
        parts::{
            dialog::{Dialog, close_around},
            lazy_html::LazyHtml,
            look::look,
            notice::Notice,
            words::{count, excerpt},
        },
        use_store, use_view,
    },
};

static PLACING: Dialog = Dialog::new("placing", "Annotations to place");
pub(super) const PLACING_HTML: LazyHtml = LazyHtml::of(&PLACING, || html! { <Placing /> });

/// The kind of the notice that asks the person to select a passage.
const PLACING_NOTICE: &str = "placing";

/// How many annotations were found again, and the list of those to place.
#[component]
fn Placing() -> Html {
    let store = use_store();
    let codebook = document::use_codebook();
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
                    let act = |run: fn(&Store, AnnotationId), closes: bool| {
                        let (store, id) = (store.clone(), annotation.id);
                        move |event: MouseEvent| {
                            if closes {
                                close_around(&event);
                            }
                            run(&store, id);
                        }
                    };
                    html! {
                        <li key={annotation.id.to_string()} class={look("stray", codebook.tag(annotation.tag))} data-id={annotation.id.to_string()}
                            data-kind={if annotation.ambiguous { "ambiguous" } else { "orphan" }}>
                            <span class="chip"><i aria-hidden="true" />{ codebook.name_of(annotation.tag) }</span>
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

/// Shows the annotations of earlier texts of an article that are not placed yet.
pub(super) fn show_unplaced(store: &Store, article: &ArticleId, found: Option<(usize, usize)>) {
    store.update(|state| {
        let (unplaced, unlisted) = unplaced(state, article);
        let any = !unplaced.is_empty();
        state.articles.outcome =
            Some(Rc::new(Placement { found, unplaced, unlisted, article: Some(article.clone()) }));
        if any {
            state.dialogs.open(&PLACING);
        } else {
            state.dialogs.close(&PLACING);
        }
    });
}

/// Shows the annotations that are not placed yet, given an earlier text of the article.
pub(super) fn show_unplaced_on(store: &Store, earlier: &ArticleId) {
    let latest = store.read(|state| state.document.session().articles().successor(earlier).cloned());
    if let Some(latest) = latest {
        show_unplaced(store, &latest, None);
    }
}

/// Announces a decision, and shows the annotations that are left.
fn show_remaining(store: &Store, announcement: &str) {
    store.update(|state| state.announcements.say(announcement));
    let outcome = store.read(|state| state.articles.outcome.clone());
    if let Some(outcome) = outcome
        && let Some(article) = &outcome.article
    {
        show_unplaced(store, article, outcome.found);
    }
}

/// Moves an annotation of an earlier text to this passage of the newer one.
fn place_at(store: &Store, annotation: AnnotationId, span: Span) {
    let on = store.read(|state| state.articles.outcome.as_ref().and_then(|it| it.article.clone()));
    if let Some(on) = on {
        document::execute(store, &Command::Article(ArticleCommand::Place { annotation, on, span }));
        show_remaining(store, "Placed");
    }
}

/// Marks an annotation as staying on its earlier text.
fn keep_with_earlier(store: &Store, annotation: AnnotationId) {
    document::execute(store, &Command::Article(ArticleCommand::Settle(annotation)));
    show_remaining(store, "Kept with the earlier text");
}

/// Deletes an annotation of an earlier text.
fn delete_unplaced(store: &Store, annotation: AnnotationId) {
    document::execute(store, &Command::Delete(annotation));
    show_remaining(store, "Deleted. Undo brings it back.");
}

/// Lets the person select the passage of an annotation in the newer text.
fn place_by_hand(store: &Store, annotation: AnnotationId) {
    let article = store.read(|state| state.articles.outcome.as_ref().and_then(|it| it.article.clone()));
    let Some(article) = article else { return };
    navigation::open(store, &article);
    store.update(|state| {
        let Some(it) = state.document.session().annotation(annotation) else { return };
        let quote = state
            .document
            .session()
            .library()
            .get(&it.article)
            .map(|article| excerpt(article.slice(it.span)));
        state.articles.placing = Some(annotation);
        notices::announce(state, select_passage(&quote.unwrap_or_default()));
    });
}

/// Moves the annotation that is being placed to the selected passage.
fn place_selection(store: &Store) {
    let Some(annotation) = store.read(|state| state.articles.placing) else { return };
    let Some(span) = store.read(|state| state.selection.selected().map(|it| it.span)) else {
        store.update(|state| state.announcements.say("Select a passage first."));
        return;
    };
    stop_placing(store);
    selection::clear(store);
    place_at(store, annotation, span);
    selection::focus(store, Some(annotation));
}

/// Stops placing an annotation by selection. It stays unplaced.
fn stop_placing(store: &Store) {
    store.update(|state| {
        state.articles.placing = None;
        state.notices.dismiss(PLACING_NOTICE);
    });
}

fn select_passage(quote: &str) -> Notice {
    Notice::new(PLACING_NOTICE, format!("Select the passage for “{quote}” in the newer text."))
        .with("place-selection", "Place it here", place_selection)
        .with("stop-placing", "Not now", stop_placing)
        .undismissible()
}
