//! The durable copy: whatever has been written to it survives a crash of the browser at any later moment.

use std::{cell::RefCell, mem, rc::Rc};

use super::{
    durable_store::{DurableStore, Page, Write, end_of},
    join::both,
    key_value_store::Failure,
    pack::{Packing, pack_writes},
    set_aside::{self, Invalid, SetAsideItem},
    stored_item::{StoredItem, check_text, read, read_text, unrecognized, write},
};
use crate::{
    annotation::{AnyId, AnyRecord, ArticleRecord, Context, TagRecord},
    interchange::{ARTICLE_KEY, PACK_KEY, TAG_KEY, item_key, text_item_key},
    text::{SortedMap, Text, order},
};

/// The number of items that are read at once.
const PAGE_SIZE: u32 = 1_000;
/// The number of packs that are read at once.
const PACKS_PAGE_SIZE: u32 = 8;
/// The number of texts that are read at once.
const TEXTS_PAGE_SIZE: usize = 16;

/// The page's records in a durable store.
#[derive(Debug)]
pub struct DurableCopy<D> {
    store: D,
    context: RefCell<Context>,
    packing: Packing,
}

/// The tags and own articles of the durable copy, and the problems found in them.
#[derive(Clone, Debug, Default)]
pub struct FoundArticles {
    /// The valid records of tags, tombstones included, by id.
    pub tags: Vec<TagRecord>,
    /// The valid records of articles, tombstones included, by id.
    pub records: Vec<ArticleRecord>,
    /// The texts of the articles, as far as they are there and unchanged.
    pub texts: Vec<Rc<Text>>,
    /// The items that are not valid.
    pub set_aside: Vec<SetAsideItem>,
    /// Unrecognized items, by key: those of a newer program.
    pub unrecognized: SortedMap<String, String>,
    /// Why invalid items could not be moved. They stay where they are and are not overwritten.
    pub failure: Option<Failure>,
}

/// The result of writing records to the durable copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Stored versions that are later than those to be written, and were not replaced. To be merged into the page.
    pub newer: Vec<AnyRecord>,
    /// Invalid items that were in the way.
    pub set_aside: Vec<SetAsideItem>,
    /// Records that were not written, and why: for instance, because an unrecognized item must not be replaced.
    pub refused: Vec<(AnyId, Failure)>,
}

impl<D: DurableStore> DurableCopy<D> {
    /// A copy in `store` of the records on the articles of `context`.
    pub fn new(store: D, context: Context) -> Self {
        Self::with_packing(store, context, Packing::default())
    }

    /// As [`DurableCopy::new`], with other thresholds for packing.
    pub fn with_packing(store: D, context: Context, packing: Packing) -> Self {
        Self { store, context: RefCell::new(context), packing }
    }

    pub(super) fn packing(&self) -> Packing {
        self.packing
    }

    /// Replaces the articles and tags.
    pub fn set_context(&self, context: Context) {
        *self.context.borrow_mut() = context;
    }

    pub(super) fn context(&self) -> Context {
        self.context.borrow().clone()
    }

    /// The underlying store.
    pub fn store(&self) -> &D {
        &self.store
    }

    /// Reads the records of tags and own articles, and the articles' texts except those whose hashes are in `here`, which must be
    /// sorted. Sets aside invalid items.
    ///
    /// # Errors
    /// If nothing could be read.
    pub async fn load_articles(&self, here: &[Rc<str>]) -> Result<FoundArticles, Failure> {
        let mut found = FoundArticles::default();
        let mut invalid = Vec::new();
        let (mut needed, mut unrecognized) = (Vec::new(), Vec::new());
        let context = self.context();
        let (tags, articles) = both(self.first(TAG_KEY), self.first(ARTICLE_KEY)).await;
        let mut take = |key: String, value: String| match read(&key, &value, &context) {
            StoredItem::Record(AnyRecord::Tag(record)) => found.tags.push(record),
            StoredItem::Record(AnyRecord::Article(record)) => {
                needed.extend(record.sha256().filter(|it| here.binary_search(it).is_err()).cloned());
                found.records.push(record);
            }
            StoredItem::Record(AnyRecord::Annotation(_)) => {}
            StoredItem::Unrecognized(_) => unrecognized.push((key, value)),
            StoredItem::Invalid(reason) => invalid.push((key, value, reason)),
        };
        self.each_from(TAG_KEY, tags?, &mut take).await?;
        self.each_from(ARTICLE_KEY, articles?, &mut take).await?;
        found.unrecognized = unrecognized.into_iter().collect();
        order::sort(&mut needed);
        needed.dedup();
        for some in needed.chunks(TEXTS_PAGE_SIZE) {
            let keys: Vec<String> = some.iter().map(|it| text_item_key(it)).collect();
            let texts = self.store.get(&keys).await?;
            for (key, value) in keys.into_iter().zip(texts) {
                let Some(value) = value else { continue };
                let text = match self.store.sha256(&value).await {
                    Some(sha256) => Text::with_sha256(&value, sha256),
                    None => Text::new(&value),
                };
                match check_text(&key, text) {
                    Ok(text) => found.texts.push(text),
                    Err(reason) => invalid.push((key, value, reason)),
                }
            }
        }
        (found.set_aside, found.failure) = self.set_aside(invalid, Vec::new()).await;
        Ok(found)
    }

