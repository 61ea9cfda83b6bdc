//! The undo history: which steps can be undone and redone.

use std::rc::Rc;

use super::{edit::Edit, label::Label, transaction::Transaction};
use crate::{
    annotation::{AnnotationId, TagId, Timestamp},
    text::order,
};

/// A step of the history, with the transaction that undoes it or, once it is undone, redoes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The permanent number; later steps have greater numbers.
    pub number: u64,
    /// When the step was done.
    pub at: Timestamp,
    /// The first words of the passage that it changed; empty for an import.
    pub words: Rc<str>,
    /// What undoes or redoes the step.
    pub transaction: Transaction,
}

/// The steps that can be undone and redone.
///
/// Unlimited: a step holds only what it changes. Tracks which steps have changed, so that they can be saved one by one.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The latest last.
    undo: Vec<Step>,
    /// The latest first.
    redo: Vec<Step>,
    /// True while typing continues the latest step instead of starting a new one.
    open: bool,
    /// The numbers of steps that were added, removed, undone or redone.
    changed: Vec<u64>,
    /// The greatest number that any step has had.
    last: u64,
}

impl History {
    /// Adds a step that `inverse` undoes. Drops the steps that could be redone.
    pub(super) fn push(&mut self, inverse: Transaction, words: Rc<str>, at: Timestamp) {
        self.changed.extend(self.redo.drain(..).map(|it| it.number));
        let joins = self.open
            && inverse.label.is_typed()
            && self.undo.last().is_some_and(|last| {
                last.transaction.label == inverse.label && same_target(&last.transaction, &inverse)
            });
        // The step's own inverse already leads back to where the typing began.
        if !joins {
            self.last += 1;
            self.undo.push(Step { number: self.last, at, words, transaction: inverse });
            self.changed.push(self.last);
        }
        self.open = true;
    }

    /// Ends the current step: the next change starts a new one.
    pub(super) fn close(&mut self) {
        self.open = false;
    }

    /// True if more typing on this annotation would continue the latest step.
    pub(super) fn is_writing(&self, id: AnnotationId) -> bool {
        self.open
            && self.undo.last().is_some_and(|last| last.transaction.edits.iter().any(|it| it.id() == id))
    }

    /// True if more typing in this tag would continue the latest step.
    pub(super) fn is_defining(&self, id: TagId) -> bool {
        self.open && self.undo.last().is_some_and(|last| last.transaction.tags.iter().any(|it| it.id == id))
    }

    /// Removes and returns the latest done step, if its number is greater than `after`.
    pub(super) fn take_undo(&mut self, after: u64) -> Option<Step> {
        self.close();
        let step = self.undo.pop_if(|it| it.number > after)?;
        self.changed.push(step.number);
        Some(step)
    }

    /// Removes and returns the first undone step, if its number is at most `until`.
    pub(super) fn take_redo(&mut self, until: u64) -> Option<Step> {
        self.close();
        let step = self.redo.pop_if(|it| it.number <= until)?;
        self.changed.push(step.number);
        Some(step)
    }

    pub(super) fn push_undone(&mut self, step: Step) {
        self.redo.push(step);
    }

    pub(super) fn push_redone(&mut self, step: Step) {
        self.undo.push(step);
    }

    /// Adds saved steps, each with whether it is undone, and replaces those with the same numbers. The next step gets a
    /// number greater than `last`.
    pub(super) fn restore(&mut self, steps: Vec<(Step, bool)>, last: u64) {
        for (step, undone) in steps {
            let number = step.number;
            self.last = self.last.max(number);
            self.undo.retain(|it| it.number != number);
            self.redo.retain(|it| it.number != number);
            let (stack, place) = if undone {
                let place = self.redo.partition_point(|it| it.number > number);
                (&mut self.redo, place)
            } else {
                let place = self.undo.partition_point(|it| it.number < number);
                (&mut self.undo, place)
            };
            stack.insert(place, step);
        }
        self.last = self.last.max(last);
        // Steps done since then have replaced the undone ones.
        let now = self.current_step();
        self.redo.retain(|it| it.number > now);
    }

    /// The numbers of the steps that changed since the last call. Each has its step and whether it is undone, or `None`
    /// if it is gone.
    pub(super) fn take_changes(&mut self) -> Vec<(u64, Option<(Step, bool)>)> {
        let mut changed = std::mem::take(&mut self.changed);
        order::sort(&mut changed);
        changed.dedup();
        changed
            .into_iter()
            .map(|number| (number, self.step(number).map(|(it, undone)| (it.clone(), undone))))
            .collect()
    }

    fn step(&self, number: u64) -> Option<(&Step, bool)> {
        let done =
            self.undo.binary_search_by_key(&number, |it| it.number).ok().map(|at| (&self.undo[at], false));
        let undone = || self.redo.binary_search_by(|it| number.cmp(&it.number)).ok();
        done.or_else(|| undone().map(|at| (&self.redo[at], true)))
    }

    /// All steps, the latest first, each with whether it is undone.
    pub fn list(&self) -> impl Iterator<Item = (&Step, bool)> {
        self.redo.iter().map(|it| (it, true)).chain(self.undo.iter().rev().map(|it| (it, false)))
    }

    /// Number of steps that can be undone.
    pub fn steps(&self) -> usize {
        self.undo.len()
    }

    /// The number of the latest step that is not undone; 0 if there is none.
    pub fn current_step(&self) -> u64 {
        self.undo.last().map_or(0, |it| it.number)
    }

    /// What undo would undo.
    pub fn next_undo(&self) -> Option<Label> {
        self.undo.last().map(|it| it.transaction.label)
    }

    /// What redo would redo.
    pub fn next_redo(&self) -> Option<Label> {
        self.redo.last().map(|it| it.transaction.label)
    }
}

fn same_target(a: &Transaction, b: &Transaction) -> bool {
    let same_tags = a.tags.len() == b.tags.len() && a.tags.iter().zip(&b.tags).all(|(a, b)| a.is_like(b));
    same_tags && a.edits.iter().map(Edit::id).eq(b.edits.iter().map(Edit::id))
}
