//! The commands and their keys.

use yew::html;

use super::{actions::toggle, view::TagTree};
use crate::ui::{
    commands::{ForTag, Group, PageCommand},
    features::dialogs,
    parts::{dialog::Dialog, lazy_html::LazyHtml},
};

/// The dialog with the tree of tags.
pub(super) static FILTER: Dialog = Dialog { is_light: true, ..Dialog::new("tag-filter", "Show tags") };
pub(super) const FILTER_HTML: LazyHtml = LazyHtml::of(&FILTER, || html! { <TagTree /> });

pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: "filter-tree",
        name: "Show or hide tags…",
        group: Group::Page,
        keys: &["F"],
        run: |store| dialogs::open(store, &FILTER),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "filter",
        group: Group::Page,
        in_every_view: true,
        for_tag: Some(ForTag {
            name: |tag| format!("Show or hide {}s", tag.to_lowercase()),
            keys: |_| None,
            run: toggle,
        }),
        ..PageCommand::NEW
    },
];
