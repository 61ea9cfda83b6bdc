//! The commands and their keys.

use super::{
    annotations::{cycle_overlapping, step},
    articles::step_article,
    link::{copy_article_link, copy_link},
};
use crate::ui::{
    commands::{Group, PageCommand},
    parts::direction::Direction,
};

pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: "next",
        name: "Next annotation",
        group: Group::Go,
        keys: &["J"],
        run: |store| step(store, Direction::Next),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "previous",
        name: "Previous annotation",
        group: Group::Go,
        keys: &["K"],
        run: |store| step(store, Direction::Previous),
        ..PageCommand::NEW
    },
    PageCommand {
        id: "overlapping",
        name: "Next overlapping annotation",
        group: Group::Go,
        keys: &["O"],
        run: cycle_overlapping,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "next-article",
        name: "Next article",
        group: Group::Go,
        keys: &["Shift+J"],
        run: |store| step_article(store, Direction::Next),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "previous-article",
        name: "Previous article",
        group: Group::Go,
        keys: &["Shift+K"],
        run: |store| step_article(store, Direction::Previous),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "copy-link",
        name: "Copy the link to the annotation or the article",
        group: Group::Go,
        keys: &["L"],
        run: copy_link,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "copy-article-link",
        name: "Copy the link to the article",
        group: Group::Go,
        run: |store| {
            store
                .read(|state| state.location.open().cloned())
                .iter()
                .for_each(|it| copy_article_link(store, it));
        },
        ..PageCommand::NEW
    },
];
