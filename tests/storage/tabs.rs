//! Two tabs on one storage: whatever they do at the same time, both end with the same complete set, and so does the
//! storage.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, VecDeque},
    rc::Rc,
};

use glossator::{
    annotation::{AnyId, Record, ReplicaId, TagId},
    session::{Command, Moment, Session},
    storage::{Failure, Incoming, KeyValueStore, LocalCopy, SetAsideItem},
};
use proptest::{collection::vec, prelude::*, sample::Index};

use crate::default_tags::every_tag;
use crate::memory::{NOW, context, library, sorted, tag};
use crate::properties::config;

type Event = (String, Option<String>);

/// What the browser stores, and the events that it has yet to deliver to each tab.
#[derive(Default)]
struct Browser {
    kept: RefCell<BTreeMap<String, String>>,
    events: [RefCell<VecDeque<Event>>; 2],
    /// What each tab sees, where tabs read copies of the storage.
    seen: [RefCell<BTreeMap<String, String>>; 2],
    copies: Cell<bool>,
}

/// One tab's access to the storage.
///
/// With `copies` it behaves as in browsers that run each tab in a process of its own: a tab reads a copy, which is
/// updated only when an event is delivered, so that it writes without knowing the other's latest changes.
#[derive(Clone)]
struct TabStorage {
    browser: Rc<Browser>,
    tab: usize,
}

impl TabStorage {
    fn view(&self) -> &RefCell<BTreeMap<String, String>> {
        if self.browser.copies.get() { &self.browser.seen[self.tab] } else { &self.browser.kept }
    }

    fn change(&self, key: &str, value: Option<&str>) {
        for map in [&self.browser.kept, &self.browser.seen[self.tab]] {
            match value {
                Some(value) => _ = map.borrow_mut().insert(key.to_owned(), value.to_owned()),
                None => _ = map.borrow_mut().remove(key),
            }
        }
        let event = (key.to_owned(), value.map(str::to_owned));
        self.browser.events[1 - self.tab].borrow_mut().push_back(event);
    }
}

impl KeyValueStore for TabStorage {
    fn keys(&self) -> Result<Vec<String>, Failure> {
        Ok(self.view().borrow().keys().cloned().collect())
    }

    fn get(&self, key: &str) -> Result<Option<String>, Failure> {
        Ok(self.view().borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), Failure> {
        self.change(key, Some(value));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), Failure> {
        self.change(key, None);
        Ok(())
    }
}

/// A tab as in the page: a session and its local copy.
struct Tab {
    session: Session,
    store: LocalCopy<TabStorage>,
    storage: TabStorage,
    made: u8,
}

impl Tab {
    fn open(browser: &Rc<Browser>, tab: usize) -> Self {
        let storage = TabStorage { browser: Rc::clone(browser), tab };
        let mut store = LocalCopy::new(storage.clone(), context());
        let mut session = Session::new(library(), ReplicaId(tab as u64));
        session.merge(store.load().records);
        Self { session, store, storage, made: 0 }
    }

    fn save(&mut self, records: &[Record]) {
        let saved = self.store.save(records);
        assert_eq!(saved.failure, None);
        self.session.merge_any(saved.newer);
    }

    fn act(&mut self, action: &Action) {
        let ids: Vec<_> = sorted(self.session.records().iter().cloned().collect());
        let id = |index: &Index| ids.get(index.index(ids.len().max(1))).map(|it| it.id);
        let moment = Moment { now: NOW, entropy: [0; 10] };
        let records = match action {
            Action::Tag => {
                self.made += 1;
                // A different id for each.
                vec![tag(&mut self.session, 2 * self.made + u8::try_from(self.storage.tab).unwrap(), 4)]
            }
            Action::Retag(index, tag) => id(index)
                .map(|id| self.session.execute(&Command::Retag(id, *tag), moment).records)
                .unwrap_or_default(),
            Action::Note(index, note) => id(index)
                .map(|id| self.session.execute(&Command::Note(id, note.as_str().into()), moment).records)
                .unwrap_or_default(),
            Action::Delete(index) => id(index)
                .map(|id| self.session.execute(&Command::Delete(id), moment).records)
                .unwrap_or_default(),
            Action::Undo => self.session.undo(NOW).map(|(_, it)| it.records).unwrap_or_default(),
        };
        self.save(&records);
    }

