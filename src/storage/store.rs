//! The records of the page in a place that keeps strings.

use std::{collections::BTreeMap, mem, rc::Rc};

use super::{
    aside::{self, Aside, set_aside},
    durable::not_ours,
    items::{Failure, Items},
    stored::{Stored, id_of, is_record, read, read_text, write},
};
use crate::{
    annotation::{AnyId, AnyRecord, ArticleRecord, Record, Records, Versioned as _},
    interchange::{ANNOTATION_KEY, ARTICLE_KEY, item_key, text_item_key},
    text::{Library, SortedMap, Text, order},
};

/// A browser reads all items before it gives one, which is felt with more than so many.
const MUCH: usize = 500;

/// There when the durable copy has what is not here.
const ELSEWHERE: &str = "glossator:elsewhere";

/// Keeps records in `I`, one item for each.
///
/// Other tabs write to the same place at any time. Every write therefore looks at what is there and never puts an older
/// version in the place of a later one. Keys that are not of annotations belong to others and are not touched.
#[derive(Debug)]
pub struct Store<I> {
    items: I,
    library: Library,
    unsaved: BTreeMap<AnyId, AnyRecord>,
}

/// What was found when everything was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The valid records, tombstones included.
    pub records: Vec<Record>,
    /// What is not valid, now and on earlier visits.
    pub set_aside: Vec<Aside>,
    /// What was left alone, by key: items of a newer program, and those on articles that this page does not have.
    pub left_alone: SortedMap<String, String>,
    /// The first failure. What was read before it and after it is here all the same.
    pub failure: Option<Failure>,
}

/// What came of saving.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Stored versions that are later than those to be saved, and stay. To be merged into what the page has.
    pub newer: Vec<AnyRecord>,
    /// Items that were in the way and not valid.
    pub set_aside: Vec<Aside>,
    /// The first failure. The records that it concerns are kept in mind and tried again.
    pub failure: Option<Failure>,
}

/// What another tab did to an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// It stored this record. To be merged; should the page have a later one, that is to be saved again.
    Record(Record),
    /// It stored this record of an own article. To be merged when its text is here.
    Article(ArticleRecord),
    /// It removed this record's item. Should the page have the record, it is to be saved again.
    Removed(AnyId),
    /// It stored something that is not valid. Should the page have the record, it is to be saved again.
    SetAside(Aside),
    /// It stored something that is none of this page's, yet: it may be on an article that is still to come.
    LeftAlone,
    /// Nothing that concerns this page.
    Irrelevant,
}

impl<I: Items> Store<I> {
    /// Keeps the records of `library`'s articles in `items`. Reads nothing yet.
    pub fn new(items: I, library: Library) -> Self {
        Self { items, library, unsaved: BTreeMap::new() }
    }

    /// Whether so many more can be kept here without slowing the next opening.
    pub fn has_room_for(&self, more: usize) -> bool {
        self.items.count().saturating_add(more) <= MUCH
    }

    /// The keys of annotations that had better be in the durable copy alone: where there are many, all but the latest.
    pub fn surplus(&self) -> Vec<String> {
        if self.has_room_for(0) {
            return Vec::new();
        }
        let mut keys = self.items.keys().unwrap_or_default();
        keys.retain(|it| it.starts_with(ANNOTATION_KEY));
        // An id begins with the time at which it was made.
        order::sort(&mut keys);
        keys.truncate(keys.len().saturating_sub(MUCH / 2));
        keys
    }

    /// Takes those of the annotations under `keys` out that `page` has too, as they are or later, and the durable copy with it.
    pub fn thin(&self, keys: &[String], page: &Records) {
        self.note_elsewhere();
        for key in keys {
            if let Ok(Some((Stored::Record(AnyRecord::Annotation(record)), _))) = self.look(key)
                && page.get(record.id).is_some_and(|it| *it == record || it.supersedes(&record))
            {
                // What stays is taken out another time.
                let _ = self.items.remove(key);
            }
        }
    }

    /// Whether there is so much that another tab may be taking some of it out.
    pub fn may_be_thinned(&self) -> bool {
        !self.has_room_for(MUCH / 2)
    }

    /// Whether the durable copy has what is not here.
    pub fn is_part(&self) -> bool {
        self.items.get(ELSEWHERE).is_ok_and(|it| it.is_some())
    }

    /// Notes that the durable copy has what is not here.
    pub fn note_elsewhere(&self) {
        if !self.is_part() {
            // Without the note a failure of the durable copy is told in other words.
            let _ = self.items.set(ELSEWHERE, "1");
        }
    }

    /// From now on these are the articles.
    pub fn know(&mut self, library: Library) {
        self.library = library;
    }

