//! The articles that the person has marked as done. The marks are stored in localStorage, as the settings are.

use crate::{
    interchange::{DONE_KEY, DoneArticles},
    session::Change,
    storage::{Failure, KeyValueStore, LocalStorage},
    text::ArticleId,
    ui::{Store, feature, features::announcements},
};

/// Reads the marks. If they cannot be read, there are none.
pub(super) fn load(store: &Store) {
    store.state_mut().articles.done = stored().unwrap_or_default();
}

/// Marks an article as done, or removes its mark.
pub(super) fn mark_done(store: &Store, article: &ArticleId, done: bool) {
    let result = change_done(store, |marks| {
        let mut marks = marks.clone();
        marks.mark(article, done);
        marks
    });
    store.update(|state| match result {
        Ok(()) => state.announcements.say(if done { "Marked as done" } else { "Marked as not done" }),
        Err(failure) => state.notices.fail(format!(
            "This browser could not store which articles are done: {failure}. The mark is lost when you close the page."
        )),
    });
}

/// Marks the open article as done, or removes its mark. If an earlier text is open, this applies to the latest one.
pub(super) fn toggle_done(store: &Store) {
    let open = store.read(|state| {
        let open = state.location.open()?;
        let article = state.document.session().articles().successor(open).unwrap_or(open);
        Some((article.clone(), !state.articles.done.contains(article)))
    });
    match open {
        Some((article, done)) => mark_done(store, &article, done),
        None => announcements::announce(store, "Open an article first."),
    }
}

/// Another tab changed the item of `key` in localStorage. Without a key, all items were removed.
pub(super) fn storage_event(store: &Store, key: Option<&str>, value: Option<&str>) {
    match (key, value) {
        (Some(DONE_KEY), Some(value)) => {
            store.update(|state| state.articles.done = DoneArticles::parse(value));
        }
        // The marks of this page are stored again. If that fails, they last until the page is closed.
        (None, _) => _ = change_done(store, Clone::clone),
        // A removed item means that another tab is deleting everything. This page then reloads.
        _ => {}
    }
}

/// Adds the marks of a backup.
pub(crate) fn restore_done(store: &Store, marks: &DoneArticles) {
    if let Err(failure) = change_done(store, |it| it.union(marks)) {
        store.update(|state| {
            state.notices.fail(format!("This browser could not store which articles are done: {failure}."));
        });
    }
}

/// Changes the stored marks, which may be newer than those of this page, and stores the result.
fn change_done(store: &Store, change: impl FnOnce(&DoneArticles) -> DoneArticles) -> Result<(), Failure> {
    let before = stored().unwrap_or_else(|| store.read(|state| state.articles.done.clone()));
    let marks = change(&before);
    let result = if marks.is_empty() && before.is_empty() {
        Ok(())
    } else {
        LocalStorage::open().set(DONE_KEY, &marks.to_json())
    };
    store.update(|state| state.articles.done = marks);
    feature::each(|it| (it.changed)(store, &Change::default()));
    result
}

fn stored() -> Option<DoneArticles> {
    LocalStorage::open().get(DONE_KEY).ok().flatten().map(|it| DoneArticles::parse(&it))
}
