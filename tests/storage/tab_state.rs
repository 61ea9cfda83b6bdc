//! The state of a tab, its history and draft: it survives a reload, and a kill of the browser.

use std::{cell::Cell, collections::BTreeMap, rc::Rc};

use glossator::{
    annotation::{Records, Timestamp},
    interchange::{write_draft, write_tab},
    session::{Command, Moment},
    storage::{
        Batch, DurableCopy, Failure, LocalCopy, MAX_STEP_BYTES, MAX_STEPS, MAX_TOTAL_BYTES, SaveStatus,
        SavedTab, Saver, TabItem, TabName, TabState,
    },
};
use proptest::{collection::vec, prelude::*};

use crate::properties::config;
use crate::{
    disk::{Disk, Step, now},
    memory::{Call, MemoryStorage, NOW, context, library, session, tag},
};

/// A time later than all before.
fn later() -> Timestamp {
    thread_local!(static TIME: Cell<u64> = const { Cell::new(NOW.0) });
    TIME.set(TIME.get() + 10);
    Timestamp(TIME.get())
}

/// The items that the page of a tab shows.
type Shown = BTreeMap<TabItem, String>;

/// A tab with its page.
struct Tab {
    tab_state: TabState<MemoryStorage>,
    shown: Shown,
}

impl Tab {
    /// Opens the page. The durable copy is read later.
    fn open(quick: &MemoryStorage) -> Self {
        let tab_state = TabState::open(quick.clone());
        let shown = tab_state.items().into_iter().collect();
        Self { tab_state, shown }
    }

    fn read(&mut self, name: &str, disk: &Disk) {
        self.tab_state.set_name(TabName::Named(name.to_owned()));
        let Ok((left, _)) = now(copy(disk).load_tab(name)) else { return };
        for (item, value) in self.tab_state.reconcile(left, later()) {
            match value {
                Some(value) => _ = self.shown.insert(item, value),
                None => _ = self.shown.remove(&item),
            }
        }
    }

    fn keep(&mut self, item: TabItem, value: Option<&str>) {
        match value {
            Some(value) => _ = self.shown.insert(item, value.to_owned()),
            None => _ = self.shown.remove(&item),
        }
        self.tab_state.set(item, value.map(str::to_owned), later()).unwrap();
    }

    /// Delivers a few items at a time, so that the browser can be killed in between. True if all were saved.
    fn deliver(&mut self, disk: &Disk) -> bool {
        loop {
            let own = self.tab_state.batch(3);
            if own.is_empty() {
                return true;
            }
            if now(copy(disk).save_with(&[], own)).is_err() {
                self.tab_state.returned();
                return false;
            }
            self.tab_state.arrived();
        }
    }
}

/// A draft as it is stored.
fn draft(words: &str) -> String {
    let article = library().iter().next().unwrap().clone();
    write_draft(&article, article.span(4, 7).unwrap(), words)
}

fn copy(disk: &Disk) -> DurableCopy<Disk> {
    DurableCopy::new(disk.clone(), context())
}

/// The keys of a tab's items in the durable copy.
fn kept(disk: &Disk, tab: &str) -> Vec<String> {
    let of = |key: &&String| {
        key.starts_with(&format!("glossator:history:{tab}:")) || **key == format!("glossator:draft:{tab}")
    };
    disk.kept.borrow().keys().filter(of).cloned().collect()
}

