//! Reading annotations from the durable copy: first those near the reading position, then the rest.

use std::mem;

use super::{
    compaction::Compaction,
    durable_copy::DurableCopy,
    durable_store::{DurableStore, Page, end_of},
    join::both,
    key_value_store::Failure,
    pack::{ArticleRange, items, may_overlap},
    set_aside::{self, Invalid, SetAsideItem},
    stored_item::{StoredItem, read},
    text_order::{sort_by_position, start_of},
};
use crate::{
    annotation::{AnyRecord, Context, Record, Versioned as _},
    interchange::{ANNOTATION_KEY, PACK_KEY},
    text::{SortedMap, order},
};

/// With fewer packs than this, none is read ahead of the others.
const MIN_PACKS: usize = 4;
/// The maximum number of packs that are read ahead of the others.
const MAX_NEAR: usize = 8;

/// The annotations of the durable copy, and the problems found in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The valid records, tombstones included, by id.
    pub records: Vec<Record>,
    /// The items that are not valid, found now or on earlier visits.
    pub set_aside: Vec<SetAsideItem>,
    /// Unrecognized items, by key: those of a newer program, or with articles or tags that this page does not have.
    pub unrecognized: SortedMap<String, String>,
    /// Why invalid items could not be moved. They stay where they are and are not overwritten.
    pub failure: Option<Failure>,
    /// Work for [`DurableCopy::compact`] that speeds up the next opening.
    pub compaction: Compaction,
}

/// The state of reading the durable copy.
#[derive(Debug, Default)]
pub struct DurableRead {
    /// The first page of items that were set aside.
    set_aside: Page,
    /// The first page of single items.
    single: Page,
    /// The first page of packs, unless only near ones were read.
    packs: Option<Page>,
    /// All packs that may overlap the requested range, if they were read ahead of the others.
    near: Vec<(String, String)>,
    records: RecordsRead,
    /// The keys of the near packs that have been processed.
    processed: Vec<String>,
    invalid: Vec<Invalid>,
    unrecognized: Vec<(String, String)>,
}

/// The records read so far.
#[derive(Debug, Default)]
struct RecordsRead {
    /// Each version that was found, with the index of its pack; `None` for a single item.
    versions: Vec<(Record, Option<usize>)>,
    /// The key of each pack, and the number of items in it that are not invalid.
    packs: Vec<(String, usize)>,
    /// Packs that contain invalid items, and those items.
    broken: Vec<(String, Vec<Invalid>)>,
}

impl DurableRead {
    fn add_single(&mut self, key: String, value: String, context: &Context) {
        match read(&key, &value, context) {
            StoredItem::Record(AnyRecord::Annotation(record)) => self.records.versions.push((record, None)),
            StoredItem::Record(AnyRecord::Tag(_) | AnyRecord::Article(_)) => {}
            StoredItem::Unrecognized(_) => self.unrecognized.push((key, value)),
            StoredItem::Invalid(reason) => self.invalid.push((key, value, reason)),
        }
    }

    fn add_pack(&mut self, key: String, value: String, context: &Context) {
        let RecordsRead { versions, packs, broken } = &mut self.records;
        let (mut usable, mut invalid) = (0, Vec::new());
        for (key, item) in items(&value) {
            match read(key, item, context) {
                StoredItem::Record(AnyRecord::Annotation(record)) => {
                    usable += 1;
                    versions.push((record, Some(packs.len())));
                }
                StoredItem::Unrecognized(_) => {
                    usable += 1;
                    self.unrecognized.push((key.to_owned(), item.to_owned()));
                }
                StoredItem::Invalid(reason) => invalid.push((key.to_owned(), item.to_owned(), reason)),
                StoredItem::Record(AnyRecord::Tag(_) | AnyRecord::Article(_)) => {}
            }
        }
        if usable == 0 {
            let reason = invalid.pop().map_or_else(|| "it is empty".to_owned(), |(_, _, reason)| reason);
            self.invalid.push((key, value, reason));
            return;
        }
        if !invalid.is_empty() {
            broken.push((key.clone(), invalid));
        }
        packs.push((key, usable));
    }
}

impl<D: DurableStore> DurableCopy<D> {
    /// Reads everything except tags and own articles, and sets aside invalid items.
    ///
    /// # Errors
    /// If nothing could be read.
    pub async fn load(&self) -> Result<Found, Failure> {
        self.finish(self.begin(None).await?).await
    }

    /// Begins to read everything except tags and own articles, with items that may overlap `range` first. Does not parse
    /// anything yet, so the context may still be replaced.
    ///
    /// # Errors
    /// If nothing could be read.
    pub async fn begin(&self, range: Option<&ArticleRange>) -> Result<DurableRead, Failure> {
        // All requests start at once, single items before packs, because another tab may be packing some of them.
        let first = both(self.first(set_aside::PREFIX), self.first(ANNOTATION_KEY));
        let ((set_aside, single), packs) = both(first, self.first_packs(range)).await;
        let (set_aside, single, (near, mut packs)) = (set_aside?, single?, packs?);
        if single.more {
            packs = None;
        }
        Ok(DurableRead { set_aside, single, packs, near, ..DurableRead::default() })
    }

