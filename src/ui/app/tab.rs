//! Which tab this is, and what it or the one before it has left: its history, and its note without a tag.

use wasm_bindgen_futures::spawn_local;

use super::{App, State};
use crate::{
    interchange::{DRAFT_KEY, Reason, parse_draft},
    storage::{Failure, Lock, LockOutcome, SavedTab, TabItem, TabName, lock},
    text::{ArticleId, SortedMap},
    ui::{address::Place, platform},
};

/// So many milliseconds a tab waits for the lock of its own name, since its page from before it was loaded again may
/// not be gone yet. Whoever has it after that is another tab, of which this is a copy.
const PATIENCE: u32 = 2_000;

/// The histories of so many tabs that are gone are kept, for the next that are opened.
const MOST_TABS: usize = 8;

async fn lock_of(tab: &str, patience: u32) -> LockOutcome {
    lock(&format!("glossator:tab:{tab}"), patience).await
}

impl App {
    /// Finds out which tab this is. Nobody waits for it.
    pub(super) fn claim_tab(&self) {
        let app = self.clone();
        spawn_local(async move {
            let earlier = app.0.state.borrow_mut().saver.tab_state().earlier_name();
            let asked = match &earlier {
                Some(name) => lock_of(name, PATIENCE).await,
                // Whether there are locks at all.
                None => lock("glossator", 0).await,
            };
            match (earlier, asked) {
                (Some(name), LockOutcome::Granted(lock)) => app.call_tab(name, lock),
                (_, LockOutcome::Unsupported) => {
                    app.update(|state| state.saver.tab_state().set_name(TabName::Nameless));
                }
                (Some(_), LockOutcome::Taken) => app.begin_tab().await,
                (None, _) => app.update(|state| state.saver.tab_state().set_name(TabName::New)),
            }
            app.deliver();
        });
    }

    /// Gives this tab a name that no other has.
    async fn begin_tab(&self) {
        let name = format!("{:016x}", platform::replica().0);
        match lock_of(&name, 0).await {
            LockOutcome::Granted(lock) => self.call_tab(name, lock),
            LockOutcome::Taken | LockOutcome::Unsupported => {
                self.update(|state| state.saver.tab_state().set_name(TabName::Nameless));
            }
        }
    }

    fn call_tab(&self, name: String, lock: Lock) {
        *self.0.lock.borrow_mut() = Some(lock);
        self.update(|state| state.saver.tab_state().set_name(TabName::Named(name)));
    }

    /// Gives a new tab the name of the one that was used last and is gone, or a name of its own; and forgets what too many
    /// that are gone have left.
    pub(super) async fn succeed(&self, tabs: Vec<SavedTab>) {
        let mut heir = false;
        let mut gone = 0;
        for it in tabs {
            // What is gone is let go again at the end of this, but for the first.
            let LockOutcome::Granted(lock) = lock_of(&it.tab, 0).await else { continue };
            gone += 1;
            if !heir {
                heir = true;
                self.call_tab(it.tab, lock);
            } else if gone > MOST_TABS && it.draft.is_none() {
                // What cannot be forgotten now is tried again by the next tab.
                let _ = self.durable().delete_tab(&it.tab).await;
            }
        }
        if !heir {
            self.begin_tab().await;
        }
    }

    /// Reads what the durable copy has of this tab, where that was not done: whether there was something to do, and whether
    /// it is this one's turn to go on.
    pub(super) async fn read_own(&self, turn: u32) -> Result<Option<bool>, Failure> {
        let (name, unread) = {
            let mut state = self.0.state.borrow_mut();
            let tab_state = state.saver.tab_state();
            (tab_state.name().clone(), tab_state.unread().map(str::to_owned))
        };
        if name == TabName::New {
            let tabs = self.watched(turn, self.durable().tabs()).await?;
            if self.is_turn(turn) {
                self.succeed(tabs).await;
                self.0.heir.set(true);
            }
            return Ok(Some(self.is_turn(turn)));
        }
        let Some(tab) = unread else { return Ok(None) };
        let (mut left, asides) = self.watched(turn, self.durable().load_tab(&tab)).await?;
        if self.0.heir.get() && self.read(|state| state.draft.is_some()) {
            // Somebody has begun a note here: that of the tab that is gone is left for another.
            let drafts: Vec<String> = left.take_draft().into_iter().collect();
            self.watched(turn, self.durable().save_drafts(&drafts)).await?;
        }
        if self.is_turn(turn) {
            let news = self.update(|state| {
                state.put_aside(asides);
                state.saver.reconcile_tab(left, platform::now())
            });
            self.take_up(news);
            if self.0.heir.take() {
                self.take_up_loose_note();
            }
        }
        Ok(Some(self.is_turn(turn)))
    }

