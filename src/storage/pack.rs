//! Many annotations under one key of the durable copy. A browser answers for each key by itself, so that opening fifty
//! thousand of them one by one takes seconds, and in packs a fraction of one.
//!
//! A pack is read as if its items had keys of their own: what is later counts, in whichever place it is. It is written once
//! and never changed but to lose items that are kept elsewhere too, or not valid. Its key says from where to where in the
//! texts its annotations are, so that those of what is being read can be read first.

use std::{mem, ops::Range};

use super::{
    aside::{self, Aside, fingerprint},
    durable::{Durable, DurableCopy, Found, Invalid, Write},
    items::Failure,
    stored::{Stored, id_of, read},
};
use crate::{
    annotation::{AnyRecord, Record, Versioned as _},
    interchange::{ANNOTATION_KEY, PACK_KEY},
    text::{ArticleId, Library, order},
};

/// When annotations are packed.
#[derive(Clone, Copy, Debug)]
pub struct Packing {
    /// So many or more that are written together become a pack.
    pub together: usize,
    /// So many or more that are by themselves are packed, since opening begins to be slow with them,
    pub loose: usize,
    /// so many in each pack.
    pub full: usize,
}

impl Default for Packing {
    fn default() -> Self {
        Self { together: 128, loose: 1_024, full: 256 }
    }
}

/// Nothing longer is packed, in bytes, so that no pack grows very large.
const LONG: usize = 8_192;

/// A part of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The article.
    pub article: ArticleId,
    /// From where to where, in bytes of its text.
    pub bytes: Range<usize>,
}

/// A place in the texts: the article, and the byte in it. What was deleted is nowhere.
pub(super) type Place<'a> = Option<(&'a ArticleId, usize)>;

/// Where an annotation begins.
pub(super) fn place(record: &Record) -> Place<'_> {
    record.content.as_ref().map(|it| (&it.article, it.span.start()))
}

/// Puts things in the order of the texts, and what is nowhere before them. The name of an article is compared once, and not for
/// each of its annotations.
pub(super) fn sort_by_place<T>(items: &mut [T], place: impl for<'a> Fn(&'a T) -> Place<'a>) {
    let mut articles: Vec<ArticleId> = Vec::new();
    for (article, _) in items.iter().filter_map(&place) {
        if articles.last() != Some(article) {
            articles.push(article.clone());
        }
    }
    order::sort(&mut articles);
    articles.dedup();
    order::sort_by_key(items, |it| place(it).map(|(article, byte)| (articles.binary_search(article), byte)));
}

/// What can be put together or thrown away in the durable copy, as it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Untidy {
    /// Keys of annotations that are by themselves.
    loose: Vec<String>,
    /// Packs with the records in them of which a later version is elsewhere in the durable copy.
    stale: Vec<(String, Vec<Record>)>,
}

/// Takes in packs and what is by itself.
#[derive(Debug, Default)]
pub(super) struct Unpacking {
    /// The records, each with the number of its pack, or with none where it is by itself.
    records: Vec<(Record, Option<usize>)>,
    /// The key of each pack, and how many valid items it has.
    packs: Vec<(String, usize)>,
    /// Packs that have to be made anew, with what is not valid in them.
    broken: Vec<(String, Vec<Invalid>)>,
}

impl Unpacking {
    /// Takes in what is by itself.
    pub(super) fn take(&mut self, record: Record) {
        self.records.push((record, None));
    }

    /// What was taken in until now, in every version of it.
    pub(super) fn records(&self) -> Vec<Record> {
        self.records.iter().map(|(record, _)| record.clone()).collect()
    }

    /// Takes in a pack, or says what is wrong with it when nothing in it is valid.
    pub(super) fn take_pack(
        &mut self,
        pack: &str,
        value: &str,
        library: &Library,
        left_alone: &mut Vec<(String, String)>,
    ) -> Result<(), String> {
        let (mut valid, mut invalid) = (0, Vec::new());
        for (key, item) in items(value) {
            match read(key, item, library) {
                Stored::Record(AnyRecord::Annotation(record)) => {
                    valid += 1;
                    self.records.push((record, Some(self.packs.len())));
                }
                Stored::NotOurs(_) => {
                    valid += 1;
                    left_alone.push((key.to_owned(), item.to_owned()));
                }
                Stored::Invalid(reason) => invalid.push((key.to_owned(), item.to_owned(), reason)),
                Stored::Record(AnyRecord::Article(_)) => {}
            }
        }
        if valid == 0 {
            return Err(invalid.pop().map_or_else(|| "it is empty".to_owned(), |(_, _, reason)| reason));
        }
        if !invalid.is_empty() {
            self.broken.push((pack.to_owned(), invalid));
        }
        self.packs.push((pack.to_owned(), valid));
        Ok(())
    }

