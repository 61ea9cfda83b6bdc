//! The bar at the bottom: how much is done, and the way to the annotations on a narrow page.

use yew::prelude::*;

use super::{
    app::{Sheet, count, use_app, use_view},
    articles::percent,
    header::Views,
};

/// The bar.
#[component]
pub(super) fn Footer() -> Html {
    let app = use_app();
    let done =
        use_view(|state| state.opened().map(|(_, set)| (set.len(), percent(set.overview().share() * 100.0))));
    let sheet = use_view(|state| state.sheet == Some(Sheet::Annotations));
    let (annotations, tagged) = done.unwrap_or((0, percent(0.0)));
    let annotations = count(annotations, "annotation", "annotations");
    let onclick = move |_| app.sheet((!sheet).then_some(Sheet::Annotations));
    html! {
        <footer id="footer">
            <span class="beside">{ &annotations }</span>
            <button type="button" class="button for-sheet" data-action="annotations" aria-expanded={sheet.to_string()} {onclick}>
                { &annotations }
            </button>
            <span>{ format!("{tagged} of the text tagged") }</span>
            <span class="space" />
            <span class="views-below"><Views /></span>
            <span class="beside">{ "Press " }<kbd>{ "?" }</kbd>{ " for shortcuts" }</span>
        </footer>
    }
}
