//! Going back and forth in what was done, and keeping it while the page is loaded again.

use super::App;
use crate::{
    interchange::{Reason, parse_step, write_step},
    session::Step,
    storage::{Items, LocalStorage},
    ui::platform,
};

/// What the key of a kept step begins with; its number follows.
const KEY: &str = "glossator:history:";

/// A step of more edits than this is not kept: writing it would hold up the page.
const MOST_EDITS: usize = 2_000;

/// So many steps are kept, the latest.
const MOST_STEPS: u64 = 1_000;

/// Where this tab keeps its history, and what it kept last.
pub(super) struct Kept {
    pub(super) place: LocalStorage,
}

impl Kept {
    pub(super) fn open() -> Self {
        Self { place: LocalStorage::of_this_tab() }
    }

    fn keys(&self) -> Vec<String> {
        let mut keys = self.place.keys().unwrap_or_default();
        keys.retain(|it| it.starts_with(KEY));
        keys
    }

    /// Keeps nothing any more.
    fn clear(&self) {
        for key in self.keys() {
            let _ = self.place.remove(&key);
        }
    }
}

impl App {
    /// Takes up the history of this tab from before the page was loaded again, as far as its articles are here: those of
    /// one's own come with the durable copy.
    pub(super) fn take_up_history(&self) {
        let kept = &self.0.kept;
        let keys = kept.keys();
        let numbers = keys.iter().filter_map(|it| it.strip_prefix(KEY)?.parse().ok());
        let last = numbers.max().unwrap_or(0);
        let steps = self.read(|state| {
            let library = state.session.library();
            keys.iter().filter_map(|key| kept_step(kept, key, library)).collect()
        });
        self.update(|state| state.session.take_up_history(steps, last));
    }

    /// Keeps what changed in the history: an item for each step.
    pub(super) fn keep_history(&self) {
        let news = self.0.state.borrow_mut().session.take_history_news();
        let kept = &self.0.kept.place;
        self.read(|state| {
            for (number, step) in news {
                let key = |number: u64| format!("{KEY}{number}");
                let item = step
                    .filter(|(it, _)| it.transaction.edits.len() <= MOST_EDITS)
                    .and_then(|(it, undone)| write_step(&it, undone, state.session.library()));
                // Where it cannot be kept, it is not: everything is undone all the same until the page is loaded again.
                let _ = match item {
                    Some(item) => kept.set(&key(number), &item),
                    None => kept.remove(&key(number)),
                };
                if let Some(old) = number.checked_sub(MOST_STEPS) {
                    let _ = kept.remove(&key(old));
                }
            }
        });
    }

    /// Forgets what could be undone, here and after the page is loaded again.
    pub(super) fn forget_history(&self) {
        self.0.kept.clear();
        self.discard_draft();
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

fn kept_step(kept: &Kept, key: &str, library: &crate::text::Library) -> Option<(Step, bool)> {
    let text = kept.place.get(key).ok()??;
    match parse_step(&text, library) {
        Ok(step) => Some(step),
        Err(Reason::Article { .. }) => None,
        Err(reason) => {
            web_sys::console::warn_1(&format!("{key} is no step that can be undone: {reason}").into());
            None
        }
    }
}
