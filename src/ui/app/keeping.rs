//! Bringing what is on the page to where it is kept, and taking in what is there and what other tabs say.

use std::{
    cell::{Cell, RefCell},
    mem,
};

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::{App, Notice, State, Trouble};
use crate::{
    annotation::{AnyId, AnyRecord},
    interchange::{backup_article, backup_item, item_key, text_item_key},
    session::Change,
    storage::{
        Batch, Channel, Compaction, Due, DurableCopy, DurableStore as _, Failure, Incoming, IndexedDb, Kept,
        Message, SaveStatus, Saved,
    },
    text::{ArticleId, Library, SortedMap, Span},
    ui::platform,
};

/// After so many milliseconds without an answer, what was asked of the durable copy counts as failed.
const PATIENCE: u32 = 8_000;
/// So many items are taken out of the quick place at once.
const THINNED: usize = 64;
/// The shortest and the longest time between two attempts to reach the durable copy, in milliseconds.
const WAIT: (u32, u32) = (1_000, 30_000);

/// The durable copy, the other tabs, and what is under way.
pub(super) struct Line {
    durable: DurableCopy<IndexedDb>,
    channel: RefCell<Option<Channel>>,
    /// Whether somebody is at the durable copy. Counts up when one who does not come back is given up.
    turn: Cell<u32>,
    busy: Cell<bool>,
    /// The next attempt to reach the durable copy, and how long it waits.
    again: RefCell<Option<(Timeout, u32)>>,
    /// Ends the silence while another tab deletes everything, should that tab be gone before it has.
    silence: RefCell<Option<Timeout>>,
    /// The keys of what the quick place need not have, and is taken out when there is nothing else to do.
    pub(super) surplus: RefCell<Vec<String>>,
    /// What there is to be tidied in the durable copy when there is nothing else to do.
    pub(super) untidy: RefCell<Option<Compaction>>,
}

impl Line {
    pub(super) fn new(library: Library) -> Self {
        Self {
            durable: DurableCopy::new(IndexedDb::default(), library),
            channel: RefCell::default(),
            turn: Cell::default(),
            busy: Cell::default(),
            again: RefCell::default(),
            silence: RefCell::default(),
            surplus: RefCell::default(),
            untidy: RefCell::default(),
        }
    }

    /// Whether it is still the turn of the one who began with this number.
    pub(super) fn is_turn(&self, turn: u32) -> bool {
        self.turn.get() == turn
    }

    fn tell(&self, message: &Message) {
        if let Some(channel) = self.channel.borrow().as_ref() {
            channel.send(message);
        }
    }
}

impl App {
    /// The durable copy.
    pub(in crate::ui) fn durable(&self) -> &DurableCopy<IndexedDb> {
        &self.0.line.durable
    }

    /// Begins to read what this browser keeps, and to listen to the other tabs.
    pub(super) fn load(&self) {
        self.load_quick();
        let app = self.clone();
        *self.0.line.channel.borrow_mut() = Channel::open(move |message| app.told(message));
        self.deliver();
    }

    /// Keeps what changed and shows it.
    pub(super) fn settle(&self, change: Change) {
        self.keep_history();
        let articles_changed = !change.articles.is_empty();
        if !change.is_empty() {
            self.write_file_soon();
        }
        let touched = {
            let mut state = self.0.state.borrow_mut();
            let mut touched = Vec::new();
            if articles_changed {
                touched = self.know(&mut state);
            }
            if !change.is_empty() {
                let saved = state.saver.save(change.all());
                state.offer(change.all());
                touched.extend(state.take(saved, true));
            }
            touched.extend(change.touched);
            touched
        };
        self.refresh(&touched);
        self.stay_listed();
        if articles_changed {
            self.search_all_again();
        }
        self.deliver();
    }

    /// Reads the durable copy, if that was not done, and takes to it what waits, as long as something does.
    pub(super) fn deliver(&self) {
        let line = &self.0.line;
        if line.busy.replace(true) {
            return;
        }
        let (app, turn) = (self.clone(), line.turn.get());
        spawn_local(async move {
            if app.read(|state| state.saver.is_loaded()) {
                // What was done is seen first.
                platform::drawn().await;
            }
            // What is done in one go is written in one go.
            let outcome = loop {
                match app.deliver_next(turn).await {
                    Ok(true) => {}
                    other => break other,
                }
            };
            let line = &app.0.line;
            if line.turn.get() == turn {
                line.busy.set(false);
                match outcome {
                    Ok(_) => _ = line.again.borrow_mut().take(),
                    Err(failure) => app.fail(&failure),
                }
            }
        });
    }