    /// The latest version of each annotation, by id, and what there is to be tidied; what is not valid is set aside.
    pub(super) async fn finish<D: Durable>(self, copy: &DurableCopy<D>, found: &mut Found) {
        let mut records = self.records;
        let mut loose: Vec<&Record> = records.iter().filter(|it| it.1.is_none()).map(|it| &it.0).collect();
        if loose.len() >= copy.packing().loose {
            sort_by_place(&mut loose, |it| place(it));
            found.untidy.loose = loose.iter().map(|it| format!("{ANNOTATION_KEY}{}", it.id)).collect();
        }
        order::sort_by(&mut records, |(one, _), (other, _)| one.id.cmp(&other.id));
        let mut stale: Vec<Vec<Record>> = vec![Vec::new(); self.packs.len()];
        let mut latest: Vec<(Record, Option<usize>)> = Vec::with_capacity(records.len());
        for mut next in records {
            if let Some(last) = latest.last_mut().filter(|it| it.0.id == next.0.id) {
                if next.0.supersedes(&last.0) {
                    mem::swap(last, &mut next);
                }
                // The same version twice is kept twice: which of them goes, two tabs could see differently.
                if let Some(pack) = next.1.filter(|_| last.0.supersedes(&next.0)) {
                    stale[pack].push(next.0);
                }
            } else {
                latest.push(next);
            }
        }
        found.records.extend(latest.into_iter().map(|(record, _)| record));
        for ((key, items), stale) in self.packs.into_iter().zip(stale) {
            if stale.len() * 2 > items {
                found.untidy.stale.push((key, stale));
            }
        }
        for (pack, invalid) in self.broken {
            let outcome = copy.mend(&pack, &invalid).await;
            for (key, value, reason) in invalid {
                let key_now = if outcome.is_ok() { aside::durable_key(&key, &value) } else { pack.clone() };
                found.set_aside.retain(|it| it.key != key_now);
                found.set_aside.push(Aside { key: key_now, value, reason, fresh: true, id: id_of(&key) });
            }
            found.failure = found.failure.take().or(outcome.err());
        }
    }
}

impl<D: Durable> DurableCopy<D> {
    /// Takes what is not valid out of a pack, and keeps it under keys of its own.
    async fn mend(&self, pack: &str, invalid: &[Invalid]) -> Result<(), Failure> {
        let is_valid = |key: &str, item: &str| !invalid.iter().any(|it| it.0 == key && it.1 == item);
        self.rewrite(pack, is_valid, |there| {
            let still: Vec<(&str, &str)> = items(there).filter(|(key, item)| !is_valid(key, item)).collect();
            let set = |(key, item): &(&str, &str)| Write::Set {
                key: aside::durable_key(key, item),
                value: (*item).to_owned(),
            };
            still.iter().map(set).collect()
        })
        .await
    }

    /// Writes a pack anew with those of its items that `stay`.
    async fn rewrite(
        &self,
        pack: &str,
        stays: impl Fn(&str, &str) -> bool,
        also: impl FnOnce(&str) -> Vec<Write>,
    ) -> Result<(), Failure> {
        self.place()
            .update(&[pack.to_owned()], |there| {
                // Another tab may have done it.
                let Some(there) = there.into_iter().next().flatten() else { return (Vec::new(), ()) };
                let mut writes = also(&there);
                writes.push(Write::Remove { key: pack.to_owned() });
                let rest: Vec<(&str, &str)> = items(&there).filter(|(key, item)| stays(key, item)).collect();
                if !rest.is_empty() {
                    // The name comes right behind the old one, so that who is reading all packs meanwhile misses neither.
                    writes.push(Write::Set { key: format!("{pack}~"), value: lines(&rest) });
                }
                (writes, ())
            })
            .await
    }

