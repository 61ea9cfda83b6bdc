//! The local copy: the page's records in a synchronous key-value store.

use std::{collections::BTreeMap, mem, rc::Rc};

use super::{
    key_value_store::{Failure, KeyValueStore},
    set_aside::{self, SetAsideItem, set_aside},
    stored_item::{StoredItem, id_of, is_record, read, read_text, unrecognized, write},
};
use crate::{
    annotation::{AnyId, AnyRecord, ArticleRecord, Context, Record, Records, TagRecord, Versioned as _},
    interchange::{ANNOTATION_KEY, ARTICLE_KEY, TAG_KEY, item_key, text_item_key},
    text::{SortedMap, Text, order},
};

/// The maximum number of items. A browser reads all items before it returns the first; with more, that delay is
/// noticeable.
const MAX_ITEMS: usize = 500;

/// The key that exists if this copy is only a part of the durable copy.
const PARTIAL_KEY: &str = "glossator:elsewhere";

/// Stores records in `S`, one item per record.
///
/// Other tabs may write to the same store at any time. Every write therefore reads the present item first and never
/// replaces a later version by an older one. Keys that are not Glossator's are not touched.
#[derive(Debug)]
pub struct LocalCopy<S> {
    store: S,
    context: Context,
    unsaved: BTreeMap<AnyId, AnyRecord>,
}

/// The result of reading everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The valid records of tags, tombstones included.
    pub tags: Vec<TagRecord>,
    /// The valid records of annotations, tombstones included.
    pub records: Vec<Record>,
    /// The items that are not valid, found now or on earlier visits.
    pub set_aside: Vec<SetAsideItem>,
    /// Unrecognized items, by key: those of a newer program, or with articles or tags that this page does not have.
    pub unrecognized: SortedMap<String, String>,
    /// The first failure. Everything that could be read is returned regardless.
    pub failure: Option<Failure>,
}

/// The result of saving.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// Stored versions that are later than those to be saved, and were not replaced. To be merged into the page.
    pub newer: Vec<AnyRecord>,
    /// Invalid items that were in the way.
    pub set_aside: Vec<SetAsideItem>,
    /// The first failure. The records that could not be saved are remembered for a retry.
    pub failure: Option<Failure>,
}

/// A change that another tab made to an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// It stored this record. To be merged; if the page has a later version, that must be saved again.
    Record(Record),
    /// It stored this record of a tag. To be merged as [`Incoming::Record`].
    Tag(TagRecord),
    /// It stored this record of an own article. To be merged once its text is here.
    Article(ArticleRecord),
    /// It removed this record's item. If the page has the record, it must be saved again.
    Removed(AnyId),
    /// It stored something that is not valid. If the page has the record, it must be saved again.
    SetAside(SetAsideItem),
    /// It stored an unrecognized item. Its article or its tag may arrive later.
    Unrecognized,
    /// Nothing that this page needs to know.
    Irrelevant,
}

impl Incoming {
    fn of(record: AnyRecord) -> Self {
        match record {
            AnyRecord::Tag(it) => Self::Tag(it),
            AnyRecord::Article(it) => Self::Article(it),
            AnyRecord::Annotation(it) => Self::Record(it),
        }
    }
}

impl<S: KeyValueStore> LocalCopy<S> {
    /// A copy in `store` of the records on the articles of `context`. Reads nothing yet.
    pub fn new(store: S, context: Context) -> Self {
        Self { store, context, unsaved: BTreeMap::new() }
    }

    /// Whether `more` further items can be stored without slowing down the next opening of the page.
    pub fn has_room_for(&self, more: usize) -> bool {
        self.store.count().saturating_add(more) <= MAX_ITEMS
    }

    /// The keys of the annotations to leave to the durable copy: if there are too many, all but the latest.
    pub fn surplus(&self) -> Vec<String> {
        if self.has_room_for(0) {
            return Vec::new();
        }
        let mut keys = self.store.keys().unwrap_or_default();
        keys.retain(|it| it.starts_with(ANNOTATION_KEY));
        // An id begins with the time of its creation.
        order::sort(&mut keys);
        keys.truncate(keys.len().saturating_sub(MAX_ITEMS / 2));
        keys
    }

    /// Removes those annotations under `keys` that the page, and thus the durable copy, has in the same or a later
    /// version.
    pub fn trim(&self, keys: &[String], page: &Records) {
        self.mark_partial();
        for key in keys {
            if let Ok(Some((StoredItem::Record(AnyRecord::Annotation(record)), _))) = self.read(key)
                && page.get(record.id).is_some_and(|it| *it == record || it.supersedes(&record))
            {
                // If that fails, the next visit tries again.
                let _ = self.store.remove(key);
            }
        }
    }

    /// Whether there are so many items that another tab may be removing some.
    pub fn may_be_trimmed(&self) -> bool {
        !self.has_room_for(MAX_ITEMS / 2)
    }

    /// Whether the durable copy has records that are not here.
    pub fn is_partial(&self) -> bool {
        self.store.get(PARTIAL_KEY).is_ok_and(|it| it.is_some())
    }

