//! The commands and their keys.

use super::export::{Scope, export};
use crate::ui::{
    commands::{Group, PageCommand},
    features::articles::INPUT,
    platform,
};

pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: "import",
        name: "Import files",
        group: Group::Page,
        run: |_| platform::click(INPUT),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "export-all",
        name: "Export all articles",
        group: Group::Page,
        run: |store| export(store, Scope::AllArticles),
        in_every_view: true,
        ..PageCommand::NEW
    },
    PageCommand {
        id: "export-article",
        name: "Export this article",
        group: Group::Page,
        run: |store| export(store, Scope::OpenArticle),
        in_every_view: true,
        ..PageCommand::NEW
    },
];
