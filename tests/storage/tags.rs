//! Tags: they are stored as annotations are, and before them.

use glossator::{
    annotation::{AnyRecord, Context, Record, ReplicaId, TagId, TagRecord},
    interchange::{TAG_KEY, parse_stored, write_stored, write_stored_tag},
    session::{Command, Moment, NewTag, Session, TagCommand},
    storage::{Batch, Due, DurableCopy, Failure, Incoming, LocalCopy, SaveStatus, Saver, retry_unrecognized},
};
use proptest::{collection::vec, prelude::*};

use crate::{
    disk::{Disk, now},
    memory::{MemoryStorage, NOW, context, library, own, records, tag},
    properties::config,
};

fn moment(number: u8) -> Moment {
    Moment { now: NOW, entropy: [number; 10] }
}

fn add(session: &mut Session, name: &str) -> TagRecord {
    let new = NewTag { name: name.into(), definition: "".into(), key: None, parent: None };
    let change = session.execute(&Command::Codebook(TagCommand::Add(new)), moment(9));
    change.tags[0].clone()
}

fn rename(session: &mut Session, id: TagId, name: &str) -> Vec<TagRecord> {
    session.execute(&Command::Codebook(TagCommand::Rename(id, name.into())), moment(0)).tags
}

/// A session with a new tag and an annotation that has it.
fn tagged() -> (Session, TagRecord, Record) {
    let (mut session, records) = records(1);
    let fact = add(&mut session, "Fact");
    let change = session.execute(&Command::Retag(records[0].id, fact.id), moment(0));
    (session, fact, change.records[0].clone())
}

fn key(record: &TagRecord) -> String {
    format!("{TAG_KEY}{}", record.id.as_str())
}

#[test]
fn a_tag_is_in_both_copies_and_survives_a_reload() {
    let (memory, disk) = (MemoryStorage::default(), Disk::default());
    let (session, fact, record) = tagged();
    let mut saver = Saver::new(LocalCopy::new(memory.clone(), session.context().clone()), own());
    saver.reconcile(session.records(), session.records().iter().cloned().collect());
    saver.save([fact.clone()]);
    saver.save([record.clone()]);
    assert!(memory.value(&key(&fact)).is_some(), "at once");
    let batch = saver.batch().unwrap().records;
    assert_eq!(batch[0], AnyRecord::from(fact.clone()), "before what depends on it");
    let copy = DurableCopy::new(disk.clone(), session.context().clone());
    saver.arrived(&batch, &now(copy.save(&batch)));
    assert_eq!(saver.status(), SaveStatus::Saved);
    assert!(memory.value(&key(&fact)).is_some(), "and it stays there");

    let mut local = LocalCopy::new(memory, context());
    assert_eq!(local.load_tags().tags, std::slice::from_ref(&fact));
    let before = local.load();
    assert_eq!((before.records.len(), before.unrecognized.len()), (0, 1), "its tag is not known yet");
    local.set_context(session.context().clone());
    assert_eq!(local.load().records, std::slice::from_ref(&record));

    let copy = DurableCopy::new(disk, context());
    assert_eq!(now(copy.load_articles(&[])).unwrap().tags, [fact]);
    let found = now(copy.load()).unwrap();
    assert!(found.records.is_empty() && found.set_aside.is_empty(), "nothing is lost");
    let mut waiting = found.unrecognized;
    assert_eq!(retry_unrecognized(&mut waiting, session.context()), [record]);
    assert!(waiting.is_empty());
}