    /// Records that the durable copy has records that are not here.
    pub fn mark_partial(&self) {
        if !self.is_partial() {
            // Without the mark, the message about a failure of the durable copy is less precise.
            let _ = self.store.set(PARTIAL_KEY, "1");
        }
    }

    /// Replaces the articles and tags.
    pub fn set_context(&mut self, context: Context) {
        self.context = context;
    }

    /// Reads the own articles that the durable copy could not store, with their texts. Articles whose texts are
    /// missing are skipped.
    pub fn load_articles(&self) -> Vec<(ArticleRecord, Option<Rc<Text>>)> {
        let keys = self.store.keys().unwrap_or_default();
        let records = keys.iter().filter(|key| key.starts_with(ARTICLE_KEY)).filter_map(|key| {
            match self.read(key).ok()?? {
                (StoredItem::Record(AnyRecord::Article(record)), _) => Some(record),
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

    /// The text with this hash, if it is here and unchanged.
    pub fn text(&self, sha256: &str) -> Option<Rc<Text>> {
        let key = text_item_key(sha256);
        read_text(&key, &self.store.get(&key).ok()??).ok()
    }

    /// Reads the tags, and sets aside invalid ones. Annotations are read with the tags in the context, so update that
    /// before [`LocalCopy::load`].
    pub fn load_tags(&mut self) -> Loaded {
        let mut loaded = Loaded::default();
        let keys = self.keys(&mut loaded);
        self.load_all(keys, TAG_KEY, &mut loaded);
        loaded
    }

    /// Reads everything except tags and own articles, and sets aside invalid items.
    pub fn load(&mut self) -> Loaded {
        let mut loaded = Loaded::default();
        let keys = self.keys(&mut loaded);
        let mut earlier: Vec<String> =
            keys.iter().filter(|key| key.starts_with(set_aside::PREFIX)).cloned().collect();
        order::sort(&mut earlier);
        for key in earlier {
            match self.store.get(&key) {
                Ok(Some(value)) => loaded.set_aside.push(SetAsideItem::earlier(key, value, &self.context)),
                Ok(None) => {}
                Err(failure) => _ = loaded.failure.get_or_insert(failure),
            }
        }
        self.load_all(keys, ANNOTATION_KEY, &mut loaded);
        loaded
    }

    fn keys(&self, loaded: &mut Loaded) -> Vec<String> {
        self.store.keys().unwrap_or_else(|failure| {
            loaded.failure = Some(failure);
            Vec::new()
        })
    }

    /// Reads the records whose keys have this prefix.
    fn load_all(&self, mut keys: Vec<String>, prefix: &str, loaded: &mut Loaded) {
        keys.retain(|it| it.starts_with(prefix));
        order::sort(&mut keys);
        for key in keys {
            match self.read(&key) {
                Ok(Some((StoredItem::Record(AnyRecord::Annotation(record)), _))) => {
                    loaded.records.push(record);
                }
                Ok(Some((StoredItem::Record(AnyRecord::Tag(record)), _))) => loaded.tags.push(record),
                Ok(None | Some((StoredItem::Record(AnyRecord::Article(_)), _))) => {}
                Ok(Some((StoredItem::Unrecognized(_), value))) => _ = loaded.unrecognized.insert(key, value),
                Ok(Some((StoredItem::Invalid(reason), value))) => {
                    let (item, failure) = self.move_aside(&key, value, reason);
                    // The same bytes may have been set aside before, if the original could not be removed.
                    loaded.set_aside.retain(|it| it.key != item.key);
                    loaded.set_aside.push(item);
                    loaded.failure = loaded.failure.take().or(failure);
                }
                Err(failure) => _ = loaded.failure.get_or_insert(failure),
            }
        }
    }

    /// Stores each record unless the same or a later version is there. Then retries earlier failures, up to the first
    /// that fails again.
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

    /// Retries everything that could not be saved.
    pub fn retry(&mut self) -> Saved {
        let mut saved = Saved::default();
        for record in mem::take(&mut self.unsaved).into_values() {
            self.put(record, &mut saved);
        }
        saved
    }

    /// The ids of the records that could not be saved.
    pub fn waiting(&self) -> impl Iterator<Item = &AnyId> {
        self.unsaved.keys()
    }

    /// The number of records that could not be saved.
    pub fn unsaved(&self) -> usize {
        self.unsaved.len()
    }

    /// The stored form of a record that could not be saved.
    pub fn unsaved_item(&self, id: impl Into<AnyId>) -> Option<String> {
        write(self.unsaved.get(&id.into())?, &self.context)
    }

    /// Handles a `storage` event: another tab set the item under `key` to `value`, or removed it (`None`).
    ///
    /// Events arrive late, and two tabs that write at the same time see them in different orders. So the later of the
    /// event's record and the stored record counts, and this makes sure that it is stored.
    pub fn incoming(&mut self, key: &str, value: Option<&str>) -> Incoming {
        let Some(id) = id_of(key).filter(|_| is_record(key)) else { return Incoming::Irrelevant };
        match value.map(|text| read(key, text, &self.context)) {
            Some(StoredItem::Record(AnyRecord::Article(record))) => Incoming::Article(record),
            Some(StoredItem::Record(record)) => {
                let newer = self.save(std::slice::from_ref(&record)).newer;
                let later = newer.into_iter().find(|it| it.id() == record.id());
                Incoming::of(later.unwrap_or(record))
            }
            Some(StoredItem::Unrecognized(_)) => Incoming::Unrecognized,
            // Own articles belong into the durable copy only.
            _ if matches!(id, AnyId::Article(_)) => Incoming::Irrelevant,
            _ => match self.read(key) {
                Ok(Some((StoredItem::Record(record), _))) => Incoming::of(record),
                Ok(Some((StoredItem::Invalid(reason), value))) => {
                    Incoming::SetAside(self.move_aside(key, value, reason).0)
                }
                Ok(Some((StoredItem::Unrecognized(_), _))) => Incoming::Irrelevant,
                Ok(None) | Err(_) => Incoming::Removed(id),
            },
        }
    }

    /// Remembers records for a retry without trying to save them now.
    pub fn postpone(&mut self, records: &[AnyRecord]) {
        for record in records.iter().filter(|it| !matches!(it, AnyRecord::Article(_))) {
            let later = self.unsaved.get(&record.id()).is_none_or(|it| record.supersedes(it));
            if later {
                self.unsaved.insert(record.id(), record.clone());
            }
        }
    }

    /// Records that these are now in the durable copy, so they need no retry. Own articles are removed here, because
    /// their texts take much space.
    pub fn confirm_durable(&mut self, records: &[AnyRecord]) {
        for record in records {
            if self.unsaved.get(&record.id()).is_some_and(|it| !it.supersedes(record)) {
                self.unsaved.remove(&record.id());
            }
            if let AnyRecord::Article(article) = record {
                self.mark_partial();
                // If that fails, the next opening of the page compares and removes them.
                let _ = self.store.remove(&item_key(&record.id()));
                if let Some(sha256) = article.sha256() {
                    let _ = self.store.remove(&text_item_key(sha256));
                }
            }
        }
    }

    /// Removes everything that the page has stored here.
    ///
    /// # Errors
    /// If some of it is still there.
    pub fn clear(&mut self) -> Result<(), Failure> {
        self.unsaved.clear();
        for key in self.store.keys()?.iter().filter(|it| it.starts_with("glossator:")) {
            self.store.remove(key)?;
        }
        Ok(())
    }

    /// Stores a record, or remembers it for a retry if that fails.
    fn put(&mut self, record: AnyRecord, saved: &mut Saved) {
        let lasting = saved.failure.as_ref().filter(|it| it.is_lasting()).cloned();
        if let Err(failure) = lasting.map_or_else(|| self.merge(&record, saved), Err) {
            saved.failure.get_or_insert(failure);
            self.unsaved.insert(record.id(), record);
        }
    }

    /// Stores a record unless the present item is the same, later, or unrecognized. All writes of records go through
    /// here.
    fn merge(&self, record: &AnyRecord, saved: &mut Saved) -> Result<(), Failure> {
        let key = item_key(&record.id());
        match self.read(&key)? {
            Some((StoredItem::Record(there), _)) if there == *record => return Ok(()),
            Some((StoredItem::Record(there), _)) if there.supersedes(record) => {
                saved.newer.push(there);
                return Ok(());
            }
            Some((StoredItem::Unrecognized(reason), _)) => return Err(unrecognized(&reason)),
            Some((StoredItem::Invalid(reason), value)) => {
                let (item, failure) = self.move_aside(&key, value, reason);
                saved.set_aside.push(item);
                failure.map_or(Ok(()), Err)?;
            }
            Some((StoredItem::Record(_), _)) | None => {}
        }
        if let AnyRecord::Article(article) = record {
            self.put_text(article)?;
        }
        self.store.set(&key, &write(record, &self.context).ok_or(Failure::UnknownArticle)?)
    }

    /// Stores the text of an article, before its record.
    fn put_text(&self, article: &ArticleRecord) -> Result<(), Failure> {
        let Some(sha256) = article.sha256() else { return Ok(()) };
        let text = self.context.library.known(&article.id).ok_or(Failure::MissingText)?.text();
        let key = text_item_key(sha256);
        if self.store.get(&key)?.as_deref() == Some(text) { Ok(()) } else { self.store.set(&key, text) }
    }

    /// Reads the item under `key`, together with its value.
    fn read(&self, key: &str) -> Result<Option<(StoredItem, String)>, Failure> {
        Ok(self.store.get(key)?.map(|text| (read(key, &text, &self.context), text)))
    }

    fn move_aside(&self, key: &str, value: String, reason: String) -> (SetAsideItem, Option<Failure>) {
        let (key_now, failure) = match set_aside(&self.store, key, &value) {
            Ok(copy) => (copy, None),
            Err(failure) => (key.to_owned(), Some(failure)),
        };
        (SetAsideItem::found(key, key_now, value, reason), failure)
    }
}