    /// Does the next thing at the durable copy; whether it is worth going on.
    async fn deliver_next(&self, turn: u32) -> Result<bool, Failure> {
        if !self.read(|state| state.saver.is_loaded()) {
            return self.read_durable(turn).await;
        }
        if let Some(go_on) = self.read_own(turn).await? {
            return Ok(go_on);
        }
        let next = self.0.state.borrow_mut().saver.batch();
        let Some(mut batch) = next else { return self.tidy(turn).await };
        let empty = batch.is_empty();
        let touched = self.0.state.borrow_mut().take(mem::take(&mut batch.saved), !empty);
        self.refresh(&touched);
        let Batch { records, tab_writes, .. } = batch;
        let result = if empty {
            // Many may be written to the quick place alone: the page goes on meanwhile.
            platform::give_way().await;
            Ok(Kept::default())
        } else {
            self.watched(turn, self.durable().save_with(&records, tab_writes)).await
        };
        if self.0.line.turn.get() != turn {
            // It was given up, and waits again; that it is there after all does no harm.
            return Ok(false);
        }
        let touched = {
            let mut state = self.0.state.borrow_mut();
            state.saver.arrived(&records, &result);
            state.offer(records.iter().cloned());
            state.take_kept(result?)
        };
        self.refresh(&touched);
        self.tell(&records);
        Ok(true)
    }

    /// Does a piece of what makes the next opening faster; whether there was one. What fails is left for the next time.
    async fn tidy(&self, turn: u32) -> Result<bool, Failure> {
        if self.thin().await {
            return Ok(self.0.line.is_turn(turn));
        }
        let untidy = self.0.line.untidy.borrow_mut().take();
        let Some(untidy) = untidy else { return Ok(false) };
        platform::give_way().await;
        let rest = self.watched(turn, self.durable().compact(untidy)).await?;
        let is_turn = self.0.line.is_turn(turn);
        *self.0.line.untidy.borrow_mut() = rest;
        Ok(is_turn)
    }

    /// Takes some of what the durable copy has out of the quick place, where there is much; whether there was some.
    async fn thin(&self) -> bool {
        let waits = self.read(|state| state.saver.status() == SaveStatus::Saving);
        if waits || self.0.line.surplus.borrow().is_empty() {
            return false;
        }
        platform::give_way().await;
        let mut surplus = self.0.line.surplus.borrow_mut();
        let mut state = self.0.state.borrow_mut();
        let State { saver, session, .. } = &mut *state;
        match saver.status() {
            SaveStatus::Saved => {
                let rest = surplus.len().saturating_sub(THINNED);
                saver.local_copy().trim(&surplus.split_off(rest), session.records());
            }
            // What was done meanwhile is kept first.
            SaveStatus::Saving => {}
            // The quick place has what nothing else has.
            SaveStatus::LocalOnly(_) | SaveStatus::Unsaved(..) => surplus.clear(),
        }
        true
    }

    /// Waits for the durable copy, and gives it up when it does not answer for long.
    pub(super) async fn watched<T>(
        &self,
        turn: u32,
        answer: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let app = self.clone();
        let watch = Timeout::new(PATIENCE, move || {
            app.0.line.turn.set(turn + 1);
            app.0.line.busy.set(false);
            app.durable().store().disconnect();
            app.0.state.borrow_mut().saver.arrived(&[], &Err(Failure::Silent));
            app.fail(&Failure::Silent);
        });
        let answer = answer.await;
        drop(watch);
        answer
    }

    /// Says that the durable copy cannot be reached, and tries again later.
    fn fail(&self, failure: &Failure) {
        self.update(|state| {
            if !state.saver.is_loaded() && state.saver.local_copy().is_partial() {
                state.unread = Some(failure.clone());
            }
            state.saver.durable_failed(failure.clone());
            let records = all_records(state);
            state.offer(records);
            state.tell_left_alone();
        });
        self.end_waiting();
        if failure.is_lasting() {
            return;
        }
        let again = &self.0.line.again;
        let wait = again.borrow().as_ref().map_or(WAIT.0, |(_, wait)| (wait * 2).min(WAIT.1));
        let app = self.clone();
        *again.borrow_mut() = Some((Timeout::new(wait, move || app.deliver()), wait));
    }