#[test]
fn a_step_is_saved_together_with_its_change_before_the_status_says_so() {
    let disk = Disk::default();
    let mut session = session(1);
    let mut saver = Saver::new(
        LocalCopy::new(MemoryStorage::default(), context()),
        TabState::open(MemoryStorage::default()),
    );
    saver.reconcile(&Records::default(), Vec::new());
    let record = tag(&mut session, 1, 4);
    saver.save([record.clone()]);
    saver.tab_state().set(TabItem::Step(7), Some("step".into()), NOW).unwrap();
    let deliver = |saver: &mut Saver<MemoryStorage>| {
        while let Some(Batch { records, tab_writes, .. }) = saver.batch() {
            let result = now(copy(&disk).save_with(&records, tab_writes));
            saver.arrived(&records, &result);
            if result.is_err() {
                return;
            }
        }
    };
    saver.tab_state().set_name(TabName::Named("a".into()));
    saver.reconcile_tab(now(copy(&disk).load_tab("a")).unwrap().0, NOW);
    for step in [Step::Write, Step::Complete] {
        disk.fail(move |it| (it == step).then(|| Failure::Other("no".into())));
        deliver(&mut saver);
        assert!(disk.kept.borrow().is_empty(), "neither is stored");
        assert!(matches!(saver.status(), SaveStatus::LocalOnly(_)));
    }
    disk.heal();
    deliver(&mut saver);
    assert_eq!(saver.status(), SaveStatus::Saved);
    assert_eq!(disk.value("glossator:history:a:7").as_deref(), Some("step"));
    assert_eq!(now(copy(&disk).load()).unwrap().records, std::slice::from_ref(&record));

    // A step or a draft alone is also unsaved at first.
    for item in [TabItem::Step(8), TabItem::Draft] {
        saver.tab_state().set(item, Some("more".into()), NOW).unwrap();
        assert_eq!(saver.status(), SaveStatus::Saving);
        deliver(&mut saver);
        assert_eq!(saver.status(), SaveStatus::Saved);
    }
    let gone = session.execute(&Command::Delete(record.id), Moment { now: NOW, entropy: [0; 10] });
    saver.save(gone.records.clone());
    saver.set_closed(true);
    assert_eq!(saver.tab_state().set(TabItem::Step(9), Some("late".into()), NOW), Ok(()));
    assert_eq!(saver.batch(), None, "nothing is saved while everything is being deleted");
}

#[test]
fn the_cost_of_a_step_does_not_depend_on_the_length_of_the_history() {
    let (quick, disk) = (MemoryStorage::default(), Disk::default());
    let mut tab = Tab::open(&quick);
    tab.read("a", &disk);
    let mut costs = Vec::new();
    for number in 1..=2_500 {
        let before = (quick.log.borrow().len(), disk.writes.borrow().len());
        tab.keep(TabItem::Step(number), Some("step"));
        assert!(tab.deliver(&disk));
        costs.push((quick.log.borrow().len() - before.0, disk.writes.borrow().len() - before.1));
    }
    let (first, last) = (costs[0], costs[2_499]);
    assert_eq!(first, (2, 2), "the step and the time of the tab, in both copies");
    // Once the limit is reached, each new step replaces an old one.
    assert!(costs.iter().all(|it| it.0 <= 5 && it.1 <= 3), "{last:?}");
}

#[test]
fn the_latest_steps_are_kept_up_to_the_limits() {
    let (quick, disk) = (MemoryStorage::default(), Disk::default());
    let mut tab = Tab::open(&quick);
    tab.keep(TabItem::Draft, Some(&draft("note")));
    for number in 1..=1_200 {
        tab.keep(TabItem::Step(number), Some("step"));
    }
    tab.read("a", &disk);
    assert!(tab.deliver(&disk));
    let kept_steps = kept(&disk, "a").len() - 1;
    assert_eq!(kept_steps, MAX_STEPS);
    assert_eq!(disk.value("glossator:history:a:200"), None);
    assert!(disk.value("glossator:history:a:201").is_some());
    assert_eq!(Tab::open(&quick).tab_state.items().len(), MAX_STEPS + 1);

    // Tsuccessor total length is limited. A step that exceeds the limit alone is dropped without affecting others.
    let long = "x".repeat(MAX_STEP_BYTES);
    for number in [1_201, 1_202, 700, 1_203, 1_204] {
        tab.keep(TabItem::Step(number), Some(&long));
    }
    tab.keep(TabItem::Step(1_205), Some(&format!("{long}x")));
    assert!(tab.deliver(&disk));
    let mut all = kept(&disk, "a");
    all.retain(|it| it.starts_with("glossator:history:"));
    let bytes: usize = all.iter().filter_map(|it| disk.value(it)).map(|it| it.len()).sum();
    assert!(bytes <= MAX_TOTAL_BYTES);
    assert_eq!(all.len(), MAX_TOTAL_BYTES / MAX_STEP_BYTES, "{all:?}");
    assert_eq!(disk.value("glossator:draft:a"), Some(draft("note")), "the draft stays");

    // A tab without a local copy reads the same state.
    let mut successor = Tab::open(&MemoryStorage::default());
    successor.read("a", &disk);
    assert_eq!(successor.shown.len(), all.len() + 1);
}