    /// Does the next piece of what is to be tidied, and gives back what is left of that.
    ///
    /// # Errors
    /// When nothing was changed.
    pub async fn tidy(&self, mut untidy: Untidy) -> Result<Option<Untidy>, Failure> {
        if let Some((pack, stale)) = untidy.stale.pop() {
            let library = self.library();
            let is_stale = |key: &str, item: &str| match read(key, item, &library) {
                Stored::Record(AnyRecord::Annotation(it)) => stale.contains(&it),
                _ => false,
            };
            self.rewrite(&pack, |key, item| !is_stale(key, item), |_| Vec::new()).await?;
            return Ok(Some(untidy));
        }
        let rest = untidy.loose.len().saturating_sub(self.packing().full);
        let keys = untidy.loose.split_off(rest);
        if keys.is_empty() {
            return Ok(None);
        }
        let library = self.library();
        let update = self.place().update(&keys, |there| {
            let (mut items, mut records) = (Vec::new(), Vec::new());
            for (key, item) in keys.iter().zip(&there) {
                if let Some(item) = item.as_deref().filter(|it| it.len() <= LONG)
                    && let Stored::Record(AnyRecord::Annotation(record)) = read(key, item, &library)
                {
                    items.push((key.as_str(), item));
                    records.push(record);
                }
            }
            (pack(&items, &reach(records.iter()), keys.iter().map(String::as_str).collect()), ())
        });
        update.await?;
        Ok(Some(untidy))
    }
}

/// What is to be written where many items of annotations are; `records` has what they are of, and `there` the keys that have
/// something older.
pub(super) fn gather(
    writes: Vec<Write>,
    records: &[AnyRecord],
    there: Vec<&str>,
    together: usize,
) -> Vec<Write> {
    let is_packed = |write: &Write| match write {
        Write::Set { key, value } => key.starts_with(ANNOTATION_KEY) && value.len() <= LONG,
        _ => false,
    };
    if writes.iter().filter(|it| is_packed(it)).count() < together {
        return writes;
    }
    let (packed, mut others): (Vec<Write>, Vec<Write>) = writes.into_iter().partition(is_packed);
    let items = packed.iter().filter_map(|it| match it {
        Write::Set { key, value } => Some((key.as_str(), value.as_str())),
        _ => None,
    });
    let annotations = records.iter().filter_map(|it| match it {
        AnyRecord::Annotation(it) => Some(it),
        AnyRecord::Article(_) => None,
    });
    others.extend(pack(&items.collect::<Vec<_>>(), &reach(annotations), there));
    others
}

/// Has items that reach so far under one key, and nothing any more under those of their own keys where there is something.
fn pack(items: &[(&str, &str)], reach: &str, mut there: Vec<&str>) -> Vec<Write> {
    let mut writes = Vec::new();
    if items.len() > 1 {
        order::sort(&mut there);
        let removed = items.iter().filter(|(key, _)| there.binary_search(key).is_ok());
        writes.extend(removed.map(|(key, _)| Write::Remove { key: (*key).to_owned() }));
        let value = lines(items);
        // Made of what is in it, so that no pack is in the way of another.
        let key = format!("{PACK_KEY}{reach}{}", fingerprint(&value));
        writes.push(Write::Set { key, value });
    }
    writes
}

/// Items as the lines of a pack.
fn lines(items: &[(&str, &str)]) -> String {
    let mut lines = String::with_capacity(items.iter().map(|(key, item)| key.len() + item.len() + 2).sum());
    for (key, item) in items {
        for part in [key, "\t", item, "\n"] {
            lines.push_str(part);
        }
    }
    lines
}

/// From where to where in the texts annotations are, as the key of a pack says it: an article, a byte of its text, and the same
/// of the end. Nothing where some of them are nowhere.
fn reach<'a>(records: impl Iterator<Item = &'a Record> + Clone) -> String {
    let end = |it: &'a Record| it.content.as_ref().map(|it| (&it.article, it.span.end()));
    match (records.clone().map(place).min().flatten(), records.map(end).max().flatten()) {
        (Some((first, start)), Some((last, end))) => format!("{first}\t{start}\t{last}\t{end}\t"),
        _ => String::new(),
    }
}

/// Whether the pack of this key may have annotations in a part of an article.
pub(super) fn may_reach(key: &str, part: &Part) -> bool {
    let reach = || {
        let mut fields = key.strip_prefix(PACK_KEY)?.split('\t');
        let mut place = || Some((fields.next()?, fields.next()?.parse::<usize>().ok()?));
        Some((place()?, place()?))
    };
    let article = part.article.as_str();
    reach().is_none_or(|(start, end)| start < (article, part.bytes.end) && end > (article, part.bytes.start))
}

/// The keys and items in a pack. A line that has no key has none of the right kind either, and is not valid.
fn items(pack: &str) -> impl Iterator<Item = (&str, &str)> {
    pack.split('\n')
        .filter(|line| !line.is_empty())
        .map(|line| line.split_once('\t').unwrap_or((PACK_KEY, line)))
}
