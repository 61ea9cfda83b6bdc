//! The bar that shows the moving end of the text cursor. The surface paints the piece that the cursor is on.

use yew::prelude::*;

use crate::ui::{features::viewport, use_store, use_view};

/// The bar, while there is a text cursor.
#[component]
pub(crate) fn Caret() -> Html {
    let store = use_store();
    let cursor = use_view(|state| state.selection.cursor);
    // The passage moves when the page is resized.
    use_view(|state| state.viewport.layout());
    let Some(cursor) = cursor else { return html! {} };
    let Some((first, last)) = viewport::with_surface(&store, |it| it.end_rects(cursor.span)) else {
        return html! {};
    };
    let (x, place) = if cursor.at_start { (first.left, first) } else { (last.right, last) };
    let (y, tall) = (place.top, place.bottom - place.top);
    let style = format!("--x:{x:.1}px;--y:{y:.1}px;--tall:{tall:.1}px");
    html! { <i id="caret" aria-hidden="true" ~style={style} /> }
}
