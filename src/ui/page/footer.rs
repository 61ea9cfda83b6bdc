//! The footer: the number of annotations, the tagged share of the text and, on a narrow page, the button for the cards.

use yew::prelude::*;

use super::views::Views;

use crate::{
    annotation::AnnotationSet,
    ui::{
        feature,
        features::{
            document,
            location::View,
            navigation::{self, Panel},
        },
        parts::words::{count, percent},
        use_store, use_view,
    },
};

/// The footer.
#[component]
pub(super) fn Footer() -> Html {
    let store = use_store();
    // Counts of the open article in the reader, and of all articles in the other views.
    let (annotations, tagged) = use_view(|state| match state.location.view() {
        View::Reader => {
            let set = document::opened(state).map(|(_, set)| set);
            (
                set.map_or(0, AnnotationSet::len),
                Some(percent(set.map_or(0.0, |it| it.overview().share() * 100.0))),
            )
        }
        View::Table | View::Chart | View::Codebook => (document::annotation_count(state), None),
    });
    let sheet = use_view(|state| state.navigation.panel() == Some(Panel::Annotations));
    let annotations = count(annotations, "annotation", "annotations");
    let onclick = move |_| navigation::show_panel(&store, (!sheet).then_some(Panel::Annotations));
    html! {
        <footer id="footer">
            <span class="beside">{ &annotations }</span>
            if let Some(tagged) = tagged {
                <button type="button" class="button for-sheet" data-action="annotations" aria-expanded={sheet.to_string()} {onclick}>
                    { &annotations }
                </button>
                <span>{ format!("{tagged} of the text tagged") }</span>
            }
            { items() }
            <span class="space" />
            <span class="views-below"><Views /></span>
            <span class="beside">{ "Press " }<kbd>{ "?" }</kbd>{ " for shortcuts" }</span>
        </footer>
    }
}

/// The items of the features.
fn items() -> Html {
    feature::all().filter_map(|it| it.footer).map(|item| item()).collect()
}