    /// The own articles that the durable copy could not take, with their texts. What else there is of such, is passed over:
    /// without its text an article is none.
    pub fn load_articles(&self) -> Vec<(ArticleRecord, Option<Rc<Text>>)> {
        let keys = self.items.keys().unwrap_or_default();
        let records = keys.iter().filter(|key| key.starts_with(ARTICLE_KEY)).filter_map(|key| {
            match self.look(key).ok()?? {
                (Stored::Record(AnyRecord::Article(record)), _) => Some(record),
                _ => None,
            }
        });
        let with_text = |record: ArticleRecord| match record.sha256() {
            None => Some((record, None)),
            Some(sha256) => {
                let text = self.text(sha256)?;
                Some((record, Some(text)))
            }
        };
        records.filter_map(with_text).collect()
    }

    /// The text of this name, if it is here and as it was.
    pub fn text(&self, sha256: &str) -> Option<Rc<Text>> {
        let key = text_item_key(sha256);
        read_text(&key, &self.items.get(&key).ok()??).ok()
    }

    /// Reads everything but own articles, and sets aside what is not valid.
    pub fn load(&mut self) -> Loaded {
        let mut loaded = Loaded::default();
        let keys = self.items.keys().unwrap_or_else(|failure| {
            loaded.failure = Some(failure);
            Vec::new()
        });
        let (mut ours, mut earlier): (Vec<_>, Vec<_>) = keys
            .into_iter()
            .filter(|key| key.starts_with("glossator:"))
            .partition(|key| key.starts_with(ANNOTATION_KEY));
        order::sort(&mut ours);
        earlier.retain(|key| key.starts_with(aside::PREFIX));
        order::sort(&mut earlier);

        for key in earlier {
            match self.items.get(&key) {
                Ok(Some(value)) => loaded.set_aside.push(Aside::earlier(key, value, &self.library)),
                Ok(None) => {}
                Err(failure) => _ = loaded.failure.get_or_insert(failure),
            }
        }
        for key in ours {
            match self.look(&key) {
                Ok(Some((Stored::Record(AnyRecord::Annotation(record)), _))) => loaded.records.push(record),
                Ok(None | Some((Stored::Record(AnyRecord::Article(_)), _))) => {}
                Ok(Some((Stored::NotOurs(_), value))) => _ = loaded.left_alone.insert(key, value),
                Ok(Some((Stored::Invalid(reason), value))) => {
                    let (aside, failure) = self.put_aside(&key, value, reason);
                    // The same bytes may have been set aside before, when the original could not be removed.
                    loaded.set_aside.retain(|it| it.key != aside.key);
                    loaded.set_aside.push(aside);
                    loaded.failure = loaded.failure.or(failure);
                }
                Err(failure) => _ = loaded.failure.get_or_insert(failure),
            }
        }
        loaded
    }

    /// Stores each record unless the same or a later version is there, then tries again what could not be saved before,
    /// up to the first that still cannot.
    pub fn save<R: Clone + Into<AnyRecord>>(&mut self, records: &[R]) -> Saved {
        let mut saved = Saved::default();
        for record in records {
            let record = record.clone().into();
            let waiting = self.unsaved.remove(&record.id()).filter(|it| it.supersedes(&record));
            self.put(waiting.unwrap_or(record), &mut saved);
        }
        while saved.failure.is_none()
            && let Some((_, record)) = self.unsaved.pop_first()
        {
            self.put(record, &mut saved);
        }
        saved
    }

    /// Tries again everything that could not be saved.
    pub fn retry(&mut self) -> Saved {
        let mut saved = Saved::default();
        for record in mem::take(&mut self.unsaved).into_values() {
            self.put(record, &mut saved);
        }
        saved
    }

    /// What could not be saved.
    pub fn waiting(&self) -> impl Iterator<Item = &AnyId> {
        self.unsaved.keys()
    }

    /// How many records could not be saved.
    pub fn unsaved(&self) -> usize {
        self.unsaved.len()
    }

    /// The stored form of a record that could not be saved, for offering it to the person.
    pub fn unsaved_item(&self, id: impl Into<AnyId>) -> Option<String> {
        write(self.unsaved.get(&id.into())?, &self.library)
    }

