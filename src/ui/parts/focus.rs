//! Focusing an element as it appears.

use web_sys::HtmlElement;
use yew::prelude::*;

/// Focuses an element once its component is rendered for the first time.
#[hook]
pub(crate) fn use_focus(node: &NodeRef) {
    let node = node.clone();
    use_effect_with((), move |()| {
        if let Some(element) = node.cast::<HtmlElement>() {
            let _ = element.focus();
        }
    });
}