    /// The text with this hash, if it is there and unchanged.
    ///
    /// # Errors
    /// If it could not be read.
    pub async fn text(&self, sha256: &str) -> Result<Option<Rc<Text>>, Failure> {
        let key = text_item_key(sha256);
        let there = self.store.get(std::slice::from_ref(&key)).await?;
        Ok(there.into_iter().flatten().next().and_then(|it| read_text(&key, &it).ok()))
    }

    /// The first page of the items whose keys have this prefix.
    pub(super) async fn first(&self, prefix: &str) -> Result<Page, Failure> {
        self.page_after(prefix, prefix).await
    }

    async fn page_after(&self, prefix: &str, after: &str) -> Result<Page, Failure> {
        let count = if prefix == PACK_KEY { PACKS_PAGE_SIZE } else { PAGE_SIZE };
        self.store.page(after, &end_of(prefix), count).await
    }

    /// Calls `take` with each item whose key has this prefix.
    pub(super) async fn each(
        &self,
        prefix: &str,
        take: &mut dyn FnMut(String, String),
    ) -> Result<(), Failure> {
        self.each_from(prefix, self.first(prefix).await?, take).await
    }

    /// As [`DurableCopy::each`], starting with the page `first`. Reads page by page, so that the user interface stays
    /// responsive.
    pub(super) async fn each_from(
        &self,
        prefix: &str,
        first: Page,
        take: &mut dyn FnMut(String, String),
    ) -> Result<(), Failure> {
        let mut page = first;
        loop {
            let last = page.items.last().map(|(key, _)| key.clone());
            let items = mem::take(&mut page.items);
            let take_all = async {
                for (key, value) in items {
                    take(key, value);
                }
            };
            let Some(last) = last.filter(|_| page.more) else {
                take_all.await;
                return Ok(());
            };
            // Requests the next page before processing this one.
            let (next, ()) = both(self.page_after(prefix, &last), take_all).await;
            page = next?;
        }
    }

    /// Sets aside invalid items. Returns them after the `earlier` ones, and why they could not be moved.
    pub(super) async fn set_aside(
        &self,
        invalid: Vec<Invalid>,
        mut earlier: Vec<SetAsideItem>,
    ) -> (Vec<SetAsideItem>, Option<Failure>) {
        let failure = self.move_aside(&invalid).await.err();
        for (key, value, reason) in invalid {
            let key_now = if failure.is_none() { set_aside::durable_key(&key, &value) } else { key.clone() };
            // The same bytes may have been set aside before.
            earlier.retain(|it| it.key != key_now);
            earlier.push(SetAsideItem::found(&key, key_now, value, reason));
        }
        (earlier, failure)
    }

    /// Writes each record unless the same or a later version is there, and the text of each article, in one
    /// transaction.
    ///
    /// # Errors
    /// If nothing was written.
    pub async fn save<R: Clone + Into<AnyRecord>>(&self, records: &[R]) -> Result<Kept, Failure> {
        let records: Vec<AnyRecord> = records.iter().cloned().map(Into::into).collect();
        self.save_with(&records, Vec::new()).await
    }

