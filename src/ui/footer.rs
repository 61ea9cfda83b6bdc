//! The bar at the bottom: how much is done, and the way to the annotations on a narrow page.

use yew::prelude::*;

use super::{
    address::View,
    app::{Sheet, count, use_app, use_view},
    articles::percent,
    header::Views,
};
use crate::annotation::AnnotationSet;

/// The bar.
#[component]
pub(super) fn Footer() -> Html {
    let app = use_app();
    // Of the article that is read, or of all where all are shown.
    let (annotations, tagged) = use_view(|state| match state.view {
        View::Reader => {
            let set = state.opened().map(|(_, set)| set);
            (
                set.map_or(0, AnnotationSet::len),
                Some(percent(set.map_or(0.0, |it| it.overview().share() * 100.0))),
            )
        }
        View::Table | View::Chart => (state.annotations_in_all(), None),
    });
    let sheet = use_view(|state| state.sheet == Some(Sheet::Annotations));
    let annotations = count(annotations, "annotation", "annotations");
    let onclick = move |_| app.sheet((!sheet).then_some(Sheet::Annotations));
    html! {
        <footer id="footer">
            <span class="beside">{ &annotations }</span>
            if let Some(tagged) = tagged {
                <button type="button" class="button for-sheet" data-action="annotations" aria-expanded={sheet.to_string()} {onclick}>
                    { &annotations }
                </button>
                <span>{ format!("{tagged} of the text tagged") }</span>
            }
            <span class="space" />
            <span class="views-below"><Views /></span>
            <span class="beside">{ "Press " }<kbd>{ "?" }</kbd>{ " for shortcuts" }</span>
        </footer>
    }
}
