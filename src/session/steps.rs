//! Undo and redo of the session's steps.

use std::rc::Rc;

use super::{
    change::Change,
    history::{History, Step},
    label::Label,
    state::Session,
    transaction::Transaction,
};
use crate::{
    annotation::Timestamp,
    text::{EXCERPT_LENGTH, beginning},
};

impl Session {
    /// Undoes the latest step that still has an effect. Drops steps without one, whose annotations are gone.
    pub fn undo(&mut self, now: Timestamp) -> Option<(Label, Change)> {
        self.replay(|it| it.take_undo(0), History::push_undone, now)
    }

    /// Redoes the step that was undone last and still has an effect.
    pub fn redo(&mut self, now: Timestamp) -> Option<(Label, Change)> {
        self.replay(|it| it.take_redo(u64::MAX), History::push_redone, now)
    }

    fn replay(
        &mut self,
        take: impl Fn(&mut History) -> Option<Step>,
        done: fn(&mut History, Step),
        now: Timestamp,
    ) -> Option<(Label, Change)> {
        while let Some(step) = take(&mut self.history) {
            let (change, inverse) = self.apply(&step.transaction, now);
            if !change.is_empty() {
                let label = step.transaction.label;
                done(&mut self.history, Step { transaction: inverse, ..step });
                return Some((label, change));
            }
        }
        None
    }

    /// Undoes or redoes steps until step `number` is the latest that is done; 0 undoes all. Returns how many steps were
    /// undone and redone, and what they changed together.
    pub fn go_to_step(&mut self, number: u64, now: Timestamp) -> (usize, usize, Change) {
        let (mut undone, mut redone, mut all) = (0, 0, Change::default());
        let mut add = |change: Change| {
            all.tags.extend(change.tags);
            all.articles.extend(change.articles);
            all.records.extend(change.records);
            all.touched.extend(change.touched);
        };
        while let Some((_, change)) = self.replay(|it| it.take_undo(number), History::push_undone, now) {
            add(change);
            undone += 1;
        }
        while let Some((_, change)) = self.replay(|it| it.take_redo(number), History::push_redone, now) {
            add(change);
            redone += 1;
        }
        (undone, redone, all)
    }

    /// Restores a saved history, each step with whether it is undone. The next step gets a number greater than `last`:
    /// pass the time in milliseconds, so that numbers grow from tab to tab.
    pub fn restore_history(&mut self, steps: Vec<(Step, bool)>, last: u64) {
        self.history.restore(steps, last);
    }

    /// The numbers of the steps that changed since the last call. Each has its step and whether it is undone, or `None`
    /// if it is gone.
    pub fn take_history_changes(&mut self) -> Vec<(u64, Option<(Step, bool)>)> {
        self.history.take_changes()
    }

    /// The name of the first tag, or the beginning of the title of the first article or of the first passage, that a change
    /// touched.
    pub(super) fn excerpt(&self, change: &Change) -> Rc<str> {
        let passage = change.touched.first();
        let words = passage.and_then(|(article, span)| Some(self.library().known(article)?.slice(*span)));
        let title = change.articles.first().and_then(|it| it.content.as_deref()).map(|it| &*it.title);
        let name = change.tags.first().and_then(|it| it.content.as_deref()).map(|it| &*it.name);
        beginning(name.or(title).or(words).unwrap_or_default(), EXCERPT_LENGTH).into()
    }

    /// Ends the step that is being typed: more typing starts a new one.
    pub fn close_step(&mut self) {
        self.history.close();
    }

    pub(super) fn record_step(&mut self, inverse: Transaction, words: Rc<str>, at: Timestamp) {
        if !inverse.is_empty() {
            self.history.push(inverse, words, at);
        }
    }
}
