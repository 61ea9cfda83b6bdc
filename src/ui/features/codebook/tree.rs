//! The tree of tags, with its keys.

use std::{cell::RefCell, rc::Rc};

use yew::prelude::*;

use super::{
    actions::select,
    moving::{Way, move_tag},
    state::Row,
};
use crate::{
    annotation::TagId,
    ui::{
        Store,
        parts::{focus::use_focus, look::look, words::count},
        platform, use_store,
    },
};

/// The `id` of the tree.
const TREE: &str = "tag-tree";

/// The `id` of the field for the name, in the form.
pub(super) const NAME_FIELD: &str = "tag-name";

/// Letters that are typed within so many milliseconds belong together.
const PAUSE: f64 = 800.0;

/// The letters typed so far, and when the last was.
type Typed = Rc<RefCell<(String, f64)>>;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) rows: Vec<Row>,
    pub(super) selected: Option<TagId>,
}

/// The tree of tags.
#[component]
pub(super) fn Tree(props: &Props) -> Html {
    let store = use_store();
    let tree = use_node_ref();
    let typed: Typed = use_mut_ref(|| (String::new(), 0.0));
    let Props { rows, selected } = props;
    let at = rows.iter().position(|it| Some(it.tag.id) == *selected).unwrap_or_default();
    use_focus(&tree);
    use_effect_with(at, |at| {
        if let Some(row) = platform::element(&row_id(*at)) {
            platform::scroll_into_view(&row);
        }
    });
    let onkeydown = {
        let (store, rows) = (store.clone(), rows.clone());
        move |event: KeyboardEvent| on_key_down(&store, &rows, at, &typed, &event)
    };
    html! {
        <ul id={TREE} ref={tree} role="tree" tabindex="0" aria-label="Tags" aria-activedescendant={row_id(at)} {onkeydown}>
            { for rows.iter().enumerate().map(|(place, row)| item(&store, row, place, place == at)) }
        </ul>
    }
}

fn row_id(place: usize) -> String {
    format!("tag-row-{place}")
}

fn item(store: &Store, row: &Row, place: usize, is_selected: bool) -> Html {
    let Row { tag, level, .. } = row;
    let (store, id) = (store.clone(), tag.id);
    let onclick = move |_| select(&store, id);
    html! {
        <li key={id.as_str()} id={row_id(place)} role="treeitem" class={look("tag-row", Some(tag))} data-tag={id.as_str()}
            aria-level={level.to_string()} aria-posinset={row.place.to_string()} aria-setsize={row.siblings.to_string()}
            aria-selected={is_selected.to_string()} ~style={format!("--level:{}", level - 1)} {onclick}>
            <i class="swatch" aria-hidden="true" />
            <span class={if tag.retired { "tag-row-name retired" } else { "tag-row-name" }} dir="auto">{ &*tag.name }</span>
            if tag.retired {
                <small>{ "retired" }</small>
            }
            { for tag.key.map(|it| html! { <kbd>{ it }</kbd> }) }
            <span class="tag-row-count" title={count(row.count, "annotation", "annotations")}>{ row.count }</span>
        </li>
    }
}

fn on_key_down(store: &Store, rows: &[Row], at: usize, typed: &Typed, event: &KeyboardEvent) {
    if event.is_composing() || event.ctrl_key() || event.meta_key() {
        return;
    }
    let key = event.key();
    let is_done = if event.alt_key() {
        move_by_key(store, rows, at, &key)
    } else {
        go_by_key(store, rows, at, &key) || go_by_letter(store, rows, at, typed, &key)
    };
    if is_done {
        event.prevent_default();
        event.stop_propagation();
    }
}

fn move_by_key(store: &Store, rows: &[Row], at: usize, key: &str) -> bool {
    let way = Way::of_key(key);
    if let (Some(way), Some(row)) = (way, rows.get(at)) {
        move_tag(store, row.tag.id, way);
    }
    way.is_some()
}

fn go_by_key(store: &Store, rows: &[Row], at: usize, key: &str) -> bool {
    let last = rows.len().saturating_sub(1);
    let to = match key {
        "ArrowDown" => Some((at + 1).min(last)),
        "ArrowUp" => Some(at.saturating_sub(1)),
        "ArrowLeft" => rows.iter().position(|it| Some(it.tag.id) == rows.get(at).and_then(|it| it.parent)),
        "ArrowRight" => {
            rows.get(at + 1).and_then(|it| (it.parent == Some(rows[at].tag.id)).then_some(at + 1))
        }
        "Home" => Some(0),
        "End" => Some(last),
        "Enter" => {
            platform::focus_first(&format!("#{NAME_FIELD}"));
            None
        }
        _ => return false,
    };
    if let Some(row) = to.and_then(|it| rows.get(it)) {
        select(store, row.tag.id);
    }
    true
}

/// Goes to the next tag whose name begins with what is typed.
fn go_by_letter(store: &Store, rows: &[Row], at: usize, typed: &Typed, key: &str) -> bool {
    let mut letters = key.chars();
    let (Some(letter), None) = (letters.next().filter(|it| it.is_alphanumeric()), letters.next()) else {
        return false;
    };
    let now = platform::milliseconds();
    let mut typed = typed.borrow_mut();
    if now - typed.1 > PAUSE {
        typed.0.clear();
    }
    typed.0.extend(letter.to_lowercase());
    typed.1 = now;
    // A first letter goes on from the present tag; the next ones may still fit it.
    let from = if typed.0.chars().count() == 1 { at + 1 } else { at };
    let fits = |row: &&Row| row.tag.name.to_lowercase().starts_with(&typed.0);
    let found = rows.iter().cycle().skip(from).take(rows.len()).find(fits).map(|it| it.tag.id);
    if let Some(id) = found {
        select(store, id);
    }
    true
}
