//! What can be undone and redone.

use std::rc::Rc;

use super::{edit::Edit, label::Label, transaction::Transaction};
use crate::{
    annotation::{AnnotationId, Timestamp},
    text::order,
};

/// Something that was done, and whatever takes it back or, once it is undone, does it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its place: later steps have greater numbers.
    pub number: u64,
    /// When it was done.
    pub at: Timestamp,
    /// The first words of the passage that it was done to; empty where it was done to many at once.
    pub words: Rc<str>,
    /// What takes it back, or does it again.
    pub transaction: Transaction,
}

/// Steps that can be taken back, and those that can be done again.
///
/// Has no limit: a step holds what it changes and no more. Notes which steps are no longer what they were, so that they
/// can be kept one by one.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The latest last.
    undo: Vec<Step>,
    /// The latest first.
    redo: Vec<Step>,
    /// Whether the latest step is still being written, so that the next piece of the same text joins it.
    open: bool,
    /// The numbers of steps that came, went, were undone or done again.
    news: Vec<u64>,
    /// The greatest number that a step ever had.
    last: u64,
}

impl History {
    /// Notes that something was done, which `inverse` takes back. What had been undone can no longer be redone.
    pub(super) fn done(&mut self, inverse: Transaction, words: Rc<str>, at: Timestamp) {
        self.news.extend(self.redo.drain(..).map(|it| it.number));
        let joins = self.open
            && inverse.label.is_typed()
            && self.undo.last().is_some_and(|last| {
                last.transaction.label == inverse.label && same_target(&last.transaction, &inverse)
            });
        // The older inverse already leads back to where the writing began.
        if !joins {
            self.last += 1;
            self.undo.push(Step { number: self.last, at, words, transaction: inverse });
            self.news.push(self.last);
        }
        self.open = true;
    }

    /// Ends the step being written: what follows is a step of its own.
    pub(super) fn close(&mut self) {
        self.open = false;
    }

    /// Whether the next piece of a note on this annotation would join the latest step.
    pub(super) fn is_writing(&self, id: AnnotationId) -> bool {
        self.open
            && self.undo.last().is_some_and(|last| last.transaction.edits.iter().any(|it| it.id() == id))
    }

    /// The latest step that is done, if it is after the one of this number.
    pub(super) fn take_undo(&mut self, after: u64) -> Option<Step> {
        self.close();
        let step = self.undo.pop_if(|it| it.number > after)?;
        self.news.push(step.number);
        Some(step)
    }

    /// The first step that is undone, if it is not after the one of this number.
    pub(super) fn take_redo(&mut self, until: u64) -> Option<Step> {
        self.close();
        let step = self.redo.pop_if(|it| it.number <= until)?;
        self.news.push(step.number);
        Some(step)
    }

    pub(super) fn undone(&mut self, step: Step) {
        self.redo.push(step);
    }

    pub(super) fn redone(&mut self, step: Step) {
        self.undo.push(step);
    }

    /// Takes up steps that were kept, each with whether it is undone, among those that there are or in their place. The next
    /// step will have a greater number than `last`.
    pub(super) fn take_up(&mut self, steps: Vec<(Step, bool)>, last: u64) {
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
        // What was done since has taken the place of what was undone.
        let now = self.now();
        self.redo.retain(|it| it.number > now);
    }

    /// The steps that are no longer what they were when this was last asked, by number: what each is now and whether it is
    /// undone, or nothing where it is gone.
    pub(super) fn take_news(&mut self) -> Vec<(u64, Option<(Step, bool)>)> {
        let mut news = std::mem::take(&mut self.news);
        order::sort(&mut news);
        news.dedup();
        news.into_iter()
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

    /// How many steps can be undone.
    pub fn steps(&self) -> usize {
        self.undo.len()
    }

    /// The number of the latest step that is not undone; 0 where there is none.
    pub fn now(&self) -> u64 {
        self.undo.last().map_or(0, |it| it.number)
    }

    /// What undo would take back.
    pub fn next_undo(&self) -> Option<Label> {
        self.undo.last().map(|it| it.transaction.label)
    }

    /// What redo would do again.
    pub fn next_redo(&self) -> Option<Label> {
        self.redo.last().map(|it| it.transaction.label)
    }
}

fn same_target(a: &Transaction, b: &Transaction) -> bool {
    a.edits.iter().map(Edit::id).eq(b.edits.iter().map(Edit::id))
}
