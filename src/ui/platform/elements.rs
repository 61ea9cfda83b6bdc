//! Elements of the page.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// The element with this id, where it is in the page.
pub(crate) fn element(id: &str) -> Option<HtmlElement> {
    gloo::utils::document().get_element_by_id(id)?.dyn_into().ok()
}

/// Clicks the element with this id, as a person would.
pub(crate) fn click(id: &str) {
    if let Some(element) = element(id) {
        element.click();
    }
}

/// Puts the focus on the first element found.
pub(crate) fn focus_first(selector: &str) {
    let found = gloo::utils::document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Closes a menu that is open.
pub(crate) fn hide_popover(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.hide_popover();
    }
}

/// Scrolls what an element is in no more than it takes to see all of it.
pub(crate) fn keep_in_view(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Whether the page is too narrow for the margin to stand beside the text; as in the style sheet.
pub(crate) fn is_narrow() -> bool {
    let query = web_sys::window().and_then(|it| it.match_media("(max-width: 899.98px)").ok().flatten());
    query.is_some_and(|it| it.matches())
}
