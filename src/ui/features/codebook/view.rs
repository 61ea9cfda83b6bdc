//! The view: the tree with its buttons, and the form.

use yew::prelude::*;

use super::{
    actions::add,
    form::Form,
    moving::{Way, move_tag},
    state::{rows, selected},
    tree::Tree,
};
use crate::{
    annotation::TagId,
    ui::{
        Store,
        features::navigation::LeaveView,
        parts::icons::{Icon, icon},
        use_store, use_view,
    },
};

/// The view of the codebook.
#[component]
pub(super) fn CodebookView() -> Html {
    let store = use_store();
    let rows = use_view(rows);
    let selected = use_view(selected);
    let row = rows.iter().find(|it| Some(it.tag.id) == selected).cloned();
    html! {
        <main id="tags" class="view" aria-labelledby="tags-title">
            <div class="view-head">
                <h1 id="tags-title">{ "Codebook" }</h1>
                <LeaveView />
            </div>
            <div class="tags-body">
                <div class="tags-side">
                    { buttons(&store, selected) }
                    if rows.is_empty() {
                        <p class="empty">{ "No tags yet. “New tag” makes the first one." }</p>
                    } else {
                        <Tree {rows} {selected} />
                        <p class="batch-hint">{ "Letters find a tag; Enter goes to its form; Alt with an arrow key moves it." }</p>
                    }
                </div>
                { for row.iter().map(|row| html! { <Form key={row.tag.id.as_str()} row={row.clone()} /> }) }
            </div>
        </main>
    }
}

/// The buttons that add tags and move the selected one.
fn buttons(store: &Store, selected: Option<TagId>) -> Html {
    let new = |parent: Option<TagId>| {
        let store = store.clone();
        move |_| add(&store, parent)
    };
    html! {
        <div class="tags-tools">
            <button type="button" class="button" data-action="new-tag" onclick={new(None)}>{ icon(Icon::Add) }{ "New tag" }</button>
            <button type="button" class="button" data-action="new-tag-under" disabled={selected.is_none()} onclick={new(selected)}>
                { "New tag under this" }
            </button>
            <span class="tags-moves" role="group" aria-label="Move the tag">
                { for Way::ALL.into_iter().map(|way| move_button(store, selected, way)) }
            </span>
        </div>
    }
}

fn move_button(store: &Store, selected: Option<TagId>, way: Way) -> Html {
    let store = store.clone();
    let (arrow, action, name) = way.names();
    let onclick = move |_| {
        if let Some(id) = selected {
            move_tag(&store, id, way);
        }
    };
    html! {
        <button type="button" class="button quiet" data-action={action} aria-label={name} title={format!("{name} (Alt+{arrow})")}
            disabled={selected.is_none()} {onclick}>{ arrow }</button>
    }
}
