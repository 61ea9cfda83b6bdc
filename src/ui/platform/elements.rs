//! Finding, focusing and scrolling elements of the page.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// The element with this id, if it is on the page.
pub(crate) fn element(id: &str) -> Option<HtmlElement> {
    gloo::utils::document().get_element_by_id(id)?.dyn_into().ok()
}

/// Clicks the element with this id.
pub(crate) fn click(id: &str) {
    if let Some(element) = element(id) {
        element.click();
    }
}

/// Focuses the first element that matches.
pub(crate) fn focus_first(selector: &str) {
    let found = gloo::utils::document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// True if an element matches.
pub(crate) fn has(selector: &str) -> bool {
    gloo::utils::document().query_selector(selector).ok().flatten().is_some()
}

/// Closes the popover with this id.
pub(crate) fn hide_popover(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.hide_popover();
    }
}

/// Scrolls an element into view, by as little as possible.
pub(crate) fn scroll_into_view(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// True if the page is too narrow for the margin. The same limit is in the style sheet.
pub(crate) fn is_narrow() -> bool {
    let query = web_sys::window().and_then(|it| it.match_media("(max-width: 899.98px)").ok().flatten());
    query.is_some_and(|it| it.matches())
}
