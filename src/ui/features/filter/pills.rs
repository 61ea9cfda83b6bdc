//! The filter at the head of the margin: a button for each of a few tags, or one that opens the tree of many.

use std::rc::Rc;

use yew::prelude::*;

use super::{
    actions::{set_all, toggle},
    commands::FILTER,
};
use crate::{
    annotation::Tag,
    ui::{
        State,
        features::{dialogs, document},
        parts::look::look,
        use_store, use_view,
    },
};

/// With more tags than this, or with one below another, the filter is a tree.
const FEW: usize = 9;

/// What the head of the margin shows.
#[derive(Clone, PartialEq)]
enum Head {
    /// Each tag, with its number of annotations in the open article and whether they are shown.
    Pills(Vec<(Rc<Tag>, usize, bool)>),
    /// The number of tags, and how many of them are hidden.
    Tree(usize, usize),
}

fn head(state: &State) -> Head {
    let tags = document::listed_tags(state);
    let shows = |tag: &Rc<Tag>| state.highlights.shows(tag.id);
    let codebook = document::codebook(state);
    if tags.len() > FEW || tags.iter().any(|it| codebook.parent_of(it.id).is_some()) {
        return Head::Tree(tags.len(), tags.iter().filter(|it| !shows(it)).count());
    }
    let set = document::opened(state).map(|(_, set)| set);
    let pill = |tag: Rc<Tag>| (set.map_or(0, |it| it.count(tag.id)), shows(&tag), tag);
    Head::Pills(tags.into_iter().map(pill).map(|(count, shown, tag)| (tag, count, shown)).collect())
}

/// Buttons that show and hide the annotations with a tag, with their number.
#[component]
pub(crate) fn Filters() -> Html {
    let store = use_store();
    match use_view(head) {
        Head::Pills(tags) => html! {
            <div class="filters" role="group" aria-label="Show tags">
                { for tags.iter().map(|(tag, count, shown)| {
                    let (store, id) = (store.clone(), tag.id);
                    let title = format!("{} {}", if *shown { "Hide" } else { "Show" }, tag.name);
                    html! {
                        <button type="button" class={look("filter", Some(tag))} data-tag={id.as_str()} {title}
                            aria-pressed={shown.to_string()} onclick={move |_| toggle(&store, id)}>
                            <i aria-hidden="true" />
                            { &*tag.name }{ " " }
                            <span class="count">{ *count }</span>
                        </button>
                    }
                }) }
            </div>
        },
        Head::Tree(tags, hidden) => {
            let open = {
                let store = store.clone();
                move |_| dialogs::open(&store, &FILTER)
            };
            html! {
                <div class="filters">
                    <button type="button" class="filter" data-action="filter-tree" aria-haspopup="dialog" onclick={open}>
                        { if hidden == 0 { format!("{tags} tags") } else { format!("{} of {tags} tags shown", tags - hidden) } }
                        { " " }<kbd aria-hidden="true">{ "F" }</kbd>
                    </button>
                    if hidden > 0 {
                        <button type="button" class="filter" data-action="show-all-tags" onclick={move |_| set_all(&store, true)}>
                            { "Show all" }
                        </button>
                    }
                </div>
            }
        }
    }
}
