//! Selecting, adding, changing and removing tags.

use super::{
    rows::{children, parent, shown},
    state::{selected, uses},
};
use crate::{
    annotation::{Codebook, TagId},
    session::{Command, NewTag, TagCommand, Uses},
    ui::{
        Store,
        features::{announcements, document, history, notices},
        parts::{notice::Notice, words::count},
        platform,
    },
};

/// The `id` of the tree.
pub(super) const TREE: &str = "tag-tree";

/// The `id` of the field for the name, in the form.
pub(super) const NAME_FIELD: &str = "tag-name";

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
    store.update(|state| state.codebook.select(id));
}

/// Shows the branch under a tag, or hides it.
pub(super) fn show_branch(store: &Store, id: TagId, is_shown: bool) {
    store.update(|state| {
        let codebook = document::codebook(state).clone();
        state.codebook.show_branch(&codebook, id, is_shown);
    });
}

/// Changes which tags are looked for.
pub(super) fn find(store: &Store, query: String) {
    store.update(|state| state.codebook.query = query);
}

/// Adds a tag, after the others under `parent`, and lets the person type its name.
pub(super) fn add(store: &Store, parent: Option<TagId>) {
    let name = store.read(|state| free_name(document::codebook(state), parent));
    let new = NewTag { name: name.as_str().into(), definition: "".into(), key: None, parent };
    if !change_once(store, TagCommand::Add(new)) {
        return;
    }
    store.update(|state| {
        let before = selected(state);
        let codebook = document::codebook(state).clone();
        if let Some(added) = children(&codebook, parent).last().copied() {
            state.codebook.select_added(added, before);
            state.codebook.reveal(&codebook, added);
        }
        let words =
            parent.map_or("Tag added".to_owned(), |it| format!("Tag added under {}", codebook.name_of(it)));
        state.announcements.say(words);
    });
}

/// Adds a tag beside another one.
pub(super) fn add_beside(store: &Store, id: TagId) {
    let above = store.read(|state| parent(document::codebook(state), id));
    add(store, above);
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
        announcements::announce(
            store,
            if retired { "Retired: it is offered no more" } else { "Offered again" },
        );
    }
}

/// Brings a tag back that another tab removed.
pub(super) fn restore(store: &Store, id: TagId) {
    let words = if change_once(store, TagCommand::Restore(id)) {
        "The tag is back"
    } else {
        "It was not brought back: a tag with its name is there"
    };
    announcements::announce(store, words);
    platform::focus_first(&format!("#{NAME_FIELD}"));
}

/// Removes a tag, and does with its annotations what was chosen.
pub(super) fn remove(store: &Store, id: TagId, to: Uses) {
    let (text, next) = store.read(|state| {
        let codebook = document::codebook(state);
        let next = match to {
            Uses::Retag(into) => Some(into),
            Uses::Keep | Uses::Delete => neighbour(codebook, id),
        };
        (removed(codebook, id, to, uses(state, id)), next)
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
        if to != Uses::Keep {
            state.codebook.select_instead(id, next);
        }
        notices::announce(state, notice);
    });
    focus_tree(store);
}

/// Focuses the tree, or the button that makes the first tag.
pub(super) fn focus_tree(store: &Store) {
    // The page still shows the tree of before.
    let has_tags = store.read(|state| shown(document::codebook(state)).next().is_some());
    platform::focus_first(if has_tags { "#tag-tree" } else { "[data-action='new-tag']" });
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

#[cfg(test)]
mod tests {
    use super::{super::rows::tests::drawn, free_name, neighbour};
    use crate::annotation::TagId;

    #[test]
    fn a_new_tag_gets_a_name_that_its_siblings_do_not_have() {
        let codebook = drawn("New tag\n  new tag 2\nnew tag 2");
        assert_eq!(free_name(&codebook, None), "New tag 3");
        assert_eq!(free_name(&codebook, Some(TagId::new("New tag"))), "New tag");
    }

    #[test]
    fn after_a_removed_tag_the_next_is_selected_or_the_last() {
        let codebook = drawn("a\n  b\n-gone\nc");
        let next = |id| neighbour(&codebook, TagId::new(id)).map(TagId::as_str);
        assert_eq!(["a", "b", "c", "no"].map(next), [Some("b"), Some("c"), Some("b"), None]);
    }
}
