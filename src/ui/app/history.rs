//! Going back and forth in what was done, and keeping it for when the page is opened again.

use super::{App, tab::pass_over};
use crate::{
    annotation::Timestamp,
    interchange::{Reason, parse_step, write_step},
    session::Step,
    storage::TabItem,
    ui::platform,
};

/// A step of more edits than this is not kept: writing it would hold up the page.
const MOST_EDITS: usize = 2_000;

impl App {
    /// Takes up steps by their numbers, as they are kept, as far as their articles are here: those of one's own come with the
    /// durable copy.
    pub(super) fn take_up_history(&self, kept: &[(u64, String)]) {
        let steps: Vec<(Step, bool)> = self.read(|state| {
            let library = state.session.library();
            kept.iter()
                .filter_map(|(number, text)| match parse_step(text, library) {
                    Ok((step, undone)) if step.number == *number => Some((step, undone)),
                    Ok(_) | Err(Reason::Article { .. }) => None,
                    Err(reason) => {
                        pass_over(&format!("step {number}"), &reason);
                        None
                    }
                })
                .collect()
        });
        // Numbers begin with the time: what this tab takes up later is from earlier.
        let Timestamp(now) = platform::now();
        self.update(|state| state.session.take_up_history(steps, now));
    }

    /// Keeps what changed in the history: an item for each step.
    pub(super) fn keep_history(&self) {
        let now = platform::now();
        let mut state = self.0.state.borrow_mut();
        let state = &mut *state;
        for (number, step) in state.session.take_history_news() {
            let item = step
                .filter(|(it, _)| it.transaction.edits.len() <= MOST_EDITS)
                .and_then(|(it, undone)| write_step(&it, undone, state.session.library()));
            // Where it cannot be kept, it is not: everything is undone all the same until the page is loaded again.
            let _ = state.saver.tab_state().set(TabItem::Step(number), item, now);
        }
    }

    /// Forgets what could be undone, here and after the page is loaded again.
    pub(super) fn forget_history(&self) {
        self.discard_draft();
        self.0.state.borrow_mut().saver.tab_state().clear();
    }

    /// Goes to where a step is the latest that is done; 0 is before the first.
    pub(in crate::ui) fn go_to_step(&self, number: u64) {
        let (undone, redone, change) = {
            let mut state = self.0.state.borrow_mut();
            state.forget_import();
            state.session.go_to_step(number, platform::now())
        };
        if !change.is_empty() {
            self.count_change();
        }
        self.settle(change);
        let steps = |count: usize| if count == 1 { "1 step".to_owned() } else { format!("{count} steps") };
        self.say(&match (undone, redone) {
            (0, 0) => "Nothing changed".to_owned(),
            (undone, 0) => format!("{} undone", steps(undone)),
            (0, redone) => format!("{} done again", steps(redone)),
            (undone, redone) => format!("{} undone, {} done again", steps(undone), steps(redone)),
        });
    }
}
