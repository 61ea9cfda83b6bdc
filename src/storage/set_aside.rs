//! Setting aside stored items that are not valid: they are moved byte for byte, listed, and never overwritten.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::{
    key_value_store::{Failure, KeyValueStore},
    stored_item::{StoredItem, id_of, read, read_text},
};
use crate::{
    annotation::{AnyId, Context},
    interchange::{ASIDE_KEY, DRAFT_KEY, TEXT_KEY, parse_draft},
};

/// Prefix of the keys of items that were set aside.
pub(super) const PREFIX: &str = ASIDE_KEY;

/// An item that is not valid: its key, its value and the reason.
pub(super) type Invalid = (String, String, String);

/// A stored item that is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAsideItem {
    /// Its present key: the original key if it could not be moved.
    pub key: String,
    /// The value, byte for byte.
    pub value: String,
    /// Why it is not valid, in words.
    pub reason: String,
    /// Whether it was found on this visit.
    pub fresh: bool,
    /// The id in its original key. If the page has that record, it must be saved again.
    pub id: Option<AnyId>,
}

impl SetAsideItem {
    /// An item that was found and set aside just now. `key` is its present key, `original` the one under which it was
    /// found.
    pub(super) fn found(original: &str, key: String, value: String, reason: String) -> Self {
        Self { key, value, reason, fresh: true, id: id_of(original) }
    }

    /// An item that was set aside on an earlier visit. The reason is found by reading it again.
    pub(super) fn earlier(key: String, value: String, context: &Context) -> Self {
        let original = original(&key);
        let id = id_of(original);
        let usable = || "it was not valid when it was set aside".to_owned();
        let reason = if original.starts_with(TEXT_KEY) {
            read_text(original, &value).err().unwrap_or_else(usable)
        } else if original.starts_with(DRAFT_KEY) {
            parse_draft(&value, &context.library).err().map_or_else(usable, |it| it.to_string())
        } else {
            match read(original, &value, context) {
                StoredItem::Invalid(reason) => reason,
                StoredItem::Unrecognized(reason) => reason.to_string(),
                StoredItem::Record(_) => usable(),
            }
        };
        Self { key, value, reason, fresh: false, id }
    }
}

/// The key that an item had before it was set aside.
pub(super) fn original(key: &str) -> &str {
    let original = key.strip_prefix(PREFIX).unwrap_or(key);
    original.split_once('#').map_or(original, |(original, _)| original)
}

/// The key in the durable copy for setting aside the item under `key`.
///
/// It contains a hash of the value, so that no other item can have it.
pub(super) fn durable_key(key: &str, value: &str) -> String {
    format!("{PREFIX}{key}#{}", fingerprint(value))
}

/// The first 16 hexadecimal digits of a value's SHA-256.
pub(super) fn fingerprint(value: &str) -> String {
    let mut digits = String::new();
    for byte in Sha256::digest(value).iter().take(8) {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// Moves the item under `key` to a key of its own in the local copy, and returns that key.
///
/// The copy is made and read back before the original is removed. If another copy is in the way, the next number is
/// used. If the value under `key` has changed from `value` by then, it stays.
pub(super) fn set_aside<S: KeyValueStore>(store: &S, key: &str, value: &str) -> Result<String, Failure> {
    let copy = free_key(store, key, value)?;
    if store.get(&copy)?.is_none() {
        store.copy(key, &copy)?;
        if store.get(&copy)?.as_deref() != Some(value) {
            return Err(Failure::Other("this browser did not store the data".into()));
        }
    }
    if store.get(key)?.as_deref() == Some(value) {
        store.remove(key)?;
    }
    Ok(copy)
}

/// The first key for a copy that is free or already has the same value.
fn free_key<S: KeyValueStore>(store: &S, key: &str, value: &str) -> Result<String, Failure> {
    let mut copy = format!("{PREFIX}{key}");
    let mut number = 1;
    while store.get(&copy)?.is_some_and(|there| there != value) {
        number += 1;
        copy = format!("{PREFIX}{key}#{number}");
    }
    Ok(copy)
}
