//! Setting aside what is stored and not valid: moved byte for byte, listed, never overwritten.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::{
    items::{Failure, Items},
    stored::{Stored, id_of, read, read_text},
};
use crate::{
    annotation::AnyId,
    interchange::{ASIDE_KEY, DRAFT_KEY, TEXT_KEY, parse_draft},
    text::Library,
};

/// Before the key of everything that was set aside.
pub(super) const PREFIX: &str = ASIDE_KEY;

/// A stored item that is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Where it is now. When it could not be moved that is where it was found.
    pub key: String,
    /// The item, byte for byte.
    pub value: String,
    /// What is wrong with it, in words.
    pub reason: String,
    /// Whether it was found just now and not on an earlier visit.
    pub fresh: bool,
    /// The record under whose key it was found; if the page has it, it is to be saved again.
    pub id: Option<AnyId>,
}

impl Aside {
    /// Something that was set aside on an earlier visit. What was wrong with it is found again by reading it.
    pub(super) fn earlier(key: String, value: String, library: &Library) -> Self {
        let original = original(&key);
        let id = id_of(original);
        let usable = || "it could not be used when it was set aside".to_owned();
        let reason = if original.starts_with(TEXT_KEY) {
            read_text(original, &value).err().unwrap_or_else(usable)
        } else if original.starts_with(DRAFT_KEY) {
            parse_draft(&value, library).err().map_or_else(usable, |it| it.to_string())
        } else {
            match read(original, &value, library) {
                Stored::Invalid(reason) => reason,
                Stored::NotOurs(reason) => reason.to_string(),
                Stored::Record(_) => usable(),
            }
        };
        Self { key, value, reason, fresh: false, id }
    }
}

/// The key that something had before it was set aside.
pub(super) fn original(key: &str) -> &str {
    let original = key.strip_prefix(PREFIX).unwrap_or(key);
    original.split_once('#').map_or(original, |(original, _)| original)
}

/// The key in the durable copy for an item of `key` that is not valid.
///
/// It is made of the item's own bytes, so that no other item is ever in the way.
pub(super) fn durable_key(key: &str, value: &str) -> String {
    format!("{PREFIX}{key}#{}", fingerprint(value))
}

/// The first 16 hexadecimal digits of a value's SHA-256.
pub(super) fn fingerprint(value: &str) -> String {
    let mut digits = String::new();
    for byte in Sha256::digest(value).iter().take(8) {
        // Text always takes more text.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// Moves the item `value` of `key` to a key of its own, and says which.
///
/// The copy is made, and read again, before the original is removed; where another copy is in the way the next number
/// is taken. What is under `key` by then and is not `value` stays.
pub(super) fn set_aside<I: Items>(items: &I, key: &str, value: &str) -> Result<String, Failure> {
    let copy = free_key(items, key, value)?;
    if items.get(&copy)?.is_none() {
        items.copy(key, &copy)?;
        if items.get(&copy)?.as_deref() != Some(value) {
            return Err(Failure::Other("what this browser keeps is not what it was given".into()));
        }
    }
    if items.get(key)?.as_deref() == Some(value) {
        items.remove(key)?;
    }
    Ok(copy)
}

/// The first key for a copy that is free, or holds the same bytes already.
fn free_key<I: Items>(items: &I, key: &str, value: &str) -> Result<String, Failure> {
    let mut copy = format!("{PREFIX}{key}");
    let mut number = 1;
    while items.get(&copy)?.is_some_and(|there| there != value) {
        number += 1;
        copy = format!("{PREFIX}{key}#{number}");
    }
    Ok(copy)
}
