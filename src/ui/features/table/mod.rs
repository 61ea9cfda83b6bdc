//! The table of all annotations: filters, sorting and grouping, and changing many annotations at once.

mod actions;
mod commands;
mod filters;
mod rows;
mod state;
mod view;

pub(crate) use actions::show_article;
pub(crate) use actions::show_tag;

use yew::html;

use crate::ui::{feature::Feature, features::location::View, parts::lazy_html::LazyHtml};
use view::Table as TableView;

pub(crate) const FEATURE: Feature = Feature {
    commands: commands::COMMANDS,
    lazy: &[LazyHtml::new(View::Table.id(), || html! { <TableView /> })],
    passages_changed: |store, touched| {
        if !touched.is_empty() {
            actions::invalidate(store);
        }
    },
    articles_changed: actions::invalidate,
    tags_changed: actions::invalidate,
    view_changed: |store| {
        if store.read(|state| state.location.view()) == View::Table {
            actions::invalidate(store);
        }
    },
    ..Feature::NONE
};

pub(crate) type Slice = state::Table;
