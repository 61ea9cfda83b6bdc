//! Adding what was read from files to the document, as one step.

use std::rc::Rc;

use super::report::Report;
use crate::{
    annotation::Record,
    session::{Command, Merged},
    ui::{
        Store,
        features::{announcements, articles, document, history, notices},
        parts::{notice::Notice, words::count},
        platform,
    },
};

/// Imports the valid part of the files that the person was asked about.
pub(super) fn import_valid(store: &Store) {
    if let Some(report) = store.read(|state| state.exchange.report.clone()) {
        apply(store, &report, false);
    }
}

/// Adds the valid part of the files as one step. Yields to the browser between merging, saving and drawing, since each can
/// take long.
pub(super) fn apply(store: &Store, report: &Report, restored: bool) {
    if !report.texts.is_empty() {
        articles::add_texts(store, &report.texts);
        if report.records.is_empty()
            && report.tags.records.is_empty()
            && report.text_count() == report.texts.len()
        {
            return;
        }
    }
    let (records, tags) = (report.records.clone(), report.tags.records.clone());
    let (new, articles) = (report.new_articles.clone(), report.articles.clone());
    let bodies = report.article_texts.clone();
    let store = store.clone();
    wasm_bindgen_futures::spawn_local(async move {
        platform::next_paint().await;
        let (merged, deleted_here) = {
            let mut state = store.state_mut();
            state.document.session_mut().add_texts(bodies);
            let merged =
                state.document.session_mut().import_all(&new, tags, articles, records, platform::now());
            let is_gone =
                |it: &&Record| it.content.is_some() && state.document.session().annotation(it.id).is_none();
            let deleted_here = merged.older.iter().filter(is_gone).cloned().collect();
            (merged, deleted_here)
        };
        let notice = import_notice(&merged, deleted_here, restored);
        platform::next_paint().await;
        if !merged.change.is_empty() {
            document::report_step(&store);
        }
        document::settle(&store, merged.change);
        platform::next_paint().await;
        store.update(|state| notices::announce(state, notice));
    });
}

/// Restores annotations of the last import that had been deleted here.
fn bring_back(store: &Store, deleted_here: Rc<[Record]>) {
    let words = format!("{} brought back", count(deleted_here.len(), "annotation", "annotations"));
    document::execute(store, &Command::BringBack(deleted_here));
    announcements::announce(store, words);
}

/// The notice that says what was imported. `deleted_here` are records that the file has and that were deleted here.
fn import_notice(merged: &Merged, deleted_here: Rc<[Record]>, restored: bool) -> Notice {
    let Merged { tags, articles: texts, added, updated, deleted, same, .. } = *merged;
    let older = merged.older.len() - deleted_here.len();
    let parts = [
        (added, "new"),
        (updated, "changed"),
        (deleted, "deleted"),
        (same, "already here"),
        (older, "unchanged, since the version here is later"),
        (deleted_here.len(), "deleted here in the meantime"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    let total =
        count(added + updated + deleted + same + older + deleted_here.len(), "annotation", "annotations");
    let file = if restored { "backup" } else { "file" };
    let annotations = if parts.is_empty() {
        format!("The {file} contains no annotations.")
    } else {
        format!("{total} in the {file}: {}.", parts.join(", "))
    };
    let mut text = annotations;
    if tags > 0 {
        text = format!("{} added or changed. {text}", count(tags, "tag", "tags"));
    }
    if texts > 0 {
        text = format!("{} added. {text}", count(texts, "article", "articles"));
    }
    let mut notice = Notice::new("imported", text).until_next_step();
    if !deleted_here.is_empty() {
        let bring_back = move |store: &Store| bring_back(store, Rc::clone(&deleted_here));
        notice = notice.with("bring-back", "Bring back deleted annotations", bring_back);
    }
    if tags + texts + added + updated + deleted > 0 {
        let label = if restored { "Undo the restore" } else { "Undo the import" };
        notice = notice.with("undo-import", label, history::undo);
    }
    notice
}