    /// As [`DurableCopy::save`], with the writes of a tab's state in the same transaction.
    ///
    /// # Errors
    /// If nothing was written.
    pub async fn save_with(&self, records: &[AnyRecord], tab_writes: Vec<Write>) -> Result<Kept, Failure> {
        let context = self.context();
        let mut texts: Vec<(String, Option<Rc<Text>>)> = records
            .iter()
            .filter_map(|it| match it {
                AnyRecord::Article(it) => Some((
                    text_item_key(it.sha256()?),
                    context.library.known(&it.id).map(|it| Rc::clone(it.body())),
                )),
                AnyRecord::Tag(_) | AnyRecord::Annotation(_) => None,
            })
            .collect();
        order::sort_by(&mut texts, |(one, _), (other, _)| one.cmp(other));
        texts.dedup_by(|(one, _), (other, _)| one == other);
        let of_records = records.iter().map(|it| item_key(&it.id()));
        let keys: Vec<String> = of_records.chain(texts.iter().map(|(key, _)| key.clone())).collect();
        let update = self.store.update(&keys, |mut there| {
            let (mut writes, mut kept) = (tab_writes, Kept::default());
            let mut missing = Vec::new();
            for ((key, text), there) in texts.iter().zip(there.split_off(records.len())) {
                match (text, there) {
                    (Some(text), Some(there)) if there == text.as_str() => {}
                    (Some(text), there) => {
                        if let Some(value) = there {
                            let to = set_aside::durable_key(key, &value);
                            writes.push(Write::Move { from: key.clone(), to: to.clone() });
                            let reason = read_text(key, &value).err().unwrap_or_default();
                            kept.set_aside.push(SetAsideItem::found(key, to, value, reason));
                        }
                        writes.push(Write::set(key.clone(), text.as_str()));
                    }
                    // Another tab has written the text.
                    (None, Some(_)) => {}
                    (None, None) => missing.push(key.clone()),
                }
            }
            let mut existing = Vec::new();
            for ((record, key), value) in records.iter().zip(&keys).zip(there) {
                if value.is_some() {
                    existing.push(key.as_str());
                }
                let lacks_text = matches!(record, AnyRecord::Article(it)
                    if it.sha256().is_some_and(|it| missing.contains(&text_item_key(it))));
                if lacks_text {
                    kept.refused.push((record.id(), Failure::MissingText));
                } else {
                    decide(record, value, &context, &mut writes, &mut kept);
                }
            }
            (pack_writes(writes, records, existing, self.packing.batch), kept)
        });
        update.await
    }

    /// Stores items of a backup that were set aside or unrecognized in another browser, byte for byte and without
    /// replacing anything else. Returns those that count as set aside here.
    ///
    /// # Errors
    /// If nothing was stored.
    pub async fn adopt(&self, items: &[(String, String)]) -> Result<Vec<SetAsideItem>, Failure> {
        let keys: Vec<String> = items.iter().map(|(key, _)| key.clone()).collect();
        let kept = self.store.update(&keys, |there| {
            let moved = items.iter().zip(there).map(|((key, value), there)| {
                let free = there.is_none_or(|it| it == *value) && !key.starts_with(set_aside::PREFIX);
                let key =
                    if free { key.clone() } else { set_aside::durable_key(set_aside::original(key), value) };
                (key, value.clone())
            });
            let kept: SortedMap<String, String> = moved.collect();
            let writes = kept.iter().map(|(key, value)| Write::set(key.clone(), value.clone())).collect();
            (writes, kept)
        });
        let context = self.context();
        let kept = kept.await?.into_iter().filter(|(key, _)| key.starts_with(set_aside::PREFIX));
        Ok(kept.map(|(key, value)| SetAsideItem::earlier(key, value, &context)).collect())
    }

    async fn move_aside(&self, invalid: &[Invalid]) -> Result<(), Failure> {
        if invalid.is_empty() {
            return Ok(());
        }
        let keys: Vec<String> = invalid.iter().map(|(key, ..)| key.clone()).collect();
        self.store
            .update(&keys, |there| {
                // Items that another tab has replaced since are not moved.
                let same =
                    invalid.iter().zip(there).filter(|((_, value, _), there)| there.as_ref() == Some(value));
                let moves = same.map(|((key, value, _), _)| Write::Move {
                    from: key.clone(),
                    to: set_aside::durable_key(key, value),
                });
                (moves.collect(), ())
            })
            .await
    }
}

/// Adds the writes for one record, unless the stored item is the same, later, or unrecognized.
fn decide(
    record: &AnyRecord,
    there: Option<String>,
    context: &Context,
    writes: &mut Vec<Write>,
    kept: &mut Kept,
) {
    let key = item_key(&record.id());
    match there.map(|value| (read(&key, &value, context), value)) {
        Some((StoredItem::Record(there), _)) if there == *record => return,
        Some((StoredItem::Record(there), _)) if there.supersedes(record) => {
            kept.newer.push(there);
            return;
        }
        Some((StoredItem::Unrecognized(reason), _)) => {
            kept.refused.push((record.id(), unrecognized(&reason)));
            return;
        }
        Some((StoredItem::Invalid(reason), value)) => {
            let to = set_aside::durable_key(&key, &value);
            writes.push(Write::Move { from: key.clone(), to: to.clone() });
            kept.set_aside.push(SetAsideItem::found(&key, to, value, reason));
        }
        Some((StoredItem::Record(_), _)) | None => {}
    }
    match write(record, context) {
        Some(value) => writes.push(Write::set(key, value)),
        None => kept.refused.push((record.id(), Failure::UnknownArticle)),
    }
}
