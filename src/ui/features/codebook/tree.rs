//! The tree of tags.

use std::{cell::RefCell, rc::Rc};

use yew::prelude::*;

use super::{
    actions::TREE,
    dragging::{self, Dragged, use_drag},
    row::TreeRow,
    rows::Row,
    tree_keys::{Typed, on_key_down},
};
use crate::{
    annotation::TagId,
    ui::{platform, use_store},
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) rows: Rc<Vec<Row>>,
    pub(super) selected: Option<TagId>,
}

/// The tree of tags.
#[component]
pub(super) fn Tree(props: &Props) -> Html {
    let store = use_store();
    let typed: Rc<RefCell<Typed>> = use_mut_ref(Typed::default);
    let drag = use_drag();
    let Props { rows, selected } = props;
    let at = rows.iter().position(|it| Some(it.tag.id) == *selected);
    use_effect_with((at, *selected), move |_| {
        if let Some(row) = at.and_then(|at| platform::element(&row_id(at))) {
            platform::scroll_into_view(&row);
        }
    });
    let onkeydown = {
        let (store, rows) = (store.clone(), Rc::clone(rows));
        move |event: KeyboardEvent| on_key_down(&store, &rows, at, &typed, &event)
    };
    let dragged = drag.now();
    html! {
        <ul id={TREE} role="tree" tabindex="0" aria-label="Tags" class={dragging::class(dragged)}
            aria-activedescendant={at.map(row_id)} {onkeydown}
            onpointerdown={drag.take()} onpointermove={drag.follow(rows)} onpointerup={drag.release(&store, rows)}
            onpointercancel={drag.lose()}>
            { for rows.iter().enumerate().map(|(place, row)| {
                let id = row.tag.id;
                let zone = dragged.and_then(|it| it.zone_on(id));
                let is_dragged = dragged.is_some_and(|it: Dragged| it.id == id);
                html! {
                    <TreeRow key={id.as_str()} id={row_id(place)} row={row.clone()} is_selected={Some(place) == at} {zone} {is_dragged} />
                }
            }) }
        </ul>
    }
}

fn row_id(place: usize) -> String {
    format!("tag-row-{place}")
}