#[test]
fn a_tab_without_a_name_uses_only_its_local_copy() {
    let (quick, disk) = (MemoryStorage::default(), Disk::default());
    let mut tab_state = TabState::open(quick.clone());
    tab_state.set(TabItem::Step(1), Some("one".into()), NOW).unwrap();
    tab_state.set_name(TabName::Nameless);
    tab_state.set(TabItem::Step(2), Some("two".into()), NOW).unwrap();
    tab_state.set(TabItem::Step(1), None, NOW).unwrap();
    assert!(tab_state.is_settled() && tab_state.batch(9).is_empty());
    assert!(disk.kept.borrow().is_empty());
    assert_eq!(TabState::open(quick.clone()).items(), [(TabItem::Step(2), "two".to_owned())]);
    quick.fail(|_, _| Some(Failure::Blocked));
    assert_eq!(
        tab_state.set(TabItem::Draft, Some("note".into()), NOW),
        Err(Failure::Blocked),
        "it is reported"
    );
}

#[test]
fn saved_tabs_are_listed_latest_first() {
    let state = |used: u64| write_tab(Timestamp(used));
    let note = draft("why?");
    let disk = Disk::with([
        ("glossator:tab:early", &state(1_000)),
        ("glossator:tab:late", &state(3_000)),
        ("glossator:tab:middle", &state(2_000)),
        ("glossator:tab:odd", "{"),
        ("glossator:tab:a:b", &state(9_000)),
        ("glossator:history:early:1", "step"),
        ("glossator:history:early2:1", "of another"),
        ("glossator:draft:late", &note),
        ("glossator:draft:early", "{\"v\":1,"),
    ]);
    let tabs = now(copy(&disk).tabs()).unwrap();
    let by = |tab: &str, used: u64, draft: Option<&str>| SavedTab {
        tab: tab.into(),
        used: Timestamp(used),
        draft: draft.map(str::to_owned),
    };
    assert_eq!(
        tabs,
        [
            by("late", 3_000, Some(&note)),
            by("middle", 2_000, None),
            by("early", 1_000, Some("{\"v\":1,")),
            by("odd", 0, None)
        ]
    );

    // An invalid draft is set aside byte for byte.
    let (left, asides) = now(copy(&disk).load_tab("early")).unwrap();
    assert_eq!(left.items, [("glossator:history:early:1".to_owned(), "step".to_owned())]);
    let [aside] = &asides[..] else { panic!("{asides:?}") };
    assert_eq!(disk.value(&aside.key).as_deref(), Some("{\"v\":1,"));
    assert_eq!(disk.value("glossator:draft:early"), None);
    assert!(now(copy(&disk).load()).unwrap().set_aside[0].reason.contains("JSON"));

    // A draft from a backup is stored once, however often it is restored.
    let other = draft("new");
    for _ in 0..2 {
        now(copy(&disk).save_drafts(&[note.clone(), other.clone()])).unwrap();
    }
    let drafts = now(copy(&disk).tabs()).unwrap().into_iter().filter_map(|it| it.draft);
    assert_eq!(drafts.collect::<Vec<_>>(), [note.clone(), other]);

    now(copy(&disk).delete_tab("early")).unwrap();
    assert_eq!(kept(&disk, "early"), [""; 0]);
    assert_eq!(disk.value("glossator:history:early2:1").as_deref(), Some("of another"));

    // A tab adopts the draft of a closed tab, in one transaction.
    let mut tab = Tab::open(&MemoryStorage::default());
    tab.read("late2", &disk);
    tab.tab_state.adopt_draft(note.clone(), "late".into(), NOW);
    disk.fail(|step| (step == Step::Complete).then_some(Failure::Full));
    assert!(!tab.deliver(&disk));
    assert_eq!(disk.value("glossator:draft:late"), Some(note.clone()));
    disk.heal();
    assert!(tab.deliver(&disk));
    assert_eq!((disk.value("glossator:draft:late"), disk.value("glossator:draft:late2")), (None, Some(note)));
}

