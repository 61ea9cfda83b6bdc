//! What is known of how safe the work is, and stored items that cannot be used.

use super::set_aside::download_set_aside;
use crate::{
    annotation::{AnyId, AnyRecord},
    interchange::{item_key, text_item_key},
    storage::{Due, Failure, Kept, SaveStatus, Saved, SetAsideItem},
    text::{ArticleId, SortedMap, Span},
    ui::{
        State, Store,
        parts::{notice::Notice, words::count},
        platform,
    },
};

/// Keeps items that were set aside for the download, and tells of those that are new.
pub(crate) fn put_aside(state: &mut State, asides: Vec<SetAsideItem>) {
    let new = asides.iter().filter(|it| it.fresh).count();
    let set_aside = &mut state.document.set_aside;
    set_aside.retain(|it| asides.iter().all(|new| new.key != it.key));
    set_aside.extend(asides);
    if new > 0 {
        let text = format!(
            "{} in this browser could not be read. {} set aside, unchanged; everything else is here.",
            count(new, "stored annotation", "stored annotations"),
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

/// What is wrong between this page and what the browser keeps, if anything is.
pub(crate) fn trouble(state: &State) -> Option<Trouble> {
    match (&state.document.unread, state.document.saver.status()) {
        (_, SaveStatus::Unsaved(count, failure)) => Some(Trouble::Unsaved(count, failure)),
        (Some(failure), _) if !state.document.saver.is_loaded() => Some(Trouble::Unread(failure.clone())),
        (_, SaveStatus::LocalOnly(failure)) => Some(Trouble::Quick(failure)),
        (_, SaveStatus::Saving | SaveStatus::Saved) => None,
    }
}

/// As [`trouble`], unless the person has read it and put it away.
pub(crate) fn open_trouble(state: &State) -> Option<Trouble> {
    trouble(state).filter(|_| !state.document.trouble_hidden)
}

/// Whether something is on its way to where it is safe.
pub(crate) fn is_saving(state: &State) -> bool {
    state.document.saver.status() == SaveStatus::Saving
}

/// Takes in what came of writing to the quick place: the passages to draw anew where it had a later version. That it
/// took no more is told once, when it is `news`.
pub(super) fn add_saved(state: &mut State, saved: Saved, news: bool) -> Vec<(ArticleId, Span)> {
    put_aside(state, saved.set_aside);
    if news && let Some(failure) = state.document.saver.take_local_failure() {
        let text = format!(
            "This browser's local storage (localStorage) cannot hold any more: {failure}. Nothing is lost: everything is \
             still saved in the browser's database."
        );
        state.notices.show(Notice::new("quick-full", text));
    }
    let later = state.document.session.merge_any(saved.newer).change;
    state.document.saver.schedule(later.all(), Due { local: false, durable: true });
    later.touched
}

pub(super) fn add_kept(state: &mut State, kept: Kept) -> Vec<(ArticleId, Span)> {
    put_aside(state, kept.set_aside);
    let later = state.document.session.merge_any(kept.newer).change;
    state.document.saver.schedule(later.records, Due { local: true, durable: false });
    later.touched
}

/// Keeps in mind stored items that are none of this page's; some of them may be on articles that are read next.
pub(super) fn leave_alone(state: &mut State, items: SortedMap<String, String>) {
    state.document.unrecognized.extend(items);
}

/// Tells of stored items that are none of this page's, once all articles are there that can be.
pub(super) fn tell_left_alone(state: &mut State) {
    if !state.document.unrecognized.is_empty() {
        let items = state.document.unrecognized.len();
        let text = format!(
            "{} for an article that this page does not have, or from a later version of Glossator. {} left unchanged.",
            count(items, "stored annotation is", "stored annotations are"),
            if items == 1 { "It is" } else { "They are" },
        );
        state.notices.show(Notice::new("not-ours", text));
    }
}

/// Puts what is nowhere but on this page where the crash script finds it, and takes from there what is kept.
pub(super) fn offer_rescue(state: &mut State, records: impl IntoIterator<Item = AnyRecord>) {
    // As it nearly always is: nothing is unsaved, and nothing was.
    if state.document.offered.is_empty() && state.document.saver.local_copy().unsaved() == 0 {
        return;
    }
    for record in records {
        let id = record.id();
        let item = state.document.saver.unsaved_item(id.clone());
        let news = if item.is_some() {
            state.document.offered.insert(id.clone())
        } else {
            state.document.offered.remove(&id)
        };
        if !news && item.is_none() {
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

/// Tells of own articles whose texts this browser does not have any more.
pub(super) fn tell_missing(state: &mut State) {
    let lost = state.document.session.articles().missing().filter_map(|it| it.content.as_ref());
    let titles: Vec<String> = lost.filter(|it| it.listed).map(|it| it.title.to_string()).collect();
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

/// Shows the notice that says why something is not kept, or puts it away.
pub(crate) fn explain_trouble(store: &Store, explain: bool) {
    store.update(|state| state.document.trouble_hidden = !explain);
}

/// What is wrong between the page and what the browser keeps.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Trouble {
    /// Not everything that is kept could be read, and why.
    Unread(Failure),
    /// So many changes are on this page only, and why.
    Unsaved(usize, Failure),
    /// Everything is kept, but not where a crash cannot reach it, and why.
    Quick(Failure),
}