    /// Takes up what this tab has at hand, as the page is opened and when own articles have come.
    pub(super) fn take_up_own(&self) {
        let quick = self.0.state.borrow_mut().saver.tab_state().items();
        let has_draft = self.read(|state| state.draft.is_some());
        let items = quick.into_iter().filter(|(item, _)| !(has_draft && *item == TabItem::Draft));
        self.take_up(items.map(|(item, value)| (item, Some(value))).collect());
    }

    /// Takes up steps and a note as they are kept, as far as their articles are here.
    fn take_up(&self, items: Vec<(TabItem, Option<String>)>) {
        let (mut steps, mut draft) = (Vec::new(), None);
        for (item, value) in items {
            match (item, value) {
                (TabItem::Draft, value) => draft = Some(value),
                (TabItem::Step(number), Some(value)) => steps.push((number, value)),
                (TabItem::Step(_), None) => {}
            }
        }
        self.take_up_history(&steps);
        match draft {
            Some(Some(draft)) => self.take_up_draft(&draft),
            Some(None) => self.lay_down_draft(),
            None => {}
        }
    }

    /// Keys and values of the notes without a tag, of this tab and of all others.
    pub(super) async fn notes_without_tags(&self) -> Vec<(String, String)> {
        let tabs = self.durable().tabs().await.unwrap_or_default();
        let mut notes: SortedMap<String, String> =
            tabs.into_iter().filter_map(|it| Some((it.tab, it.draft?))).collect();
        let mut state = self.0.state.borrow_mut();
        let tab_state = state.saver.tab_state();
        let here = match tab_state.name() {
            TabName::Named(name) => name.clone(),
            _ => "here".to_owned(),
        };
        let draft = tab_state.items().into_iter().find(|(item, _)| *item == TabItem::Draft);
        match draft {
            Some((_, draft)) => _ = notes.insert(here, draft),
            None => _ = notes.remove(&here),
        }
        notes.into_iter().map(|(tab, note)| (format!("{DRAFT_KEY}{tab}"), note)).collect()
    }

    /// Takes up the latest note that a tab has left which is gone, if this one has none.
    pub(super) fn take_up_loose_note(&self) {
        let app = self.clone();
        spawn_local(async move {
            let Ok(tabs) = app.durable().tabs().await else { return };
            for it in tabs {
                let Some(draft) = it.draft else { continue };
                if app.read(|state| state.draft.is_some()) {
                    return;
                }
                let is_of_here = |state: &State| parse_draft(&draft, state.session.library()).is_ok();
                if let LockOutcome::Granted(_lock) = lock_of(&it.tab, 0).await
                    && app.read(|state| state.draft.is_none() && is_of_here(state))
                {
                    app.0.state.borrow_mut().saver.tab_state().adopt_draft(
                        draft.clone(),
                        it.tab,
                        platform::now(),
                    );
                    app.take_up_draft(&draft);
                    app.deliver();
                    return;
                }
            }
        });
    }

    /// Whether a note in this article that comes late may be shown: the person is not at something else.
    pub(super) fn is_free_for(&self, article: &ArticleId) -> bool {
        let at_rest = self.read(|state| state.selection.is_none() && state.focus.is_none());
        let place = Place::current();
        at_rest && (place == Place::Start || place.article() == Some(article))
    }

    fn is_turn(&self, turn: u32) -> bool {
        self.0.line.is_turn(turn)
    }
}

/// Says on the console why something that was kept is passed over.
pub(super) fn pass_over(what: &str, reason: &Reason) {
    web_sys::console::warn_1(&format!("{what} is passed over: {reason}").into());
}