    /// Takes in what another tab did to the item of `key`, as a `storage` event says it: `None` for removing it.
    ///
    /// Events arrive late, and two tabs that write at once see them in different orders. So what counts is the later of
    /// the event's record and what is stored now, and storing it is made sure of.
    pub fn incoming(&mut self, key: &str, value: Option<&str>) -> Incoming {
        let Some(id) = id_of(key).filter(|_| is_record(key)) else { return Incoming::Irrelevant };
        match value.map(|text| read(key, text, &self.library)) {
            Some(Stored::Record(AnyRecord::Article(record))) => Incoming::Article(record),
            Some(Stored::Record(AnyRecord::Annotation(record))) => {
                let newer = self.save(std::slice::from_ref(&record)).newer;
                let later = newer.into_iter().find_map(|it| match it {
                    AnyRecord::Annotation(it) if it.id == record.id => Some(it),
                    _ => None,
                });
                Incoming::Record(later.unwrap_or(record))
            }
            Some(Stored::NotOurs(_)) => Incoming::LeftAlone,
            // It is in the durable copy, where it belongs.
            _ if matches!(id, AnyId::Article(_)) => Incoming::Irrelevant,
            _ => match self.look(key) {
                Ok(Some((Stored::Record(AnyRecord::Annotation(record)), _))) => Incoming::Record(record),
                Ok(Some((Stored::Invalid(reason), value))) => {
                    Incoming::SetAside(self.put_aside(key, value, reason).0)
                }
                Ok(Some((Stored::NotOurs(_) | Stored::Record(_), _))) => Incoming::Irrelevant,
                Ok(None) | Err(_) => Incoming::Removed(id),
            },
        }
    }

    /// Keeps in mind, without trying, what cannot be saved now.
    pub fn postpone(&mut self, records: &[AnyRecord]) {
        for record in records.iter().filter(|it| matches!(it, AnyRecord::Annotation(_))) {
            let later = self.unsaved.get(&record.id()).is_none_or(|it| record.supersedes(it));
            if later {
                self.unsaved.insert(record.id(), record.clone());
            }
        }
    }

    /// These are in the durable copy, so that nothing is lost if they are not here. Articles, whose texts take much room,
    /// are then not kept here.
    pub fn is_kept_elsewhere(&mut self, records: &[AnyRecord]) {
        for record in records {
            if self.unsaved.get(&record.id()).is_some_and(|it| !it.supersedes(record)) {
                self.unsaved.remove(&record.id());
            }
            if let AnyRecord::Article(article) = record {
                self.note_elsewhere();
                // What cannot be removed is compared at the next opening, and removed then.
                let _ = self.items.remove(&item_key(&record.id()));
                if let Some(sha256) = article.sha256() {
                    let _ = self.items.remove(&text_item_key(sha256));
                }
            }
        }
    }

    /// Removes everything that the page keeps here.
    ///
    /// # Errors
    /// When some of it is still there.
    pub fn clear(&mut self) -> Result<(), Failure> {
        self.unsaved.clear();
        for key in self.items.keys()?.iter().filter(|it| it.starts_with("glossator:")) {
            self.items.remove(key)?;
        }
        Ok(())
    }

    /// Stores a record, or keeps it in mind when that fails.
    fn put(&mut self, record: AnyRecord, saved: &mut Saved) {
        let lasting = saved.failure.as_ref().filter(|it| it.is_lasting()).cloned();
        if let Err(failure) = lasting.map_or_else(|| self.merge(&record, saved), Err) {
            saved.failure.get_or_insert(failure);
            self.unsaved.insert(record.id(), record);
        }
    }

    /// The one way in which a record is stored: what is there is looked at first.
    fn merge(&self, record: &AnyRecord, saved: &mut Saved) -> Result<(), Failure> {
        let key = item_key(&record.id());
        match self.look(&key)? {
            Some((Stored::Record(there), _)) if there == *record => return Ok(()),
            Some((Stored::Record(there), _)) if there.supersedes(record) => {
                saved.newer.push(there);
                return Ok(());
            }
            Some((Stored::NotOurs(reason), _)) => return Err(not_ours(&reason)),
            Some((Stored::Invalid(reason), value)) => {
                let (aside, failure) = self.put_aside(&key, value, reason);
                saved.set_aside.push(aside);
                failure.map_or(Ok(()), Err)?;
            }
            Some((Stored::Record(_), _)) | None => {}
        }
        if let AnyRecord::Article(article) = record {
            self.put_text(article)?;
        }
        self.items.set(&key, &write(record, &self.library).ok_or(Failure::Elsewhere)?)
    }

    /// Stores the text of an article, before its record.
    fn put_text(&self, article: &ArticleRecord) -> Result<(), Failure> {
        let Some(sha256) = article.sha256() else { return Ok(()) };
        let text = self.library.known(&article.id).ok_or(Failure::Textless)?.text();
        let key = text_item_key(sha256);
        if self.items.get(&key)?.as_deref() == Some(text) { Ok(()) } else { self.items.set(&key, text) }
    }

    fn look(&self, key: &str) -> Result<Option<(Stored, String)>, Failure> {
        Ok(self.items.get(key)?.map(|text| (read(key, &text, &self.library), text)))
    }

    fn put_aside(&self, key: &str, value: String, reason: String) -> (Aside, Option<Failure>) {
        let (key_now, failure) = match set_aside(&self.items, key, &value) {
            Ok(copy) => (copy, None),
            Err(failure) => (key.to_owned(), Some(failure)),
        };
        (Aside { key: key_now, value, reason, fresh: true, id: id_of(key) }, failure)
    }
}
