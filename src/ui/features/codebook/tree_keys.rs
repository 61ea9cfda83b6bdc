//! The keys of the tree.

use std::cell::RefCell;

use web_sys::KeyboardEvent;

use super::{
    actions::{NAME_FIELD, add, select, show_branch},
    ending::ask_or_remove,
    moving::{Way, move_tag},
    rows::Row,
};
use crate::ui::{Store, platform};

/// Letters that are typed within so many milliseconds belong together.
const PAUSE: f64 = 800.0;

/// The letters typed so far, and when the last was.
#[derive(Debug, Default)]
pub(super) struct Typed {
    letters: String,
    at: f64,
}

/// What a key does in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Select the row at this index.
    Select(usize),
    /// Show the branch of the selected row, or hide it.
    Branch(bool),
    /// Show all branches beside the selected row.
    ShowAll,
    /// Go to the form.
    Edit,
    /// Add a tag under the selected one.
    Add,
    Remove,
    /// The key belongs to the tree, but does nothing now.
    Stay,
}

pub(super) fn on_key_down(
    store: &Store,
    rows: &[Row],
    at: Option<usize>,
    typed: &RefCell<Typed>,
    event: &KeyboardEvent,
) {
    if event.is_composing() || event.ctrl_key() || event.meta_key() {
        return;
    }
    let key = event.key();
    let is_done = if event.alt_key() {
        let way = Way::of_key(&key);
        if let (Some(way), Some(row)) = (way, at.and_then(|it| rows.get(it))) {
            move_tag(store, row.tag.id, way);
        }
        way.is_some()
    } else {
        match step(rows, at, &key)
            .or_else(|| typed.borrow_mut().step(rows, at, &key, platform::milliseconds()))
        {
            Some(step) => take(store, rows, at, step),
            None => return,
        }
        true
    };
    if is_done {
        event.prevent_default();
        event.stop_propagation();
    }
}

fn take(store: &Store, rows: &[Row], at: Option<usize>, step: Step) {
    let row = at.and_then(|it| rows.get(it));
    match (step, row) {
        (Step::Select(to), _) => {
            if let Some(row) = rows.get(to) {
                select(store, row.tag.id);
            }
        }
        (Step::Branch(is_shown), Some(row)) => show_branch(store, row.tag.id, is_shown),
        (Step::ShowAll, Some(row)) => {
            let parent = row.parent;
            for row in rows.iter().filter(|it| it.parent == parent && it.expanded == Some(false)) {
                show_branch(store, row.tag.id, true);
            }
        }
        (Step::Edit, _) => platform::focus_first(&format!("#{NAME_FIELD}")),
        (Step::Add, Some(row)) => add(store, Some(row.tag.id)),
        (Step::Remove, Some(row)) => ask_or_remove(store, row.tag.id),
        (Step::Stay, _) | (_, None) => {}
    }
}

/// What a key does that is no letter.
fn step(rows: &[Row], at: Option<usize>, key: &str) -> Option<Step> {
    let last = rows.len().saturating_sub(1);
    let row = at.and_then(|it| rows.get(it));
    let parent = || rows.iter().position(|it| Some(it.tag.id) == row.and_then(|it| it.parent));
    Some(match (key, row.and_then(|it| it.expanded)) {
        ("ArrowDown", _) => Step::Select(at.map_or(0, |it| (it + 1).min(last))),
        ("ArrowUp", _) => Step::Select(at.map_or(last, |it| it.saturating_sub(1))),
        ("ArrowLeft", Some(true)) => Step::Branch(false),
        ("ArrowLeft", _) => parent().map_or(Step::Stay, Step::Select),
        ("ArrowRight", Some(false)) => Step::Branch(true),
        ("ArrowRight", Some(true)) => at.map_or(Step::Stay, |it| Step::Select(it + 1)),
        ("ArrowRight", None) => Step::Stay,
        ("Home", _) => Step::Select(0),
        ("End", _) => Step::Select(last),
        ("*", _) => Step::ShowAll,
        ("Enter" | "F2", _) => Step::Edit,
        ("+", _) => Step::Add,
        ("Delete" | "Backspace", _) => Step::Remove,
        _ => return None,
    })
}

impl Typed {
    /// The step to the next row whose name begins with what is typed; `None` if the key is no letter.
    fn step(&mut self, rows: &[Row], at: Option<usize>, key: &str, now: f64) -> Option<Step> {
        let mut letters = key.chars();
        let (Some(letter), None) = (letters.next().filter(|it| it.is_alphanumeric()), letters.next()) else {
            return None;
        };
        if now - self.at > PAUSE {
            self.letters.clear();
        }
        self.letters.extend(letter.to_lowercase());
        self.at = now;
        // A first letter goes on from the present tag; the next ones may still fit it.
        let at = at.unwrap_or_default();
        let from = if self.letters.chars().count() == 1 { at + 1 } else { at };
        let fits = |it: &usize| rows[*it].tag.name.to_lowercase().starts_with(&self.letters);
        let found = (0..rows.len()).cycle().skip(from).take(rows.len()).find(fits);
        Some(found.map_or(Step::Stay, Step::Select))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{
        super::rows::{Row, tests::drawn, visible_rows},
        Step, Typed, step,
    };
    use crate::annotation::TagId;

    fn rows(collapsed: &[&str]) -> Vec<Row> {
        let collapsed: BTreeSet<TagId> = collapsed.iter().map(|it| TagId::new(it)).collect();
        visible_rows(&drawn("Claim\n  Fact\n  Face\nPlan"), &collapsed, None, |_| 0)
    }

    #[test]
    fn arrows_go_through_the_tree_and_open_and_close_branches() {
        let go = |collapsed: &[&str], at, key| step(&rows(collapsed), at, key);
        assert_eq!(go(&[], Some(1), "ArrowDown"), Some(Step::Select(2)));
        assert_eq!(go(&[], Some(3), "ArrowDown"), Some(Step::Select(3)), "not further than the last");
        assert_eq!(go(&[], None, "ArrowDown"), Some(Step::Select(0)));
        assert_eq!(go(&[], Some(2), "ArrowLeft"), Some(Step::Select(0)));
        assert_eq!(go(&[], Some(0), "ArrowLeft"), Some(Step::Branch(false)));
        assert_eq!(go(&["Claim"], Some(0), "ArrowLeft"), Some(Step::Stay));
        assert_eq!(go(&["Claim"], Some(0), "ArrowRight"), Some(Step::Branch(true)));
        assert_eq!(go(&[], Some(0), "ArrowRight"), Some(Step::Select(1)));
        assert_eq!(go(&[], Some(3), "ArrowRight"), Some(Step::Stay));
        assert_eq!((go(&[], Some(0), "End"), go(&[], None, "Tab")), (Some(Step::Select(3)), None));
    }

    #[test]
    fn letters_find_the_next_name_that_begins_with_them() {
        let (all, mut typed) = (rows(&[]), Typed::default());
        let mut go = |at, key, now| typed.step(&all, Some(at), key, now);
        assert_eq!(go(0, "f", 1000.0), Some(Step::Select(1)));
        assert_eq!(go(1, "A", 1100.0), Some(Step::Select(1)), "it still fits");
        assert_eq!(go(1, "f", 2000.0), Some(Step::Select(2)), "the next one");
        assert_eq!(go(2, "f", 3000.0), Some(Step::Select(1)), "and around");
        assert_eq!(go(1, "z", 4000.0), Some(Step::Stay));
        assert_eq!((go(1, "Tab", 5000.0), go(1, "?", 5000.0)), (None, None));
    }
}