    /// Handles a `storage` event as the page does. With a pick, the browser delivers that one of the waiting events.
    fn receive(&mut self, pick: Option<&Index>) -> bool {
        let event = {
            let mut waiting = self.storage.browser.events[self.storage.tab].borrow_mut();
            let at = pick.map_or(0, |pick| pick.index(waiting.len().max(1)));
            waiting.remove(at)
        };
        let Some((key, value)) = event else { return false };
        match &value {
            Some(value) => {
                self.storage.browser.seen[self.storage.tab].borrow_mut().insert(key.clone(), value.clone());
            }
            None => _ = self.storage.browser.seen[self.storage.tab].borrow_mut().remove(&key),
        }
        let again = match self.store.incoming(&key, value.as_deref()) {
            Incoming::Record(record) => {
                let id = record.id;
                (!self.session.merge([record]).older.is_empty()).then_some(id)
            }
            Incoming::Removed(AnyId::Annotation(id))
            | Incoming::SetAside(SetAsideItem { id: Some(AnyId::Annotation(id)), .. }) => Some(id),
            other => {
                assert!(matches!(other, Incoming::Irrelevant), "{other:?}");
                None
            }
        };
        if let Some(ours) = again.and_then(|id| self.session.records().get(id).cloned()) {
            self.save(&[ours]);
        }
        true
    }

    fn records(&self) -> Vec<Record> {
        sorted(self.session.records().iter().cloned().collect())
    }
}

#[derive(Clone, Debug)]
enum Action {
    Tag,
    Retag(Index, TagId),
    Note(Index, String),
    Delete(Index),
    Undo,
}

#[derive(Clone, Debug)]
enum Step {
    Act(usize, Action),
    Receive(usize, Index),
    /// A fault replaces a record by garbage, or removes it.
    Break(Index, Option<String>),
}

fn step(breaks: bool) -> impl Strategy<Value = Step> {
    let action = prop_oneof![
        3 => Just(Action::Tag),
        3 => (any::<Index>(), prop::sample::select(every_tag())).prop_map(|(id, tag)| Action::Retag(id, tag)),
        3 => (any::<Index>(), "[a-c]{0,2}").prop_map(|(id, note)| Action::Note(id, note)),
        1 => any::<Index>().prop_map(Action::Delete),
        1 => Just(Action::Undo),
    ];
    prop_oneof![
        6 => (0..2_usize, action).prop_map(|(tab, action)| Step::Act(tab, action)),
        4 => (0..2_usize, any::<Index>()).prop_map(|(tab, pick)| Step::Receive(tab, pick)),
        u32::from(breaks) => (any::<Index>(), prop::option::of("rubbish|\\{\"v\":1\\}"))
            .prop_map(|(at, value)| Step::Break(at, value)),
    ]
}

/// Checks that both tabs and the storage end with the same records.
fn run(steps: &[Step], copies: bool, any_order: bool) -> Result<(), TestCaseError> {
    let browser = Rc::new(Browser::default());
    browser.copies.set(copies);
    let mut tabs = [Tab::open(&browser, 0), Tab::open(&browser, 1)];
    let mut made = std::collections::BTreeSet::new();
    for step in steps {
        match step {
            Step::Act(tab, action) => tabs[*tab].act(action),
            Step::Receive(tab, pick) => _ = tabs[*tab].receive(any_order.then_some(pick)),
            Step::Break(at, value) => {
                let keys: Vec<_> =
                    browser.kept.borrow().keys().filter(|it| !it.contains("aside")).cloned().collect();
                if keys.is_empty() {
                    continue;
                }
                let key = at.get(&keys).clone();
                for (map, events) in browser.seen.iter().chain([&browser.kept]).zip([
                    Some(&browser.events[0]),
                    Some(&browser.events[1]),
                    None,
                ]) {
                    match value {
                        Some(value) => _ = map.borrow_mut().insert(key.clone(), value.clone()),
                        None => _ = map.borrow_mut().remove(&key),
                    }
                    if let Some(events) = events {
                        events.borrow_mut().push_back((key.clone(), value.clone()));
                    }
                }
            }
        }
        for tab in &tabs {
            made.extend(tab.session.records().iter().map(|it| it.id));
        }
    }
    let mut rounds = 0;
    while tabs[0].receive(None) | tabs[1].receive(None) {
        rounds += 1;
        prop_assert!(rounds < 1_000, "the tabs never stop sending events");
    }
    prop_assert_eq!(tabs[0].records(), tabs[1].records());
    prop_assert_eq!(tabs[0].session.records().len(), made.len(), "an annotation is gone");
    browser.copies.set(false);
    let loaded = LocalCopy::new(tabs[0].storage.clone(), context()).load();
    prop_assert_eq!(loaded.records, tabs[0].records());
    prop_assert_eq!(loaded.failure, None);
    Ok(())
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn two_tabs_end_with_the_same_complete_set(steps in vec(step(false), 0..60)) {
        run(&steps, false, false)?;
    }

    #[test]
    fn two_tabs_agree_when_events_arrive_in_any_order(steps in vec(step(false), 0..60)) {
        run(&steps, false, true)?;
    }

    #[test]
    fn two_tabs_agree_when_each_reads_an_old_copy(steps in vec(step(false), 0..60)) {
        run(&steps, true, false)?;
    }

    #[test]
    fn two_tabs_agree_when_items_break_or_vanish(steps in vec(step(true), 0..60)) {
        run(&steps, false, true)?;
    }
}
