//! What can be undone and redone.

use super::edit::{Edit, Label, Transaction};
use crate::annotation::AnnotationId;

/// Transactions that take back what was done, the latest last, and those that do it again.
///
/// Has no limit: a step holds what it changes and no more. It does not survive a reload.
#[derive(Clone, Debug, Default)]
pub struct History {
    undo: Vec<Transaction>,
    redo: Vec<Transaction>,
    /// Whether the latest step is still being written, so that the next piece of the same text joins it.
    open: bool,
}

impl History {
    /// Notes that something was done, which `inverse` takes back. What had been undone can no longer be redone.
    pub(super) fn done(&mut self, inverse: Transaction) {
        self.redo.clear();
        let joins = self.open
            && inverse.label.is_typed()
            && self
                .undo
                .last()
                .is_some_and(|last| last.label == inverse.label && same_target(last, &inverse));
        // The older inverse already leads back to where the writing began.
        if !joins {
            self.undo.push(inverse);
        }
        self.open = true;
    }

    /// Ends the step being written: what follows is a step of its own.
    pub(super) fn close(&mut self) {
        self.open = false;
    }

    /// Whether the next piece of a note on this annotation would join the latest step.
    pub(super) fn is_writing(&self, id: AnnotationId) -> bool {
        self.open && self.undo.last().is_some_and(|last| last.edits.iter().any(|it| it.id() == id))
    }

    pub(super) fn take_undo(&mut self) -> Option<Transaction> {
        self.close();
        self.undo.pop()
    }

    pub(super) fn take_redo(&mut self) -> Option<Transaction> {
        self.close();
        self.redo.pop()
    }

    pub(super) fn undone(&mut self, inverse: Transaction) {
        self.redo.push(inverse);
    }

    pub(super) fn redone(&mut self, inverse: Transaction) {
        self.undo.push(inverse);
    }

    /// How many steps can be undone.
    pub fn steps(&self) -> usize {
        self.undo.len()
    }

    /// What undo would take back.
    pub fn next_undo(&self) -> Option<Label> {
        self.undo.last().map(|it| it.label)
    }

    /// What redo would do again.
    pub fn next_redo(&self) -> Option<Label> {
        self.redo.last().map(|it| it.label)
    }
}

fn same_target(a: &Transaction, b: &Transaction) -> bool {
    a.edits.iter().map(Edit::id).eq(b.edits.iter().map(Edit::id))
}