/// An event in the life of a tab.
#[derive(Clone, Debug)]
enum Event {
    Keep(TabItem, Option<String>),
    Deliver,
    /// The browser is killed after this many steps of the disk.
    DieDelivering(u8),
    /// The page is reloaded.
    Reload,
    /// The browser is killed, and restores the tab in an earlier state.
    BringBack(usize),
    /// The same, but the durable copy is only read after the next event.
    BringBackBlindly(usize),
    /// The tab is closed, and a new one adopts its state.
    Succeed,
    /// The local copy becomes full, or has space again.
    Fill(bool),
    /// The page is reloaded, but the durable copy is only read after the next event.
    OpenBlindly,
}

fn event() -> impl Strategy<Value = Event> {
    let item = prop_oneof![Just(TabItem::Draft), (1..6_u64).prop_map(TabItem::Step)];
    prop_oneof![
        8 => (item, prop::option::weighted(0.7, "[a-z]{1,3}")).prop_map(|(item, value)| Event::Keep(item, value)),
        4 => Just(Event::Deliver),
        1 => (0..8_u8).prop_map(Event::DieDelivering),
        2 => Just(Event::Reload),
        2 => any::<usize>().prop_map(Event::BringBack),
        1 => any::<usize>().prop_map(Event::BringBackBlindly),
        1 => Just(Event::Succeed),
        1 => any::<bool>().prop_map(Event::Fill),
        1 => Just(Event::OpenBlindly),
    ]
}

