//! Showing and hiding the annotations with a tag.

use crate::{
    annotation::TagId,
    ui::{
        Store,
        features::{document, highlights, selection},
        parts::words::count,
    },
};

/// Shows the annotations with a tag, if they are hidden.
pub(crate) fn show_tag(store: &Store, tag: TagId) {
    if !store.read(|state| state.highlights.shows(tag)) {
        toggle(store, tag);
    }
}

/// Shows or hides the annotations with a tag.
pub(crate) fn toggle(store: &Store, tag: TagId) {
    let (is_shown, name) =
        store.read(|state| (state.highlights.shows(tag), document::codebook(state).name_of(tag).to_owned()));
    set_shown(store, &[tag], !is_shown, &name);
}

/// Hides the annotations with a tag or one below it, or shows them if some are hidden.
pub(super) fn toggle_branch(store: &Store, tag: TagId) {
    let (branch, is_shown, words) = store.read(|state| {
        let codebook = document::codebook(state);
        let within = codebook.tags().iter().filter(|it| codebook.is_within(it.id, tag));
        let branch: Vec<TagId> = within.map(|it| it.id).collect();
        let is_shown = branch.iter().all(|it| state.highlights.shows(*it));
        let words = match branch.len() {
            0 | 1 => codebook.name_of(tag).to_owned(),
            all => format!("{} and {} below it", codebook.name_of(tag), count(all - 1, "tag", "tags")),
        };
        (branch, is_shown, words)
    });
    set_shown(store, &branch, !is_shown, &words);
}

/// Shows or hides all annotations.
pub(super) fn set_all(store: &Store, shown: bool) {
    let tags: Vec<TagId> =
        store.read(|state| document::codebook(state).tags().iter().map(|it| it.id).collect());
    set_shown(store, &tags, shown, "All tags");
}

fn set_shown(store: &Store, tags: &[TagId], shown: bool, words: &str) {
    store.paint_text_first();
    let hidden_focus = store.update(|state| {
        for tag in tags {
            state.highlights.set(*tag, shown);
        }
        let verb = if shown { "shown" } else { "hidden" };
        state.announcements.say(format!("{words} {verb}"));
        let focused = state.location.focus().and_then(|it| state.document.session().annotation(it));
        focused.is_some_and(|it| !state.highlights.shows(it.tag))
    });
    if hidden_focus {
        selection::focus(store, None);
    }
    highlights::redraw_all(store);
}
