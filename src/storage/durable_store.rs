//! An asynchronous, durable key-value store.

use std::rc::Rc;

use super::key_value_store::Failure;

/// An asynchronous store of strings by key. Data is on disk once a write is reported complete.
#[expect(async_fn_in_trait, reason = "a page has one thread, so nothing needs to be sent to another")]
pub trait DurableStore {
    /// The first items with keys after `after` and before `before`, at most `count`, in key order.
    ///
    /// # Errors
    /// If the store cannot be read.
    async fn page(&self, after: &str, before: &str, count: u32) -> Result<Page, Failure>;

    /// The keys after `after` and before `before`, in order.
    ///
    /// # Errors
    /// If the store cannot be read.
    async fn keys(&self, after: &str, before: &str) -> Result<Vec<String>, Failure>;

    /// The values of `keys`, in the same order.
    ///
    /// # Errors
    /// If the store cannot be read.
    async fn get(&self, keys: &[String]) -> Result<Vec<Option<String>>, Failure>;

    /// Passes the values of `keys`, in the same order, to `decide`, and applies the writes that it returns: all or
    /// none, in one transaction that no other tab interleaves. The writes are on disk when this returns.
    ///
    /// # Errors
    /// If nothing was written.
    async fn update<T>(
        &self,
        keys: &[String],
        decide: impl FnOnce(Vec<Option<String>>) -> (Vec<Write>, T),
    ) -> Result<T, Failure>;

    /// The SHA-256 of a text in lower-case hexadecimal, if the store can compute it faster than the program.
    async fn sha256(&self, _text: &str) -> Option<Rc<str>> {
        None
    }

    /// Deletes everything permanently.
    ///
    /// # Errors
    /// If everything is still there.
    async fn clear(&self) -> Result<(), Failure>;
}

/// A page of the items in a durable store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Keys and values, in key order.
    pub items: Vec<(String, String)>,
    /// Whether there may be more items after these.
    pub more: bool,
}

/// A write to a durable store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Stores a value, replacing the previous one.
    Set {
        /// The key.
        key: String,
        /// The value.
        value: String,
    },
    /// Removes a key and its value.
    Remove {
        /// The key.
        key: String,
    },
    /// Moves a value to another key, even if it is not text.
    Move {
        /// The present key.
        from: String,
        /// The new key.
        to: String,
    },
}

impl Write {
    /// Stores `value` under `key`.
    pub(super) fn set(key: String, value: impl Into<String>) -> Self {
        Self::Set { key, value: value.into() }
    }
}

/// The first key after all keys with this prefix.
pub(super) fn end_of(prefix: &str) -> String {
    // Every prefix ends with a colon, and a semicolon is the next character.
    format!("{};", prefix.trim_end_matches(':'))
}
