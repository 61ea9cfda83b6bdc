//! The form of packs: many annotations under one key of the durable copy.
//!
//! A browser answers requests key by key, so opening the page with fifty thousand single items takes seconds, and
//! with packs a fraction of that. A pack is written once; afterwards it only loses items that are superseded or not
//! valid. Its key says which range of the texts its annotations cover, so that those near the reading position can be
//! read first.

use std::ops::Range;

use super::{durable_store::Write, set_aside::fingerprint, text_order::start_of};
use crate::{
    annotation::{AnyRecord, Record},
    interchange::{ANNOTATION_KEY, PACK_KEY},
    text::{ArticleId, order},
};

/// When annotations are packed.
#[derive(Clone, Copy, Debug)]
pub struct Packing {
    /// The minimum number of annotations in one batch that are written as a pack.
    pub batch: usize,
    /// The minimum number of single items that are packed after opening: with so many, opening becomes slow.
    pub single: usize,
    /// The number of items in such a pack.
    pub size: usize,
}

impl Default for Packing {
    fn default() -> Self {
        Self { batch: 128, single: 1_024, size: 256 }
    }
}

/// The maximum length of an item in a pack, in bytes, so that no pack becomes very large.
const MAX_ITEM_BYTES: usize = 8_192;

/// A range of an article's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRange {
    /// The article.
    pub article: ArticleId,
    /// The range in bytes of its text.
    pub bytes: Range<usize>,
}

/// Whether an item is short enough to be packed.
pub(super) fn is_packable(item: &str) -> bool {
    item.len() <= MAX_ITEM_BYTES
}

/// Replaces writes of single annotations by the write of one pack, if there are at least `minimum` of them.
///
/// `records` contains the records that are written, and `existing` the keys under which older versions are stored.
pub(super) fn pack_writes(
    writes: Vec<Write>,
    records: &[AnyRecord],
    existing: Vec<&str>,
    minimum: usize,
) -> Vec<Write> {
    let is_packed = |write: &Write| match write {
        Write::Set { key, value } => key.starts_with(ANNOTATION_KEY) && is_packable(value),
        _ => false,
    };
    if writes.iter().filter(|it| is_packed(it)).count() < minimum {
        return writes;
    }
    let (packed, mut others): (Vec<Write>, Vec<Write>) = writes.into_iter().partition(is_packed);
    let items = packed.iter().filter_map(|it| match it {
        Write::Set { key, value } => Some((key.as_str(), value.as_str())),
        _ => None,
    });
    let annotations = records.iter().filter_map(|it| match it {
        AnyRecord::Annotation(it) => Some(it),
        AnyRecord::Tag(_) | AnyRecord::Article(_) => None,
    });
    others.extend(pack_items(&items.collect::<Vec<_>>(), annotations, existing));
    others
}

/// The writes that put items into one pack and remove those of their own keys that are `existing`. `records`
/// determines the range in the pack's key.
pub(super) fn pack_items<'a>(
    items: &[(&str, &str)],
    records: impl Iterator<Item = &'a Record> + Clone,
    mut existing: Vec<&str>,
) -> Vec<Write> {
    let mut writes = Vec::new();
    if items.len() > 1 {
        order::sort(&mut existing);
        let removed = items.iter().filter(|(key, _)| existing.binary_search(key).is_ok());
        writes.extend(removed.map(|(key, _)| Write::Remove { key: (*key).to_owned() }));
        let value = to_lines(items);
        // The key contains a hash of the contents, so that no two different packs have the same key.
        let key = format!("{PACK_KEY}{}{}", range_of(records), fingerprint(&value));
        writes.push(Write::set(key, value));
    }
    writes
}

/// The value of a pack: one line per item, with its key, a tab and its value.
pub(super) fn to_lines(items: &[(&str, &str)]) -> String {
    let mut lines = String::with_capacity(items.iter().map(|(key, item)| key.len() + item.len() + 2).sum());
    for (key, item) in items {
        for part in [key, "\t", item, "\n"] {
            lines.push_str(part);
        }
    }
    lines
}

/// The keys and items in a pack. A line without a tab gets a key that no annotation has, so it is not valid.
pub(super) fn items(pack: &str) -> impl Iterator<Item = (&str, &str)> {
    pack.split('\n')
        .filter(|line| !line.is_empty())
        .map(|line| line.split_once('\t').unwrap_or((PACK_KEY, line)))
}

/// The range of the texts that annotations cover, as in the key of a pack: the article and the byte offset of the
/// first start and of the last end. Empty if one of them is deleted.
fn range_of<'a>(records: impl Iterator<Item = &'a Record> + Clone) -> String {
    let end_of = |it: &'a Record| it.content.as_ref().map(|it| (&it.article, it.span.end()));
    match (records.clone().map(start_of).min().flatten(), records.map(end_of).max().flatten()) {
        (Some((first, start)), Some((last, end))) => format!("{first}\t{start}\t{last}\t{end}\t"),
        _ => String::new(),
    }
}

/// Whether the pack with this key may contain annotations in a range of an article.
pub(super) fn may_overlap(key: &str, range: &ArticleRange) -> bool {
    let covered = || {
        let mut fields = key.strip_prefix(PACK_KEY)?.split('\t');
        let mut position = || Some((fields.next()?, fields.next()?.parse::<usize>().ok()?));
        Some((position()?, position()?))
    };
    let article = range.article.as_str();
    covered()
        .is_none_or(|(start, end)| start < (article, range.bytes.end) && end > (article, range.bytes.start))
}
