//! The view: the tree with its buttons, and the form.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{
    actions::{add, find, focus_tree, select},
    form::Form,
    moving::{Way, move_tag},
    rows::{Row, shown},
    state::{TOOLS, rows, selected},
    tree::Tree,
};
use crate::{
    annotation::{Tag, TagId},
    ui::{
        State, Store,
        features::{document, lazy::LazyContent, navigation::LeaveView},
        parts::icons::{Icon, icon},
        use_store, use_view,
    },
};

/// The view of the codebook.
#[component]
pub(super) fn CodebookPage() -> Html {
    let store = use_store();
    let rows = Rc::new(use_view(rows));
    let (chosen, query) = use_view(|state| (form_of(state), state.codebook.query.clone()));
    let is_empty = use_view(|state| shown(document::codebook(state)).next().is_none());
    let id = chosen.as_ref().map(|it| it.0.id);
    {
        let store = store.clone();
        use_effect_with((), move |()| focus_tree(&store));
    }
    html! {
        <main id="tags" class="view" aria-labelledby="tags-title">
            <div class="view-head">
                <h1 id="tags-title">{ "Codebook" }</h1>
                <LazyContent id={TOOLS} />
                <LeaveView />
            </div>
            <div class="tags-body">
                <div key="side" class="tags-side">
                    { buttons(&store, id) }
                    if is_empty {
                        <p class="empty">{ "No tags yet. “New tag” makes the first one." }</p>
                    } else {
                        <Finder rows={Rc::clone(&rows)} />
                        <div class="tags-list">
                            if rows.is_empty() {
                                <p class="empty">{ format!("No tag has “{}” in its name.", query.trim()) }</p>
                            } else {
                                <Tree {rows} selected={id} />
                            }
                        </div>
                        <p class="batch-hint">
                            { "Letters find a tag, Enter edits it, + adds one under it. Drag it to move it, or press Alt with an arrow key." }
                        </p>
                    }
                </div>
                { for chosen.into_iter().map(|(tag, count)| html! { <Form key={tag.id.as_str()} tag={Rc::clone(&tag)} {count} /> }) }
            </div>
        </main>
    }
}

/// The selected tag, and the number of its annotations on all listed articles.
fn form_of(state: &State) -> Option<(Rc<Tag>, usize)> {
    let tag = document::codebook(state).tag(selected(state)?)?;
    let session = state.document.session();
    let sets = session.library().iter().filter_map(|it| session.annotations(it.id()));
    Some((Rc::clone(tag), sets.map(|it| it.count(tag.id)).sum()))
}

#[derive(Properties, PartialEq)]
struct FinderProps {
    rows: Rc<Vec<Row>>,
}

/// The field that looks for tags by their names.
#[component]
fn Finder(props: &FinderProps) -> Html {
    let store = use_store();
    // Read here, since a property could be older than what was typed.
    let query = use_view(|state| state.codebook.query.clone());
    let oninput = {
        let store = store.clone();
        move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                find(&store, field.value());
            }
        }
    };
    let onkeydown = {
        let (store, rows, query) = (store.clone(), Rc::clone(&props.rows), query.clone());
        move |event: KeyboardEvent| match event.key().as_str() {
            "ArrowDown" | "Enter" if !event.is_composing() => {
                event.prevent_default();
                if let Some(row) = first_found(&rows, &query) {
                    select(&store, row.tag.id);
                    focus_tree(&store);
                }
            }
            "Escape" if !query.is_empty() => {
                event.stop_propagation();
                find(&store, String::new());
            }
            _ => {}
        }
    };
    html! {
        <input type="search" name="find-tag" class="tags-find" aria-label="Find a tag" placeholder="Find a tag" dir="auto"
            autocomplete="off" value={query} {oninput} {onkeydown} />
    }
}

/// The first row that was looked for, and not only one that such a row is under.
fn first_found<'a>(rows: &'a [Row], query: &str) -> Option<&'a Row> {
    let words = query.to_lowercase();
    let fits = |it: &&Row| words.split_whitespace().all(|word| it.tag.name.to_lowercase().contains(word));
    rows.iter().find(fits).or_else(|| rows.first())
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