#[test]
fn an_annotation_with_a_new_tag_or_value_is_left_alone_by_older_pages() {
    let (session, _, record) = tagged();
    let text = write_stored(&record, session.context()).unwrap();
    assert!(text.starts_with(r#"{"v":3,"#), "{text}");
    assert_eq!(parse_stored(&text, session.context()), Ok(record));
    let (session, records) = records(1);
    let text = write_stored(&records[0], session.context()).unwrap();
    assert!(text.starts_with(r#"{"v":1,"#), "{text}");
}

#[test]
fn a_value_that_the_codebook_does_not_have_yet_is_kept() {
    let (session, records) = records(1);
    let text = write_stored(&records[0], session.context()).unwrap();
    let text = text.replace(r#""note":"""#, r#""note":"","attributes":{"role":"warrant","attribute-a":"7"}"#);
    let text = text.replace(r#"{"v":1,"#, r#"{"v":3,"#);
    let record = parse_stored(&text, &context()).unwrap();
    assert_eq!(record.content.as_ref().unwrap().attributes.iter().count(), 2);
    let again = write_stored(&record, &context()).unwrap();
    assert_eq!(parse_stored(&again, &context()), Ok(record));
}

#[test]
fn a_damaged_tag_is_set_aside_and_harms_nothing() {
    let (session, fact, record) = tagged();
    let memory = MemoryStorage::default();
    let mut local = LocalCopy::new(memory.clone(), session.context().clone());
    local.save(std::slice::from_ref(&fact));
    local.save(std::slice::from_ref(&record));
    let other = format!("{TAG_KEY}argument");
    let newer = (format!("{TAG_KEY}proposal"), r#"{"v":99}"#.to_owned());
    memory.kept.borrow_mut().insert(other.clone(), "rubbish".to_owned());
    memory.kept.borrow_mut().insert(newer.0.clone(), newer.1.clone());
    let loaded = local.load_tags();
    assert_eq!((loaded.tags, loaded.failure), (vec![fact.clone()], None));
    assert_eq!(loaded.set_aside[0].value, "rubbish");
    assert_eq!(memory.value(&format!("glossator:aside:{other}")).as_deref(), Some("rubbish"));
    assert_eq!(loaded.unrecognized.into_iter().collect::<Vec<_>>(), std::slice::from_ref(&newer));
    assert_eq!(local.load().records, [record]);

    let disk = Disk::with([(other.as_str(), "rubbish"), (newer.0.as_str(), newer.1.as_str())]);
    let copy = DurableCopy::new(disk.clone(), context());
    now(copy.save(std::slice::from_ref(&fact))).unwrap();
    let found = now(copy.load_articles(&[])).unwrap();
    assert_eq!((found.tags, found.set_aside.len(), found.unrecognized.len()), (vec![fact], 1, 1));
    assert!(disk.value(&other).is_none());
    assert_eq!(disk.value(&newer.0), Some(newer.1));
}

#[test]
fn a_tag_of_another_tab_arrives_and_an_older_one_is_replaced() {
    let (mut session, fact, _) = tagged();
    let memory = MemoryStorage::default();
    let mut local = LocalCopy::new(memory.clone(), context());
    let old = write_stored_tag(&fact);
    assert_eq!(local.incoming(&key(&fact), Some(&old)), Incoming::Tag(fact.clone()));
    let later = rename(&mut session, fact.id, "Truth").remove(0);
    local.save(std::slice::from_ref(&later));
    assert_eq!(local.incoming(&key(&fact), Some(&old)), Incoming::Tag(later.clone()));
    assert_eq!(memory.value(&key(&fact)), Some(write_stored_tag(&later)));
    local.clear().unwrap();
    assert_eq!(local.incoming(&key(&fact), None), Incoming::Removed(fact.id.into()));
}

#[test]
fn a_change_of_a_tag_costs_the_same_among_many_annotations() {
    for others in [0, 40] {
        let (mut session, _) = records(others);
        let memory = MemoryStorage::default();
        let mut saver = Saver::new(LocalCopy::new(memory.clone(), context()), own());
        saver.reconcile(session.records(), session.records().iter().cloned().collect());
        saver.save(rename(&mut session, TagId::new("argument"), "Reason"));
        assert_eq!(memory.log.borrow().len(), 1);
        assert_eq!(saver.batch().unwrap().records.len(), 1);
    }
}

#[test]
fn tags_that_either_side_lacks_are_exchanged() {
    let (session, fact, _) = tagged();
    let memory = MemoryStorage::default();
    let mut saver = Saver::new(LocalCopy::new(memory.clone(), context()), own());
    assert!(saver.reconcile_tags(session.tags().records(), Vec::new()).is_empty());
    let none = Session::new(library(), ReplicaId(3));
    assert_eq!(saver.reconcile_tags(none.tags().records(), vec![fact.clone()]), std::slice::from_ref(&fact));
    let Batch { records, .. } = saver.batch().unwrap();
    assert_eq!(records, [AnyRecord::from(fact.clone())], "the durable copy gets what it lacks");
    assert!(memory.value(&key(&fact)).is_some(), "and the local copy, too");
    saver.schedule([fact], Due { local: true, durable: false });
}

/// What a person does, or the browser.
#[derive(Clone, Debug)]
enum Step {
    Add,
    Rename(u8),
    Tag,
    Undo,
    Write { fails: bool },
    Reload,
}

/// A page, with its session and the two copies.
struct Page {
    session: Session,
    saver: Saver<MemoryStorage>,
    copy: DurableCopy<Disk>,
}

impl Page {
    fn open(memory: &MemoryStorage, disk: &Disk, replica: u64) -> Self {
        let mut page = Self {
            session: Session::new(library(), ReplicaId(replica)),
            saver: Saver::new(LocalCopy::new(memory.clone(), context()), own()),
            copy: DurableCopy::new(disk.clone(), context()),
        };
        let tags = page.saver.local_copy().load_tags().tags;
        page.session.merge_tags(tags);
        page.know();
        let loaded = page.saver.local_copy().load();
        assert!(loaded.set_aside.is_empty() && loaded.unrecognized.is_empty(), "{loaded:?}");
        page.session.merge(loaded.records);
        let found = now(page.copy.load_articles(&[])).unwrap();
        let newer = page.saver.reconcile_tags(page.session.tags().records(), found.tags);
        page.session.merge_tags(newer);
        page.know();
        let found = now(page.copy.load()).unwrap();
        assert!(found.set_aside.is_empty() && found.unrecognized.is_empty(), "{found:?}");
        let newer = page.saver.reconcile(page.session.records(), found.records);
        page.session.merge(newer);
        page
    }

    fn know(&mut self) {
        let context: Context = self.session.context().clone();
        self.saver.local_copy().set_context(context.clone());
        self.copy.set_context(context);
    }

    fn execute(&mut self, step: &Step, number: u8) {
        let tags: Vec<TagId> = self.session.codebook().tags().iter().map(|it| it.id).collect();
        let change = match step {
            Step::Add => {
                let name = format!("Tag {number}").into();
                let new = NewTag { name, definition: "".into(), key: None, parent: None };
                self.session.execute(&Command::Codebook(TagCommand::Add(new)), moment(number))
            }
            Step::Rename(at) => {
                let id = tags[usize::from(*at) % tags.len()];
                let name = format!("Name {number}").into();
                self.session.execute(&Command::Codebook(TagCommand::Rename(id, name)), moment(number))
            }
            Step::Tag => {
                let id = tag(&mut self.session, number, 4).id;
                let retag = Command::Retag(id, *tags.last().unwrap());
                self.session.execute(&retag, moment(number))
            }
            Step::Undo => self.session.undo(NOW).map(|it| it.1).unwrap_or_default(),
            Step::Write { .. } | Step::Reload => return,
        };
        if !change.tags.is_empty() {
            self.know();
        }
        self.saver.save(change.all());
    }

    fn write(&mut self, fails: bool) {
        while let Some(Batch { records, .. }) = self.saver.batch() {
            let result =
                if fails { Err(Failure::Other("full".into())) } else { now(self.copy.save(&records)) };
            self.saver.arrived(&records, &result);
            if fails {
                return;
            }
        }
    }
}

proptest! {
    #![proptest_config(config(128))]

    /// Whatever fails and whenever the page is reloaded, what was done is there, in either copy or in both.
    #[test]
    fn no_edit_of_the_codebook_is_lost(steps in vec(prop_oneof![
        2 => Just(Step::Add),
        3 => any::<u8>().prop_map(Step::Rename),
        3 => Just(Step::Tag),
        1 => Just(Step::Undo),
        2 => any::<bool>().prop_map(|fails| Step::Write { fails }),
        2 => Just(Step::Reload),
    ], 1..40)) {
        let (memory, disk) = (MemoryStorage::default(), Disk::default());
        let mut page = Page::open(&memory, &disk, 1);
        for (number, step) in (0..).zip(&steps) {
            match step {
                Step::Write { fails } => page.write(*fails),
                Step::Reload => {
                    let again = Page::open(&memory, &disk, u64::from(number) + 2);
                    prop_assert_eq!(again.session.codebook(), page.session.codebook());
                    prop_assert_eq!(again.session.tags().records(), page.session.tags().records());
                    prop_assert_eq!(again.session.records(), page.session.records());
                    page = again;
                }
                step => page.execute(step, number),
            }
        }
        page.write(false);
        prop_assert_eq!(page.saver.status(), SaveStatus::Saved);
        let alone = Page::open(&MemoryStorage::default(), &disk, 99);
        prop_assert_eq!(alone.session.codebook(), page.session.codebook());
        prop_assert_eq!(alone.session.records(), page.session.records());
    }
}
