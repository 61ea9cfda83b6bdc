//! Shows the content of a view or a dialog, and what to do if it could not be loaded.

use yew::prelude::*;

use super::{Lazy, load};
use crate::ui::{use_store, use_view};

/// What to show for an id.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Content,
    Loading,
    Failed,
}

#[derive(Properties, PartialEq)]
pub(crate) struct LazyContentProps {
    /// The id of the view or the dialog.
    pub(crate) id: &'static str,
}

/// The content of a view or a dialog.
#[component]
pub(crate) fn LazyContent(props: &LazyContentProps) -> Html {
    let store = use_store();
    let id = props.id;
    let shown = use_view(move |state| match &state.lazy {
        it if it.html(id).is_some() => Shown::Content,
        Lazy::Loaded(_) | Lazy::Failed => Shown::Failed,
        Lazy::NotLoaded | Lazy::Loading => Shown::Loading,
    });
    {
        let store = store.clone();
        use_effect_with(shown == Shown::Loading, move |is_absent| {
            if *is_absent {
                load(&store);
            }
        });
    }
    match shown {
        Shown::Content => store.read(|state| state.lazy.html(id)).map(|html| html()).unwrap_or_default(),
        Shown::Loading => html! { <p class="lazy" role="status">{ "Loading…" }</p> },
        Shown::Failed => {
            let onclick = move |_| load(&store);
            html! {
                <div class="lazy" role="alert">
                    <p>{ "This part of the page could not be loaded. Your annotations are unchanged." }</p>
                    <button type="button" class="button" data-action="load-again" {onclick}>{ "Try again" }</button>
                </div>
            }
        }
    }
}