    fn tell(&self, records: &[AnyRecord]) {
        let item = |state: &State, record: &AnyRecord| match record {
            AnyRecord::Article(it) => Some(backup_article(it)),
            AnyRecord::Annotation(it) => backup_item(it, state.session.library()),
        };
        let items: Vec<_> = self.read(|state| records.iter().filter_map(|it| item(state, it)).collect());
        if !items.is_empty() {
            self.0.line.tell(&Message::Items(items));
        }
    }

    /// Tries again to read what could not be read and to keep what could not be kept.
    pub(in crate::ui) fn retry(&self) {
        if self.read(|state| state.unread.is_some()) {
            self.load_quick();
        }
        let touched = {
            let mut state = self.0.state.borrow_mut();
            let saved = state.saver.retry();
            let records = all_records(&state);
            state.offer(records);
            state.failure_read = false;
            state.take(saved, true)
        };
        self.refresh(&touched);
        // Should this attempt fail too, the pauses begin short again.
        self.0.line.again.borrow_mut().take();
        self.deliver();
    }

    /// Another tab changed what the quick place keeps: one item, or all of it.
    pub(in crate::ui) fn heard(&self, key: Option<&str>, value: Option<&str>) {
        match key {
            Some(key) => self.hear_item(key, value, false),
            // All was cleared from outside: what is on this page is not lost.
            None => self.settle(rewrite(self.read(all_records))),
        }
    }

    fn told(&self, message: Message) {
        match message {
            Message::Items(items) => {
                for (key, value) in items {
                    self.hear_item(&key, Some(&value), true);
                }
            }
            Message::Clearing => {
                self.update(|state| state.saver.set_closed(true));
                let app = self.clone();
                *self.0.line.silence.borrow_mut() = Some(Timeout::new(PATIENCE, move || app.keep_all()));
            }
            Message::Cleared => self.begin_anew(),
        }
    }

    /// Has everything on this page kept, whatever is kept already.
    fn keep_all(&self) {
        let records = {
            let mut state = self.0.state.borrow_mut();
            state.saver.set_closed(false);
            all_records(&state)
        };
        self.settle(rewrite(records));
    }

    /// Takes in an item as another tab has it; `durable` when it is in the durable copy already.
    fn hear_item(&self, key: &str, value: Option<&str>, durable: bool) {
        let change = {
            let mut state = self.0.state.borrow_mut();
            let state = &mut *state;
            match state.saver.local_copy().incoming(key, value) {
                // The durable copy has it, and another tab may have found that enough.
                Incoming::Removed(_)
                    if state.saver.is_durable() && state.saver.local_copy().may_be_trimmed() =>
                {
                    return;
                }
                Incoming::Removed(id) => rewrite(state.record(&id).into_iter().collect()),
                Incoming::Record(record) => {
                    let merged = state.session.merge([record]);
                    if !durable {
                        // The tab that wrote it may be gone before it is in the durable copy.
                        let due = Due { local: false, durable: true };
                        state.saver.schedule(merged.change.records, due);
                    }
                    // An older version came over a later one of this page: the later one is written again.
                    let later = merged.older.iter().filter_map(|it| state.session.records().get(it.id));
                    let (records, touched) = (later.cloned().collect(), merged.change.touched);
                    Change { records, touched, ..Change::default() }
                }
                Incoming::SetAside(aside) => {
                    let id = aside.id.clone();
                    state.put_aside(vec![aside]);
                    rewrite(id.and_then(|it| state.record(&it)).into_iter().collect())
                }
                Incoming::Article(record) => {
                    self.hear_article(state, record, durable);
                    return;
                }
                Incoming::Unrecognized => {
                    // It may be on an article that is on its way.
                    if let Some(value) = value {
                        state.unrecognized.insert(key.to_owned(), value.to_owned());
                    }
                    return;
                }
                Incoming::Irrelevant => return,
            }
        };
        self.settle(change);
    }

    /// Nothing is kept any more: the page is as on the first visit.
    fn begin_anew(&self) {
        self.forget_history();
        self.forget_trail();
        platform::reload();
    }

    /// Deletes everything that this browser keeps for the page, in every tab.
    pub(in crate::ui) fn delete_everything(&self) {
        let app = self.clone();
        spawn_local(async move {
            app.0.line.tell(&Message::Clearing);
            app.update(|state| state.saver.set_closed(true));
            let durable = match app.durable().store().clear().await {
                // There is nothing where there can be nothing.
                Err(Failure::Absent | Failure::Blocked) => Ok(()),
                other => other,
            };
            let quick = match app.0.state.borrow_mut().saver.local_copy().clear() {
                Err(Failure::Absent | Failure::Blocked) => Ok(()),
                other => other,
            };
            app.0.line.tell(&Message::Cleared);
            match durable.and(quick) {
                Ok(()) => app.begin_anew(),
                Err(failure) => {
                    let what = format!(
                        "Not everything could be deleted: {failure}. What is on this page is still here."
                    );
                    app.update(|state| state.fail(what));
                    app.keep_all();
                }
            }
        });
    }
}

