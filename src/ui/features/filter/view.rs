//! The tree of tags, with a search, that shows and hides branches.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::{
    actions::{set_all, toggle_branch},
    tree::{Node, Shown, rows, tree},
};
use crate::{
    annotation::TagId,
    text::Folding,
    ui::{
        State,
        features::document,
        parts::{look::look, tag_search::TagQuery, words::count},
        platform::{self, BrowserNormalizer},
        use_store, use_view,
    },
};

/// At most so many rows are listed.
const LISTED: usize = 100;

/// With more tags than this, all branches are closed at first.
const OPEN: usize = 30;

fn nodes(state: &State) -> Vec<Node> {
    let set = document::opened(state).map(|(_, set)| set);
    let count = |tag| set.map_or(0, |it| it.count(tag));
    tree(document::codebook(state), &document::listed_tags(state), count, |it| state.highlights.shows(it))
}

/// The search, the buttons for all tags, and the tree.
#[component]
pub(super) fn TagTree() -> Html {
    let store = use_store();
    let nodes = use_view(nodes);
    let codebook = document::use_codebook();
    let query = use_state(String::new);
    // The branches that are not as they were at first.
    let turned = use_state(Vec::<TagId>::new);
    let current = use_state(|| None::<TagId>);
    let folding = use_mut_ref(|| Folding::new(BrowserNormalizer));

    let open_first = nodes.len() <= OPEN;
    let is_open = |tag: TagId| open_first != turned.contains(&tag);
    let searches = !query.trim().is_empty();
    let found: Option<Vec<bool>> = searches.then(|| {
        let folding = &mut *folding.borrow_mut();
        let query = TagQuery::new(&query, folding);
        nodes.iter().map(|it| query.rank_in(&codebook, it.tag.id, folding).is_some()).collect()
    });
    let all = rows(&nodes, found.as_deref(), is_open);
    let listed: Vec<&Node> = all.iter().take(LISTED).map(|at| &nodes[*at]).collect();
    let more = all.len() - listed.len();
    // The row that Tab reaches.
    let reached = listed.iter().position(|it| Some(it.tag.id) == *current).unwrap_or_default();

    let oninput = {
        let query = query.clone();
        move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                query.set(field.value());
            }
        }
    };
    let into_tree = {
        let (current, first) = (current.clone(), listed.first().map(|it| it.tag.id));
        move |event: KeyboardEvent| {
            if let ("ArrowDown", Some(first)) = (event.key().as_str(), first) {
                event.prevent_default();
                current.set(Some(first));
                focus(first);
            }
        }
    };
    let turn = {
        let turned = turned.clone();
        move |tag: TagId| {
            let mut all = (*turned).clone();
            match all.iter().position(|it| *it == tag) {
                Some(at) => _ = all.remove(at),
                None => all.push(tag),
            }
            turned.set(all);
        }
    };
    let everything = |shown: bool| {
        let store = store.clone();
        move |_: MouseEvent| set_all(&store, shown)
    };
    let hidden = nodes.iter().filter(|it| it.is_hidden).count();
    let row = |(place, node): (usize, &&Node)| {
        let (id, is_branch, opened) = (node.tag.id, node.is_branch, searches || is_open(node.tag.id));
        let onclick = {
            let (store, turn, current) = (store.clone(), turn.clone(), current.clone());
            move |event: MouseEvent| {
                current.set(Some(id));
                let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
                let on_arrow = target.is_some_and(|it| it.closest(".tree-arrow").ok().flatten().is_some());
                if on_arrow && is_branch && !searches { turn(id) } else { toggle_branch(&store, id) }
            }
        };
        let onkeydown = {
            let (store, turn, current) = (store.clone(), turn.clone(), current.clone());
            let parent = node.parent.map(|it| nodes[it].tag.id);
            let at = |place: usize| listed.get(place).map(|it| it.tag.id);
            let (before, after) = (place.checked_sub(1).and_then(at), at(place + 1));
            let (first, last) = (at(0), listed.last().map(|it| it.tag.id));
            let child = after.filter(|_| is_branch && opened);
            move |event: KeyboardEvent| {
                let to = match event.key().as_str() {
                    "ArrowDown" => after,
                    "ArrowUp" => before,
                    "Home" => first,
                    "End" => last,
                    "ArrowRight" if is_branch && !opened => {
                        turn(id);
                        None
                    }
                    "ArrowRight" => child,
                    "ArrowLeft" if is_branch && opened && !searches => {
                        turn(id);
                        None
                    }
                    "ArrowLeft" => parent,
                    " " | "Enter" => {
                        toggle_branch(&store, id);
                        None
                    }
                    _ => return,
                };
                event.prevent_default();
                if let Some(to) = to {
                    current.set(Some(to));
                    focus(to);
                }
            }
        };
        html! {
            <li key={id.as_str()} id={row_id(id)} role="treeitem" aria-level={(node.depth + 1).to_string()}
                aria-expanded={is_branch.then(|| opened.to_string())} aria-checked={node.shown.checked()}
                tabindex={if place == reached { "0" } else { "-1" }} ~style={format!("--depth:{}", node.depth)}
                {onclick} {onkeydown}>
                <span class="tree-arrow" aria-hidden="true">{ if !is_branch { "" } else if opened { "▾" } else { "▸" } }</span>
                <i class={look("tree-box", Some(&node.tag))} aria-hidden="true">
                    { match node.shown { Shown::All => "✓", Shown::Some => "–", Shown::None => "" } }
                </i>
                <span class="tree-name" dir="auto">{ &*node.tag.name }</span>
                { " " }<span class="count">{ node.count }</span>
            </li>
        }
    };
    html! {
        <>
            <input type="text" autofocus=true class="combobox-field" name="find-tag" autocomplete="off" spellcheck="false"
                aria-label="Find a tag" placeholder="Find a tag" aria-controls="filter-tags" value={(*query).clone()}
                {oninput} onkeydown={into_tree} />
            <div class="tree-head">
                <span role="status">
                    { if searches { count(all.len(), "tag", "tags") } else if hidden == 0 { "All shown".to_owned() } else { format!("{hidden} hidden") } }
                </span>
                <span>
                    <button type="button" class="button quiet" data-action="show-all" onclick={everything(true)}>{ "Show all" }</button>
                    <button type="button" class="button quiet" data-action="hide-all" onclick={everything(false)}>{ "Hide all" }</button>
                </span>
            </div>
            if listed.is_empty() {
                <p class="empty">{ "No tag has such a name." }</p>
            } else {
                <ul id="filter-tags" role="tree" aria-label="Tags">{ for listed.iter().enumerate().map(row) }</ul>
            }
            if more > 0 {
                <p class="combobox-more">{ format!("{more} more: type letters of the name") }</p>
            }
        </>
    }
}

/// The name of a row in the DOM.
fn row_id(tag: TagId) -> String {
    format!("tree-{}", tag.as_str())
}

fn focus(tag: TagId) {
    if let Some(row) = platform::element(&row_id(tag)) {
        let _ = row.focus();
    }
}