/// Goes through these events. Everything that was there when the tab was saved must be there after any end of the page,
/// unless it was changed since.
fn check_tab_keeps_what_it_saved(events: Vec<Event>) -> Result<(), TestCaseError> {
    let disk = Disk::default();
    let other = ["glossator:history:other:1", "glossator:draft:other", "glossator:tab:other"];
    for key in other {
        disk.kept.borrow_mut().insert(key.to_owned(), "of another".to_owned());
    }
    let mut quick = MemoryStorage::default();
    let mut tab = Tab::open(&quick);
    tab.read("a", &disk);
    // The local copy after each event, which a browser may restore later.
    let mut noted = vec![quick.kept.borrow().clone()];
    let mut promised = Shown::new();
    let mut since: Vec<(TabItem, Option<String>)> = Vec::new();
    for event in events {
        let blind = matches!(event, Event::BringBackBlindly(_) | Event::OpenBlindly);
        let mut ended = true;
        match event {
            Event::Keep(item, value) => {
                let value = value.map(|it| if item == TabItem::Draft { draft(&it) } else { it });
                tab.keep(item, value.as_deref());
                since.push((item, value));
                ended = false;
            }
            Event::Deliver => {
                tab.deliver(&disk);
                ended = false;
            }
            Event::Fill(full) => {
                quick.fail(move |call, _| (full && call == Call::Set).then_some(Failure::Full));
                ended = false;
            }
            Event::DieDelivering(mut left) => {
                disk.fail(move |_| {
                    left = left.saturating_sub(1);
                    (left == 0).then(|| Failure::Other("killed".into()))
                });
                tab.deliver(&disk);
                disk.heal();
                quick = MemoryStorage::default();
            }
            Event::Reload | Event::OpenBlindly => {}
            Event::BringBack(index) | Event::BringBackBlindly(index) => {
                let at = index % noted.len();
                let earlier = noted[at].clone();
                // Later states are never restored.
                noted.truncate(at + 1);
                quick = MemoryStorage::default();
                *quick.kept.borrow_mut() = earlier;
            }
            Event::Succeed => quick = MemoryStorage::default(),
        }
        if ended {
            tab = Tab::open(&quick);
        }
        if tab.shown.is_empty() && disk.value("glossator:tab:a").is_none() {
            // Nothing is left to adopt, so the next tab has another name, and no state of this one is ever restored.
            noted.clear();
        }
        if !blind && (ended || tab.tab_state.unread().is_some() || *tab.tab_state.name() == TabName::Unknown)
        {
            tab.read("a", &disk);
            let leaves = promised.keys().copied().chain(since.iter().map(|(item, _)| *item));
            for item in leaves.collect::<Vec<_>>() {
                let here = tab.shown.get(&item);
                let allowed = here == promised.get(&item)
                    || since.iter().any(|(it, value)| *it == item && value.as_ref() == here);
                prop_assert!(allowed, "{item:?} was {:?}, and now it is {here:?}", promised.get(&item));
            }
        }
        if tab.tab_state.is_settled() {
            promised.clone_from(&tab.shown);
            since.clear();
        }
        noted.push(quick.kept.borrow().clone());
    }
    if *tab.tab_state.name() == TabName::Unknown {
        tab.read("a", &disk);
    }
    prop_assert!(tab.deliver(&disk));
    prop_assert!(tab.tab_state.is_settled());
    let mut next = Tab::open(&MemoryStorage::default());
    next.read("a", &disk);
    prop_assert_eq!(&next.shown, &tab.shown);
    let again = Tab::open(&quick);
    prop_assert!(again.shown.iter().all(|(item, value)| tab.shown.get(item) == Some(value)));
    for key in other {
        prop_assert_eq!(disk.value(key), Some("of another".to_owned()));
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn closing_a_tab_never_loses_saved_work(events in vec(event(), 1..60)) {
        check_tab_keeps_what_it_saved(events)?;
    }
}

#[test]
fn a_deleted_note_stays_deleted_when_an_old_tab_is_restored_twice() {
    let keep = |note: Option<&str>| Event::Keep(TabItem::Draft, note.map(str::to_owned));
    let events = vec![
        keep(Some("a")),
        Event::Deliver,
        keep(None),
        Event::Reload,
        keep(None),
        Event::Deliver,
        Event::BringBackBlindly(1),
        keep(None),
        Event::BringBackBlindly(1),
        Event::Keep(TabItem::Step(1), None),
    ];
    check_tab_keeps_what_it_saved(events).unwrap();
}

#[test]
fn a_failure_at_any_step_loses_nothing() {
    let calls = Rc::new(Cell::new(0));
    let visit = |disk: &Disk| {
        let mut tab = Tab::open(&MemoryStorage::default());
        tab.read("a", disk);
        for number in 1..=4 {
            tab.keep(TabItem::Step(number), Some("step"));
            tab.keep(TabItem::Draft, Some(&draft(&number.to_string())));
            if number == 3 {
                tab.keep(TabItem::Step(2), None);
            }
            if tab.tab_state.unread().is_some() {
                tab.read("a", disk);
            }
            tab.deliver(disk);
        }
        tab
    };
    let disk = Disk::default();
    let count = Rc::clone(&calls);
    disk.fail(move |_| {
        count.set(count.get() + 1);
        None
    });
    visit(&disk);
    assert!(calls.get() > 15, "{}", calls.get());
    for at in 0..calls.get() {
        for to in [at + 1, usize::MAX] {
            let disk = Disk::default();
            let mut done = 0;
            disk.fail(move |_| {
                done += 1;
                (at..to).contains(&(done - 1)).then_some(Failure::Full)
            });
            let mut tab = visit(&disk);
            disk.heal();
            if tab.tab_state.unread().is_some() {
                tab.read("a", &disk);
            }
            assert!(tab.deliver(&disk) && tab.tab_state.is_settled(), "step {at} to {to}");
            let mut successor = Tab::open(&MemoryStorage::default());
            successor.read("a", &disk);
            assert_eq!(successor.shown, tab.shown, "step {at} to {to}");
            assert_eq!(successor.shown.len(), 4);
        }
    }
}