    /// The packs that may overlap the range, if they are few of many; otherwise the first page of all packs.
    async fn first_packs(
        &self,
        range: Option<&ArticleRange>,
    ) -> Result<(Vec<(String, String)>, Option<Page>), Failure> {
        if let Some(range) = range {
            let mut keys = self.store().keys(PACK_KEY, &end_of(PACK_KEY)).await?;
            let all = keys.len();
            keys.retain(|it| may_overlap(it, range));
            if all >= MIN_PACKS && keys.len() <= MAX_NEAR.min(all / 2) {
                let items = self.store().get(&keys).await?;
                let near = keys.into_iter().zip(items).filter_map(|(key, item)| Some((key, item?)));
                return Ok((near.collect(), None));
            }
        }
        Ok((Vec::new(), Some(self.first(PACK_KEY).await?)))
    }

    /// All annotations in the requested range, before the rest is read. Empty if they were not read ahead of the
    /// others.
    ///
    /// An annotation may still turn out to have been moved away together with many others: its later version may be
    /// in a pack that has not been read yet.
    pub fn first_records(&self, reading: &mut DurableRead) -> Vec<Record> {
        if reading.near.is_empty() || reading.single.more {
            return Vec::new();
        }
        let context = self.context();
        for (key, value) in mem::take(&mut reading.single.items) {
            reading.add_single(key, value, &context);
        }
        for (key, value) in mem::take(&mut reading.near) {
            reading.processed.push(key.clone());
            reading.add_pack(key, value, &context);
        }
        reading.records.versions.iter().map(|(record, _)| record.clone()).collect()
    }

    /// Reads the rest and returns everything; sets aside invalid items.
    ///
    /// # Errors
    /// If it could not be read.
    pub async fn finish(&self, mut reading: DurableRead) -> Result<Found, Failure> {
        let mut found = Found::default();
        let context = self.context();
        let set_aside = mem::take(&mut reading.set_aside);
        self.each_from(set_aside::PREFIX, set_aside, &mut |key, value| {
            found.set_aside.push(SetAsideItem::earlier(key, value, &context));
        })
        .await?;
        let single = mem::take(&mut reading.single);
        self.each_from(ANNOTATION_KEY, single, &mut |key, value| reading.add_single(key, value, &context))
            .await?;
        let packs = match reading.packs.take() {
            Some(packs) => packs,
            None => self.first(PACK_KEY).await?,
        };
        self.each_from(PACK_KEY, packs, &mut |key, value| {
            if !reading.processed.contains(&key) {
                reading.add_pack(key, value, &context);
            }
        })
        .await?;
        found.unrecognized = reading.unrecognized.into_iter().collect();
        (found.set_aside, found.failure) = self.set_aside(reading.invalid, found.set_aside).await;
        self.finish_records(reading.records, &mut found).await;
        Ok(found)
    }

    /// Selects the latest version of each annotation, collects what to compact, and sets aside invalid items of packs.
    async fn finish_records(&self, read: RecordsRead, found: &mut Found) {
        let mut versions = read.versions;
        let mut single: Vec<&Record> = versions.iter().filter(|it| it.1.is_none()).map(|it| &it.0).collect();
        if single.len() >= self.packing().single {
            sort_by_position(&mut single, |it| start_of(it));
            found.compaction.single = single.iter().map(|it| format!("{ANNOTATION_KEY}{}", it.id)).collect();
        }
        order::sort_by(&mut versions, |(one, _), (other, _)| one.id.cmp(&other.id));
        let mut stale: Vec<Vec<Record>> = vec![Vec::new(); read.packs.len()];
        let mut latest: Vec<(Record, Option<usize>)> = Vec::with_capacity(versions.len());
        for mut next in versions {
            if let Some(last) = latest.last_mut().filter(|it| it.0.id == next.0.id) {
                if next.0.supersedes(&last.0) {
                    mem::swap(last, &mut next);
                }
                // Duplicates of one version both stay: two tabs might disagree about which one to remove.
                if let Some(pack) = next.1.filter(|_| last.0.supersedes(&next.0)) {
                    stale[pack].push(next.0);
                }
            } else {
                latest.push(next);
            }
        }
        found.records.extend(latest.into_iter().map(|(record, _)| record));
        for ((key, items), stale) in read.packs.into_iter().zip(stale) {
            if stale.len() * 2 > items {
                found.compaction.stale.push((key, stale));
            }
        }
        for (pack, invalid) in read.broken {
            let outcome = self.remove_invalid(&pack, &invalid).await;
            for (key, value, reason) in invalid {
                let key_now =
                    if outcome.is_ok() { set_aside::durable_key(&key, &value) } else { pack.clone() };
                found.set_aside.retain(|it| it.key != key_now);
                found.set_aside.push(SetAsideItem::found(&key, key_now, value, reason));
            }
            found.failure = found.failure.take().or(outcome.err());
        }
    }
}
