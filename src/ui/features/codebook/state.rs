//! Which tag is selected, and what is shown of the tree.

use std::collections::BTreeSet;

use super::rows::{Row, shown, visible_rows};
use crate::{
    annotation::{AnnotationSet, AttributeId, Codebook, TagId},
    text::{Folding, Query},
    ui::{State, features::document, platform::BrowserNormalizer},
};

/// The id of the lazy content with the buttons for files, in the head of the view.
pub(crate) const TOOLS: &str = "codebook-tools";

/// Which tag is selected, and what is shown of the tree.
#[derive(Debug, Default)]
pub(crate) struct CodebookView {
    /// The selected tag, and after it those to select if it is removed.
    pub(super) selected: Vec<TagId>,
    /// The tag that was just added, whose name is to be typed.
    pub(super) naming: Option<TagId>,
    /// True while the form has the focus. Then it stays, even if another tab removes the tag.
    pub(super) editing: bool,
    /// The attribute whose fields are shown.
    pub(super) attribute: Option<AttributeId>,
    /// The attribute that was just added, whose values are to be typed.
    pub(super) listing: Option<AttributeId>,
    /// The tags whose branches are not shown.
    pub(super) collapsed: BTreeSet<TagId>,
    /// The words that are looked for in the tree.
    pub(super) query: String,
    /// What the open dialog asks about.
    pub(super) asked: Option<Asked>,
}

/// What the dialog asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) id: TagId,
    /// True if the tag is to be merged, and not only to be removed.
    pub(super) merges: bool,
}

impl CodebookView {
    /// Selects a tag.
    pub(super) fn select(&mut self, id: TagId) {
        if self.selected.first() != Some(&id) {
            self.selected = vec![id];
            self.attribute = None;
        }
    }

    /// Selects a tag that was added. If that is undone, `before` is selected again.
    pub(super) fn select_added(&mut self, id: TagId, before: Option<TagId>) {
        self.selected = [id].into_iter().chain(before).collect();
        (self.naming, self.attribute) = (Some(id), None);
        self.query.clear();
    }

    /// Selects another tag instead of one that is removed. If that is undone, the removed one is selected again.
    pub(super) fn select_instead(&mut self, removed: TagId, next: Option<TagId>) {
        self.selected = [removed].into_iter().chain(next).collect();
        (self.editing, self.attribute) = (false, None);
    }

    /// Shows a branch, or hides it.
    pub(super) fn show_branch(&mut self, codebook: &Codebook, id: TagId, is_shown: bool) {
        if is_shown {
            self.collapsed.remove(&id);
            return;
        }
        self.collapsed.insert(id);
        // What is selected stays visible.
        if self.chosen(codebook).is_some_and(|it| codebook.is_within(it, id)) {
            self.select(id);
        }
    }

    /// Shows every branch that a tag is in.
    pub(super) fn reveal(&mut self, codebook: &Codebook, id: TagId) {
        let mut at = codebook.parent_of(id);
        while let Some(parent) = at {
            self.collapsed.remove(&parent.id);
            at = codebook.parent_of(parent.id);
        }
    }

    /// The selected tag; the first one if none is.
    fn chosen(&self, codebook: &Codebook) -> Option<TagId> {
        let stays = self.selected.first().filter(|it| self.editing && codebook.tag(**it).is_some());
        let is_shown = |id: &&TagId| codebook.tag(**id).is_some_and(|it| !it.removed);
        let chosen = stays.or_else(|| self.selected.iter().find(is_shown)).copied();
        chosen.or_else(|| shown(codebook).next().map(|it| it.id))
    }
}

/// The selected tag; the first one if none is. It may be removed while its form has the focus.
pub(super) fn selected(state: &State) -> Option<TagId> {
    state.codebook.chosen(document::codebook(state))
}

/// The rows of the tree.
pub(super) fn rows(state: &State) -> Vec<Row> {
    let codebook = document::codebook(state);
    let session = state.document.session();
    let sets: Vec<_> = session.library().iter().filter_map(|it| session.annotations(it.id())).collect();
    let count = |id| sets.iter().map(|it| it.count(id)).sum();
    let mut folding = Folding::new(BrowserNormalizer);
    let words = state.codebook.query.split_whitespace();
    let words: Vec<Query> = words.filter_map(|it| Query::new(it, &mut folding)).collect();
    if words.is_empty() {
        return visible_rows(codebook, &state.codebook.collapsed, None, count);
    }
    let mut fits = |name: &str| words.iter().all(|it| it.is_in(name, &mut folding));
    visible_rows(codebook, &state.codebook.collapsed, Some(&mut fits), count)
}

/// The number of annotations with a tag, also of those on removed articles.
pub(super) fn uses(state: &State, tag: TagId) -> usize {
    let session = state.document.session();
    let articles = session.library().iter().chain(session.library().removed());
    let sets = articles.filter_map(|it| session.all_annotations(it.id()));
    sets.map(|it: &AnnotationSet| it.count(tag)).sum()
}

#[cfg(test)]
mod tests {
    use super::CodebookView;
    use crate::annotation::{Codebook, Tag, TagId};

    fn ids() -> Vec<TagId> {
        Codebook::default().tags().iter().map(|it| it.id).collect()
    }

    /// The default codebook without this tag.
    fn without(id: TagId) -> Codebook {
        let codebook = Codebook::default();
        let tags = codebook.tags().iter().map(|it| Tag { removed: it.id == id, ..Tag::clone(it) });
        Codebook::new(tags.collect(), Vec::new())
    }

    #[test]
    fn the_first_tag_is_selected_until_another_is() {
        let [first, second, _] = ids()[..] else { panic!("three tags") };
        let mut view = CodebookView::default();
        assert_eq!(view.chosen(&Codebook::default()), Some(first));
        view.select(second);
        assert_eq!(view.chosen(&Codebook::default()), Some(second));
        assert_eq!(view.chosen(&without(second)), Some(first), "another tab removed it");
        assert_eq!(view.chosen(&Codebook::new(Vec::new(), Vec::new())), None);
    }

    #[test]
    fn a_removed_tag_is_selected_again_once_it_is_back() {
        let [_, second, third] = ids()[..] else { panic!("three tags") };
        let mut view = CodebookView::default();
        view.select_instead(second, Some(third));
        assert_eq!(view.chosen(&without(second)), Some(third));
        assert_eq!(view.chosen(&Codebook::default()), Some(second));
        view.select_added(third, Some(second));
        assert_eq!(view.chosen(&without(third)), Some(second), "the addition was undone");
    }

    #[test]
    fn a_form_that_is_being_edited_stays_although_its_tag_is_removed() {
        let second = ids()[1];
        let mut view = CodebookView { editing: true, ..CodebookView::default() };
        view.select(second);
        assert_eq!(view.chosen(&without(second)), Some(second));
        view.editing = false;
        assert_ne!(view.chosen(&without(second)), Some(second));
    }
}
