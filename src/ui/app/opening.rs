//! Reading what this browser keeps, as the page is opened.

use super::App;
use crate::{
    annotation::Record,
    storage::{Failure, Found, both},
    text::{ArticleId, Span},
    ui::platform,
};

impl App {
    /// Reads the quick place.
    pub(super) fn load_quick(&self) {
        let touched = {
            let mut state = self.0.state.borrow_mut();
            let (articles, texts): (Vec<_>, Vec<_>) =
                state.saver.local_copy().load_articles().into_iter().unzip();
            state.session.take_texts(texts.into_iter().flatten());
            state.session.merge_articles(articles);
            self.know(&mut state);
            let loaded = state.saver.local_copy().load();
            state.unread = loaded.failure;
            state.put_aside(loaded.set_aside);
            state.leave_alone(loaded.unrecognized);
            state.session.merge(loaded.records).change.touched
        };
        self.refresh(&touched);
    }

    /// Takes in what is known first, before the rest has been read; whether there was something to be seen of it.
    fn take_first(&self, records: Vec<Record>) -> bool {
        if records.is_empty() {
            return false;
        }
        let touched = {
            let mut state = self.0.state.borrow_mut();
            // These are not brought to the quick place any more.
            state.saver.local_copy().mark_partial();
            state.session.merge(records).change.touched
        };
        self.show_read(&touched);
        !touched.is_empty()
    }

    /// Takes in what was read from the durable copy.
    fn take_found(&self, found: Found) {
        *self.0.line.untidy.borrow_mut() = Some(found.compaction);
        let touched = {
            let mut state = self.0.state.borrow_mut();
            let state = &mut *state;
            *self.0.line.surplus.borrow_mut() = state.saver.local_copy().surplus();
            state.unread = None;
            state.put_aside(found.set_aside);
            state.leave_alone(found.unrecognized);
            state.tell_left_alone();
            let newer = state.saver.reconcile(state.session.records(), found.records);
            if let Some(failure) = found.failure {
                state.saver.durable_failed(failure);
            }
            state.session.merge(newer).change.touched
        };
        self.show_read(&touched);
        self.take_up_own();
    }

    /// Shows what has been read. The text was drawn a moment ago, and its highlights are to be seen before what is around them,
    /// as it was.
    fn show_read(&self, touched: &[(ArticleId, Span)]) {
        if !touched.is_empty() {
            self.draw_text_now();
        }
        self.refresh(touched);
    }

    /// Reads the durable copy; whether it is still this one's turn.
    pub(super) async fn read_durable(&self, turn: u32) -> Result<bool, Failure> {
        self.watched(turn, self.durable().store().ensure_open()).await?;
        if !self.0.line.is_turn(turn) {
            return Ok(false);
        }
        let here = self.read(|state| state.session.articles().texts());
        let part = self.first_part();
        let texts = async {
            let articles = self.watched(turn, self.durable().load_articles(&here)).await;
            let taken = articles.map(|articles| {
                if self.0.line.is_turn(turn) {
                    self.take_articles(articles);
                }
            });
            // Who reads begins with the text, and not with its highlights.
            platform::give_way().await;
            taken
        };
        let (texts, begun) = both(texts, self.watched(turn, self.durable().begin(part.as_ref()))).await;
        texts?;
        let mut reading = begun?;
        if !self.0.line.is_turn(turn) {
            return Ok(false);
        }
        if self.take_first(self.durable().first_records(&mut reading)) {
            self.lift_glimpse();
            platform::drawn().await;
        }
        let found = self.watched(turn, self.durable().finish(reading)).await?;
        // Where it was given up, another attempt is under way, which must not be crossed.
        let in_turn = self.0.line.is_turn(turn);
        if in_turn {
            self.take_found(found);
            self.end_waiting();
        }
        Ok(in_turn)
    }
}
