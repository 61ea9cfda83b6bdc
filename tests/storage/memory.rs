//! A storage in memory, which fails on demand, and records to store.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use glossator::{
    annotation::{AnnotationId, Context, Record, ReplicaId, Timestamp},
    interchange::write_stored,
    session::{Command, Moment, Session},
    storage::{Failure, KeyValueStore, TabName, TabState},
    text::{Article, ArticleId, Library},
};

use crate::default_tags::argument;

pub const NOW: Timestamp = Timestamp(1_795_287_600_000);

/// A call to the storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    Keys,
    Get,
    Set,
    Remove,
}

type Fault = Box<dyn FnMut(Call, &str) -> Option<Failure>>;

/// A storage in memory. It fails when its fault says so.
#[derive(Clone, Default)]
pub struct MemoryStorage {
    pub kept: Rc<RefCell<BTreeMap<String, String>>>,
    fault: Rc<RefCell<Option<Fault>>>,
    /// The calls that changed something, with their keys.
    pub log: Rc<RefCell<Vec<(Call, String)>>>,
}

impl MemoryStorage {
    pub fn with<const N: usize>(items: [(&str, &str); N]) -> Self {
        let memory = Self::default();
        memory.kept.borrow_mut().extend(items.map(|(key, value)| (key.to_owned(), value.to_owned())));
        memory
    }

    pub fn fail(&self, fault: impl FnMut(Call, &str) -> Option<Failure> + 'static) {
        *self.fault.borrow_mut() = Some(Box::new(fault));
    }

    pub fn heal(&self) {
        *self.fault.borrow_mut() = None;
    }

    pub fn value(&self, key: &str) -> Option<String> {
        self.kept.borrow().get(key).cloned()
    }

    /// All stored values.
    pub fn values(&self) -> Vec<String> {
        self.kept.borrow().values().cloned().collect()
    }

    fn call(&self, call: Call, key: &str) -> Result<(), Failure> {
        let fault = self.fault.borrow_mut().as_mut().and_then(|fault| fault(call, key));
        fault.map_or(Ok(()), Err)
    }
}

impl KeyValueStore for MemoryStorage {
    fn keys(&self) -> Result<Vec<String>, Failure> {
        self.call(Call::Keys, "")?;
        Ok(self.kept.borrow().keys().cloned().collect())
    }

    fn get(&self, key: &str) -> Result<Option<String>, Failure> {
        self.call(Call::Get, key)?;
        Ok(self.value(key))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), Failure> {
        self.call(Call::Set, key)?;
        self.log.borrow_mut().push((Call::Set, key.to_owned()));
        self.kept.borrow_mut().insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), Failure> {
        self.call(Call::Remove, key)?;
        self.log.borrow_mut().push((Call::Remove, key.to_owned()));
        self.kept.borrow_mut().remove(key);
        Ok(())
    }
}

/// The library, and the default tags.
pub fn context() -> Context {
    library().into()
}

pub fn library() -> Library {
    [Article::new(ArticleId::new("a"), "A", "Note", "a.txt", "One two three four five six seven eight.")]
        .into_iter()
        .collect()
}

/// The state of a tab in a browser that cannot tell which tabs are open. Saving never waits for it.
pub fn own() -> TabState<MemoryStorage> {
    let mut tab_state = TabState::open(MemoryStorage::default());
    tab_state.set_name(TabName::Nameless);
    tab_state
}

pub fn session(replica: u64) -> Session {
    Session::new(library(), ReplicaId(replica))
}

/// Tags the three bytes from `start`, under an id made from `number`.
pub fn tag(session: &mut Session, number: u8, start: usize) -> Record {
    let article = session.library().iter().next().unwrap().clone();
    let command = Command::Tag {
        article: article.id().clone(),
        span: article.span(start, start + 3).unwrap(),
        tag: argument(),
    };
    session.execute(&command, Moment { now: NOW, entropy: [number; 10] }).records.remove(0)
}

/// `count` records of one session.
pub fn records(count: u8) -> (Session, Vec<Record>) {
    let mut session = session(1);
    let records = (0..count).map(|number| tag(&mut session, number, 4 * usize::from(number % 5))).collect();
    (session, records)
}

/// The next version of a record, with another note.
pub fn noted(session: &mut Session, id: AnnotationId, note: &str) -> Record {
    let moment = Moment { now: NOW, entropy: [0; 10] };
    session.execute(&Command::Note(id, note.into()), moment).records.remove(0)
}

pub fn key(record: &Record) -> String {
    format!("glossator:annotation:{}", record.id)
}

pub fn stored(record: &Record) -> String {
    write_stored(record, &context()).unwrap()
}

pub fn sorted(mut records: Vec<Record>) -> Vec<Record> {
    records.sort_by_key(|it| it.id);
    records
}
