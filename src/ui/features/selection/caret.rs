//! The text cursor as it is seen: a bar at the end that moves. What it is on is painted by the surface.

use yew::prelude::*;

use crate::ui::{features::viewport, platform::fixed, use_store, use_view};

/// The bar, while the keyboard is in the text.
#[component]
pub(crate) fn Caret() -> Html {
    let store = use_store();
    let cursor = use_view(|state| state.selection.cursor);
    // The passage moves when the page is resized.
    use_view(|state| state.viewport.layout());
    let Some(cursor) = cursor else { return html! {} };
    let Some((first, last)) = viewport::with_surface(&store, |it| it.ends(cursor.span)) else {
        return html! {};
    };
    let (x, place) = if cursor.at_start { (first.left, first) } else { (last.right, last) };
    let [x, y, tall] = [x, place.top, place.bottom - place.top].map(|it| fixed(it, 1));
    let style = format!("--x:{x}px;--y:{y}px;--tall:{tall}px");
    html! { <i id="caret" aria-hidden="true" ~style={style} /> }
}
