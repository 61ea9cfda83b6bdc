//! A place that keeps strings by key, and how it fails.

/// A place that keeps strings by key, as the browser's localStorage does.
pub trait Items {
    /// Every key, in no order.
    ///
    /// # Errors
    /// When the place cannot be read.
    fn keys(&self) -> Result<Vec<String>, Failure>;

    /// How many keys there are, as far as that is known.
    fn count(&self) -> usize {
        self.keys().map_or(0, |it| it.len())
    }

    /// What is kept under `key`.
    ///
    /// # Errors
    /// When the place cannot be read.
    fn get(&self, key: &str) -> Result<Option<String>, Failure>;

    /// Keeps `value` under `key`, in the place of what was there.
    ///
    /// # Errors
    /// When it is not kept; what was there then still is.
    fn set(&self, key: &str, value: &str) -> Result<(), Failure>;

    /// Keeps under `to` exactly what is kept under `from`, even where that is no text that [`Items::get`] gives whole.
    ///
    /// # Errors
    /// As [`Items::get`] and [`Items::set`].
    fn copy(&self, from: &str, to: &str) -> Result<(), Failure> {
        self.get(from)?.map_or(Ok(()), |value| self.set(to, &value))
    }

    /// Keeps nothing under `key` any more.
    ///
    /// # Errors
    /// When what was there still is.
    fn remove(&self, key: &str) -> Result<(), Failure>;
}

/// Why something could not be kept or read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// There is no room left.
    #[error("the room that this browser gives the page is full")]
    Full,
    /// The browser or its settings forbid it.
    #[error("this browser does not let the page keep anything")]
    Blocked,
    /// There is no such place.
    #[error("this browser has no place where the page could keep anything")]
    Absent,
    /// It belongs to an article that the page does not have.
    #[error("an annotation is on an article that this page does not have")]
    Elsewhere,
    /// It is an article whose text is not here.
    #[error("the text of an article is not on this page")]
    Textless,
    /// It has not answered for long.
    #[error("this browser's database does not answer")]
    Silent,
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl Failure {
    /// Whether every further attempt would fail likewise.
    pub fn is_lasting(&self) -> bool {
        matches!(self, Self::Blocked | Self::Absent)
    }
}
