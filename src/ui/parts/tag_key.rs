//! The key of a tag, on a button that gives it.

use yew::prelude::*;

use crate::annotation::Tag;

/// The key of a tag behind its name, hidden from screen readers; nothing if it has none.
pub(crate) fn tag_key(tag: &Tag) -> Html {
    match tag.key {
        Some(key) => html! { <>{ " " }<kbd aria-hidden="true">{ key.to_ascii_uppercase() }</kbd></> },
        None => html! {},
    }
}