impl State {
    /// What is wrong between this page and what the browser keeps, if anything is.
    pub(in crate::ui) fn trouble(&self) -> Option<Trouble> {
        match (&self.unread, self.saver.status()) {
            (_, SaveStatus::Unsaved(count, failure)) => Some(Trouble::Unsaved(count, failure)),
            (Some(failure), _) if !self.saver.is_loaded() => Some(Trouble::Unread(failure.clone())),
            (_, SaveStatus::LocalOnly(failure)) => Some(Trouble::Quick(failure)),
            (_, SaveStatus::Saving | SaveStatus::Saved) => None,
        }
    }

    /// As [`State::trouble`], unless the person has read it and put it away.
    pub(in crate::ui) fn unread_trouble(&self) -> Option<Trouble> {
        self.trouble().filter(|_| !self.failure_read)
    }

    /// Whether something is on its way to where it is safe.
    pub(in crate::ui) fn is_saving(&self) -> bool {
        self.saver.status() == SaveStatus::Saving
    }

    /// Takes in what came of writing to the quick place: the passages to draw anew where it had a later version. That it
    /// took no more is told once, when it is `news`.
    pub(super) fn take(&mut self, saved: Saved, news: bool) -> Vec<(ArticleId, Span)> {
        self.put_aside(saved.set_aside);
        if news && let Some(failure) = self.saver.take_local_failure() {
            self.notify(Notice::Quick { failure });
        }
        let later = self.session.merge_any(saved.newer).change;
        self.saver.schedule(later.all(), Due { local: false, durable: true });
        later.touched
    }

    fn take_kept(&mut self, kept: Kept) -> Vec<(ArticleId, Span)> {
        self.put_aside(kept.set_aside);
        let later = self.session.merge_any(kept.newer).change;
        self.saver.schedule(later.records, Due { local: true, durable: false });
        later.touched
    }

    /// The record of either kind that this page has.
    fn record(&self, id: &AnyId) -> Option<AnyRecord> {
        match id {
            AnyId::Article(id) => self.session.articles().records().get(id).cloned().map(AnyRecord::from),
            AnyId::Annotation(id) => self.session.records().get(*id).cloned().map(AnyRecord::from),
        }
    }

    /// Keeps in mind stored items that are none of this page's; some of them may be on articles that are read next.
    pub(super) fn leave_alone(&mut self, items: SortedMap<String, String>) {
        self.unrecognized.extend(items);
    }

    /// Tells of stored items that are none of this page's, once all articles are there that can be.
    pub(super) fn tell_left_alone(&mut self) {
        if !self.unrecognized.is_empty() {
            self.notify(Notice::NotOurs { items: self.unrecognized.len() });
        }
    }

    /// Puts what is nowhere but on this page where the crash script finds it, and takes from there what is kept.
    fn offer(&mut self, records: impl IntoIterator<Item = AnyRecord>) {
        // As it nearly always is: nothing is unsaved, and nothing was.
        if self.offered.is_empty() && self.saver.local_copy().unsaved() == 0 {
            return;
        }
        for record in records {
            let id = record.id();
            let item = self.saver.unsaved_item(id.clone());
            let news =
                if item.is_some() { self.offered.insert(id.clone()) } else { self.offered.remove(&id) };
            if !news && item.is_none() {
                continue;
            }
            platform::offer_for_rescue(&item_key(&id), item.as_deref());
            if let AnyId::Article(id) = &id
                && let Some(article) = self.session.library().known(id)
            {
                let text = item.is_some().then(|| article.text());
                platform::offer_for_rescue(&text_item_key(article.sha256()), text);
            }
        }
    }
}

pub(super) fn all_records(state: &State) -> Vec<AnyRecord> {
    let articles = state.session.articles().records().iter().cloned().map(AnyRecord::from);
    articles.chain(state.session.records().iter().cloned().map(AnyRecord::from)).collect()
}

fn rewrite(records: Vec<AnyRecord>) -> Change {
    let mut change = Change::default();
    for record in records {
        match record {
            AnyRecord::Article(it) => change.articles.push(it),
            AnyRecord::Annotation(it) => change.records.push(it),
        }
    }
    change
}
