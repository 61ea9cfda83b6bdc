//! A synchronous key-value store, and the errors of storage.

/// A synchronous store of strings by key, such as the browser's localStorage.
pub trait KeyValueStore {
    /// All keys, in no particular order.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn keys(&self) -> Result<Vec<String>, Failure>;

    /// The number of keys; 0 if the store cannot be read.
    fn count(&self) -> usize {
        self.keys().map_or(0, |it| it.len())
    }

    /// The value of `key`.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn get(&self, key: &str) -> Result<Option<String>, Failure>;

    /// Stores `value` under `key`, replacing the previous value.
    ///
    /// # Errors
    /// If the value was not stored; the previous value is then unchanged.
    fn set(&self, key: &str, value: &str) -> Result<(), Failure>;

    /// Copies the value of `from` to `to`, even if it is not valid text and [`KeyValueStore::get`] would alter it.
    ///
    /// # Errors
    /// As [`KeyValueStore::get`] and [`KeyValueStore::set`].
    fn copy(&self, from: &str, to: &str) -> Result<(), Failure> {
        self.get(from)?.map_or(Ok(()), |value| self.set(to, &value))
    }

    /// Removes `key` and its value.
    ///
    /// # Errors
    /// If the value is still there.
    fn remove(&self, key: &str) -> Result<(), Failure>;
}

/// Why something could not be stored or read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The quota is used up.
    #[error("this browser's storage for the page is full")]
    Full,
    /// The browser or its settings forbid it.
    #[error("this browser does not allow the page to store anything")]
    Blocked,
    /// The browser has no such storage.
    #[error("this browser has no storage for the page")]
    Absent,
    /// The annotation is on an article that the page does not have.
    #[error("an annotation is on an article that this page does not have")]
    UnknownArticle,
    /// The article's text is missing.
    #[error("the text of an article is missing from this page")]
    MissingText,
    /// The database has not answered for a long time.
    #[error("this browser's database does not answer")]
    Silent,
    /// Any other error, in words.
    #[error("{0}")]
    Other(String),
}

impl Failure {
    /// Whether every further attempt would fail in the same way.
    pub fn is_lasting(&self) -> bool {
        matches!(self, Self::Blocked | Self::Absent)
    }
}
