//! Compaction of the durable copy: packing single items, and removing superseded and invalid items from packs.

use super::{
    durable_copy::DurableCopy,
    durable_store::{DurableStore, Write},
    key_value_store::Failure,
    pack::{is_packable, items, pack_items, to_lines},
    set_aside::{self, Invalid},
    stored_item::{StoredItem, read},
};
use crate::annotation::{AnyRecord, Context, Record};

/// What can be compacted in the durable copy, as found when it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compaction {
    /// The keys of single annotations to pack, in text order.
    pub(super) single: Vec<String>,
    /// Packs with many superseded records, and those records.
    pub(super) stale: Vec<(String, Vec<Record>)>,
}

impl<D: DurableStore> DurableCopy<D> {
    /// Does the next piece of the compaction, and returns the rest; `None` when it is complete.
    ///
    /// # Errors
    /// If nothing was changed.
    pub async fn compact(&self, mut compaction: Compaction) -> Result<Option<Compaction>, Failure> {
        let context = self.context();
        if let Some((pack, stale)) = compaction.stale.pop() {
            let is_stale = |key: &str, item: &str| match read(key, item, &context) {
                StoredItem::Record(AnyRecord::Annotation(it)) => stale.contains(&it),
                _ => false,
            };
            self.rewrite_pack(&pack, |key, item| !is_stale(key, item), |_| Vec::new()).await?;
            return Ok(Some(compaction));
        }
        let rest = compaction.single.len().saturating_sub(self.packing().size);
        let keys = compaction.single.split_off(rest);
        if keys.is_empty() {
            return Ok(None);
        }
        let update = self.store().update(&keys, |values| (pack_single(&keys, &values, &context), ()));
        update.await?;
        Ok(Some(compaction))
    }

    /// Moves invalid items from a pack to keys of their own.
    pub(super) async fn remove_invalid(&self, pack: &str, invalid: &[Invalid]) -> Result<(), Failure> {
        let is_valid = |key: &str, item: &str| !invalid.iter().any(|it| it.0 == key && it.1 == item);
        self.rewrite_pack(pack, is_valid, |present| {
            let still: Vec<(&str, &str)> =
                items(present).filter(|(key, item)| !is_valid(key, item)).collect();
            let set = |(key, item): &(&str, &str)| Write::set(set_aside::durable_key(key, item), *item);
            still.iter().map(set).collect()
        })
        .await
    }

    /// Replaces a pack by one with only those items for which `retain` is true. `more` returns further writes for the
    /// same transaction.
    async fn rewrite_pack(
        &self,
        pack: &str,
        retain: impl Fn(&str, &str) -> bool,
        more: impl FnOnce(&str) -> Vec<Write>,
    ) -> Result<(), Failure> {
        self.store()
            .update(&[pack.to_owned()], |values| {
                // Another tab may have rewritten it.
                let Some(present) = values.into_iter().next().flatten() else { return (Vec::new(), ()) };
                let mut writes = more(&present);
                writes.push(Write::Remove { key: pack.to_owned() });
                let rest: Vec<(&str, &str)> =
                    items(&present).filter(|(key, item)| retain(key, item)).collect();
                if !rest.is_empty() {
                    // The new key sorts right after the old one, so that a tab that is reading all packs misses
                    // neither.
                    writes.push(Write::set(format!("{pack}~"), to_lines(&rest)));
                }
                (writes, ())
            })
            .await
    }
}

/// The writes that pack single annotations, given the values that are now under their keys.
fn pack_single(keys: &[String], values: &[Option<String>], context: &Context) -> Vec<Write> {
    let (mut items, mut records) = (Vec::new(), Vec::new());
    for (key, item) in keys.iter().zip(values) {
        if let Some(item) = item.as_deref().filter(|it| is_packable(it))
            && let StoredItem::Record(AnyRecord::Annotation(record)) = read(key, item, context)
        {
            items.push((key.as_str(), item));
            records.push(record);
        }
    }
    pack_items(&items, records.iter(), keys.iter().map(String::as_str).collect())
}
