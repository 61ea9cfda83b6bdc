//! Selecting, adding, changing and removing tags.

use super::state::{children, selected, shown, uses};
use crate::{
    annotation::{Codebook, TagId},
    session::{Command, NewTag, TagCommand, Uses},
    ui::{
        Store,
        features::{announcements, document, history, notices},
        parts::{notice::Notice, words::count},
    },
};

/// Executes a command. Returns true if it changed anything.
pub(super) fn change(store: &Store, command: TagCommand) -> bool {
    let before = store.read(|state| document::codebook(state).clone());
    document::execute(store, &Command::Codebook(command));
    store.read(|state| *document::codebook(state) != before)
}

/// Executes a command as a step of its own, which typing does not continue.
pub(super) fn change_once(store: &Store, command: TagCommand) -> bool {
    document::end_step(store);
    let is_changed = change(store, command);
    document::end_step(store);
    is_changed
}

/// Selects a tag.
pub(super) fn select(store: &Store, id: TagId) {
    store.update(|state| state.codebook.selected = Some(id));
}

/// Adds a tag, after the others under `parent`, and lets the person type its name.
pub(super) fn add(store: &Store, parent: Option<TagId>) {
    let name = store.read(|state| free_name(document::codebook(state), parent));
    let new = NewTag { name: name.as_str().into(), definition: "".into(), key: None, parent };
    if !change_once(store, TagCommand::Add(new)) {
        return;
    }
    store.update(|state| {
        let added = children(document::codebook(state), parent).last().copied();
        (state.codebook.selected, state.codebook.naming) = (added, added);
        state.announcements.say("Tag added");
    });
}

/// “New tag”, with a number if siblings have that name.
fn free_name(codebook: &Codebook, parent: Option<TagId>) -> String {
    let names: Vec<_> = children(codebook, parent).iter().map(|it| codebook.name_of(*it)).collect();
    let numbered = (2..).map(|it| format!("New tag {it}"));
    let mut all = std::iter::once("New tag".to_owned()).chain(numbered);
    all.find(|new| names.iter().all(|it| it.to_lowercase() != new.to_lowercase())).unwrap_or_default()
}

/// Retires a tag, or offers it again.
pub(super) fn retire(store: &Store, id: TagId, retired: bool) {
    if change_once(store, TagCommand::Retire(id, retired)) {
        announcements::announce(store, if retired { "Retired" } else { "Offered again" });
    }
}

/// Removes a tag, and does with its annotations what was chosen.
pub(super) fn remove(store: &Store, id: TagId, to: Uses) {
    let (text, next) = store.read(|state| {
        let codebook = document::codebook(state);
        (removed(codebook, id, to, uses(state, id)), neighbour(codebook, id))
    });
    let command = match to {
        Uses::Retag(into) => TagCommand::Merge { from: id, into },
        Uses::Keep | Uses::Delete => TagCommand::Remove(id, to),
    };
    if !change_once(store, command) {
        return;
    }
    let notice = Notice::new("tag-removed", text).with("undo", "Undo", history::undo).until_next_step();
    store.update(|state| {
        if selected(state) != Some(id) {
            state.codebook.selected = next;
        }
        notices::announce(state, notice);
    });
}

/// What is said after a tag was removed.
fn removed(codebook: &Codebook, id: TagId, to: Uses, uses: usize) -> String {
    let name = codebook.name_of(id);
    let them = count(uses, "annotation", "annotations");
    match to {
        Uses::Keep => format!("“{name}” was retired. It keeps its {them}."),
        Uses::Retag(into) => {
            format!("“{name}” was merged into “{}”, which got its {them}.", codebook.name_of(into))
        }
        Uses::Delete if uses == 0 => format!("“{name}” was removed."),
        Uses::Delete => format!("“{name}” was removed with its {them}."),
    }
}

/// The tag after this one in the tree, or before it.
fn neighbour(codebook: &Codebook, id: TagId) -> Option<TagId> {
    let ids: Vec<TagId> = shown(codebook).map(|it| it.id).collect();
    let at = ids.iter().position(|it| *it == id)?;
    ids.get(at + 1).or_else(|| ids.get(at.checked_sub(1)?)).copied()
}
