//! A row of the tree.

use yew::prelude::*;

use super::{
    actions::{select, show_branch},
    moving::Zone,
    rows::Row,
};
use crate::ui::{
    parts::{look::look, words::count},
    use_store,
};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) id: AttrValue,
    pub(super) row: Row,
    pub(super) is_selected: bool,
    /// Where in it a tag would be dropped.
    pub(super) zone: Option<Zone>,
    /// True while it is dragged.
    pub(super) is_dragged: bool,
}

/// A row. A component of its own, so that one change does not draw all rows again.
#[component]
pub(super) fn TreeRow(props: &Props) -> Html {
    let store = use_store();
    let Props { id, row, is_selected, zone, is_dragged } = props;
    let Row { tag, level, expanded, hidden, .. } = row;
    let (tag_id, is_expanded) = (tag.id, *expanded);
    let onclick = {
        let store = store.clone();
        move |_| select(&store, tag_id)
    };
    let ontoggle = move |event: MouseEvent| {
        event.stop_propagation();
        show_branch(&store, tag_id, is_expanded == Some(false));
    };
    let classes = classes!(
        look("tag-row", Some(tag)),
        zone.map(Zone::class),
        is_dragged.then_some("dragged"),
        tag.retired.then_some("retired"),
    );
    html! {
        <li id={id.clone()} role="treeitem" class={classes} data-tag={tag.id.as_str()}
            aria-level={level.to_string()} aria-posinset={row.place.to_string()} aria-setsize={row.siblings.to_string()}
            aria-selected={is_selected.to_string()} aria-expanded={expanded.map(|it| it.to_string())}
            ~style={format!("--level:{}", level - 1)} {onclick}>
            <span class="branch" aria-hidden="true" onclick={is_expanded.map(|_| Callback::from(ontoggle))}>
                { match is_expanded { Some(true) => "▾", Some(false) => "▸", None => "" } }
            </span>
            <i class="swatch" aria-hidden="true" />
            <span class="tag-row-name" dir="auto">{ &*tag.name }</span>
            if tag.retired {
                <small>{ "retired" }</small>
            }
            { for tag.key.map(|it| html! { <kbd><span class="away">{ "key " }</span>{ it }</kbd> }) }
            if *hidden > 0 {
                <small class="tag-row-hidden" title={format!("{} with tags under it", annotations(*hidden))}>
                    { format!("+{hidden}") }<span class="away">{ " with tags under it" }</span>
                </small>
            }
            <span class="tag-row-count" title={annotations(row.count)}>
                { row.count }<span class="away">{ if row.count == 1 { " annotation" } else { " annotations" } }</span>
            </span>
        </li>
    }
}

fn annotations(number: usize) -> String {
    count(number, "annotation", "annotations")
}
