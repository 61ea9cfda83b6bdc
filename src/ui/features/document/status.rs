//! Whether everything is saved, and the notices about stored items that cannot be used.

use super::{context::context_changed, set_aside::download_set_aside};
use crate::{
    annotation::{AnyId, AnyRecord},
    interchange::{item_key, text_item_key},
    session::Change,
    storage::{Due, Failure, Kept, SaveStatus, Saved, SetAsideItem},
    text::{ArticleId, SortedMap, Span},
    ui::{
        State, Store,
        parts::{notice::Notice, words::count},
        platform,
    },
};

/// Why not everything is saved or loaded.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Trouble {
    /// Not everything that is saved could be read, and why.
    Unread(Failure),
    /// The number of changes that are on this page only, and why.
    Unsaved(usize, Failure),
    /// Everything is saved, but only in the local copy, of which a crash can lose the last seconds; and why.
    LocalOnly(Failure),
}

/// Adds items that were set aside, and shows a notice if some are new.
pub(crate) fn add_set_aside(state: &mut State, items: Vec<SetAsideItem>) {
    let new = items.iter().filter(|it| it.fresh).count();
    let set_aside = &mut state.document.set_aside;
    set_aside.retain(|it| items.iter().all(|new| new.key != it.key));
    set_aside.extend(items);
    if new > 0 {
        let text = format!(
            "{} in this browser could not be read. {} set aside, unchanged; everything else is here.",
            count(new, "stored item", "stored items"),
            if new == 1 { "It was" } else { "They were" },
        );
        let notice = Notice::new("set-aside", text);
        state.notices.show(notice.with(
            "download-set-aside",
            "Download the items set aside",
            download_set_aside,
        ));
    }
}

/// Why not everything is saved or loaded, if so.
pub(crate) fn trouble(state: &State) -> Option<Trouble> {
    match (&state.document.unread, state.document.saver.status()) {
        (_, SaveStatus::Unsaved(count, failure)) => Some(Trouble::Unsaved(count, failure)),
        (Some(failure), _) if !state.document.saver.is_loaded() => Some(Trouble::Unread(failure.clone())),
        (_, SaveStatus::LocalOnly(failure)) => Some(Trouble::LocalOnly(failure)),
        (_, SaveStatus::Saving | SaveStatus::Saved) => None,
    }
}

/// Like [`trouble`], but none if the person dismissed the notice.
pub(crate) fn open_trouble(state: &State) -> Option<Trouble> {
    trouble(state).filter(|_| !state.document.trouble_hidden)
}

/// True while changes wait to be saved.
pub(crate) fn is_saving(state: &State) -> bool {
    state.document.saver.status() == SaveStatus::Saving
}

/// Merges the later versions that were found while writing to the local copy. Returns the passages to redraw. With
/// `report_failure`, shows a notice the first time that the local copy is full.
pub(super) fn merge_saved(state: &mut State, saved: Saved, report_failure: bool) -> Vec<(ArticleId, Span)> {
    add_set_aside(state, saved.set_aside);
    if report_failure && let Some(failure) = state.document.saver.take_local_failure() {
        let text = format!(
            "This browser's local storage (localStorage) cannot hold any more: {failure}. Nothing is lost: everything is \
             still saved in the browser's database."
        );
        state.notices.show(Notice::new("quick-full", text));
    }
    let later = state.document.session.merge_any(saved.newer).change;
    state.document.saver.schedule(later.all(), Due { local: false, durable: true });
    touched_by(state, later)
}

/// Merges the later versions that were found while writing to the durable copy. Returns the passages to redraw.
pub(super) fn merge_kept(state: &mut State, kept: Kept) -> Vec<(ArticleId, Span)> {
    add_set_aside(state, kept.set_aside);
    let later = state.document.session.merge_any(kept.newer).change;
    state.document.saver.schedule(later.all(), Due { local: true, durable: false });
    touched_by(state, later)
}

/// The passages to redraw after a merge. Passes the context on if it has changed.
fn touched_by(state: &mut State, change: Change) -> Vec<(ArticleId, Span)> {
    let mut touched = change.touched;
    if !change.tags.is_empty() {
        touched.extend(context_changed(state));
    }
    touched
}

/// Adds stored items that this page does not recognize. Their articles or tags may be loaded later.
pub(super) fn add_unrecognized(state: &mut State, items: SortedMap<String, String>) {
    state.document.unrecognized.extend(items);
}

/// Shows a notice about unrecognized items. Call it once all articles and tags are loaded.
pub(super) fn report_unrecognized(state: &mut State) {
    if !state.document.unrecognized.is_empty() {
        let items = state.document.unrecognized.len();
        let text = format!(
            "{} for an article or with a tag that this page does not have, or from a later version of Glossator. {} left \
             unchanged.",
            count(items, "stored annotation is", "stored annotations are"),
            if items == 1 { "It is" } else { "They are" },
        );
        state.notices.show(Notice::new("not-ours", text));
    }
}

/// Hands unsaved records to the error page's script, and removes from it those that are saved.
pub(super) fn offer_rescue(state: &mut State, records: impl IntoIterator<Item = AnyRecord>) {
    // The usual case, which must be fast: nothing is unsaved, and nothing was.
    if state.document.offered.is_empty() && state.document.saver.local_copy().unsaved() == 0 {
        return;
    }
    for record in records {
        let id = record.id();
        let item = state.document.saver.unsaved_item(id.clone());
        let changed = if item.is_some() {
            state.document.offered.insert(id.clone())
        } else {
            state.document.offered.remove(&id)
        };
        if !changed && item.is_none() {
            continue;
        }
        platform::offer_for_rescue(&item_key(&id), item.as_deref());
        if let AnyId::Article(id) = &id
            && let Some(article) = state.document.session.library().known(id)
        {
            let text = item.is_some().then(|| article.text());
            platform::offer_for_rescue(&text_item_key(article.sha256()), text);
        }
    }
}

/// Shows a notice about own articles whose texts are no longer in this browser.
pub(super) fn report_missing_texts(state: &mut State) {
    let missing = state.document.session.articles().missing().filter_map(|it| it.content.as_ref());
    let titles: Vec<String> = missing.filter(|it| it.listed).map(|it| it.title.to_string()).collect();
    if !titles.is_empty() {
        let titles: Vec<_> = titles.iter().map(|it| format!("“{it}”")).collect();
        let text = format!(
            "The text of {} is no longer in this browser. The annotations are kept: add the same text again, or restore a \
             backup, to see them.",
            titles.join(", ")
        );
        state.notices.show(Notice::new("texts-missing", text));
    }
}

/// Shows or hides the notice that says why something is not saved.
pub(crate) fn explain_trouble(store: &Store, explain: bool) {
    store.update(|state| state.document.trouble_hidden = !explain);
}
