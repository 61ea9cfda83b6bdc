//! Undo and redo: the session's steps, back and forth.

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
    text::{EXCERPT, beginning},
};

impl Session {
    /// Takes back the latest step that still has an effect: one whose annotation is gone meanwhile is passed over.
    pub fn undo(&mut self, now: Timestamp) -> Option<(Label, Change)> {
        self.travel(|it| it.take_undo(0), History::undone, now)
    }

    /// Does again what was last undone and still has an effect.
    pub fn redo(&mut self, now: Timestamp) -> Option<(Label, Change)> {
        self.travel(|it| it.take_redo(u64::MAX), History::redone, now)
    }

    fn travel(
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

    /// Goes back or forth in the history until the step of this number is the latest that is done; 0 is before the first.
    /// How many steps were undone and redone, and what changed by all of them together.
    pub fn go_to_step(&mut self, number: u64, now: Timestamp) -> (usize, usize, Change) {
        let (mut undone, mut redone, mut all) = (0, 0, Change::default());
        let mut add = |change: Change| {
            all.articles.extend(change.articles);
            all.records.extend(change.records);
            all.touched.extend(change.touched);
        };
        while let Some((_, change)) = self.travel(|it| it.take_undo(number), History::undone, now) {
            add(change);
            undone += 1;
        }
        while let Some((_, change)) = self.travel(|it| it.take_redo(number), History::redone, now) {
            add(change);
            redone += 1;
        }
        (undone, redone, all)
    }

    /// Takes up a history that was kept, each step with whether it is undone. The next step will have a greater number than
    /// `last`: with the time, in milliseconds, numbers grow from tab to tab.
    pub fn take_up_history(&mut self, steps: Vec<(Step, bool)>, last: u64) {
        self.history.take_up(steps, last);
    }

    /// The steps that changed since this was last asked, by number: what each is now and whether it is undone, or nothing
    /// where it is gone.
    pub fn take_history_news(&mut self) -> Vec<(u64, Option<(Step, bool)>)> {
        self.history.take_news()
    }

    /// The beginning of the first passage that a change touched.
    pub(super) fn words(&self, change: &Change) -> Rc<str> {
        let passage = change.touched.first();
        let words = passage.and_then(|(article, span)| Some(self.library().known(article)?.slice(*span)));
        let title = change.articles.first().and_then(|it| it.content.as_deref()).map(|it| &*it.title);
        beginning(title.or(words).unwrap_or_default(), EXCERPT).into()
    }

    /// Ends the step being written, so that the next piece of a note is undone on its own.
    pub fn close_step(&mut self) {
        self.history.close();
    }

    pub(super) fn remember(&mut self, inverse: Transaction, words: Rc<str>, at: Timestamp) {
        if !(inverse.edits.is_empty() && inverse.articles.is_empty()) {
            self.history.done(inverse, words, at);
        }
    }
}
