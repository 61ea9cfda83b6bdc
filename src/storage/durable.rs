//! The durable copy: what has been written to it survives the browser being killed at the next instant.

use std::collections::BTreeMap;

use super::{
    aside::{self, Aside},
    items::Failure,
    stored::{PREFIX, Stored, id_of, key_of, read},
};
use crate::{
    annotation::{AnnotationId, Record},
    interchange::{Reason, write_stored},
    text::Library,
};

/// A place that keeps strings by key, asynchronously, and has them on the disk when it says so.
#[expect(async_fn_in_trait, reason = "a page has one thread, so nothing needs to be sent to another")]
pub trait Durable {
    /// The first of what is kept, in the order of the keys, or the first after a key; at the end there is nothing.
    ///
    /// # Errors
    /// When the place cannot be read.
    async fn page(&self, after: Option<&str>) -> Result<Vec<(String, String)>, Failure>;

    /// Looks at what is kept under `keys`, in their order, and does what `decide` makes of it: all of it or nothing, with
    /// no other tab between the look and the end. When this returns, it is on the disk.
    ///
    /// # Errors
    /// When nothing was written.
    async fn update<T>(
        &self,
        keys: &[String],
        decide: impl FnOnce(Vec<Option<String>>) -> (Vec<Write>, T),
    ) -> Result<T, Failure>;

    /// Forgets everything, for good.
    ///
    /// # Errors
    /// When all is still there.
    async fn clear(&self) -> Result<(), Failure>;
}

/// One thing to be done in a durable place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Keep a value, in the place of what was there.
    Set {
        /// Under this key.
        key: String,
        /// The value.
        value: String,
    },
    /// Keep under another key exactly what is under this one, even where that is no text, and nothing under this one.
    Move {
        /// The key that it has.
        from: String,
        /// The key that it gets.
        to: String,
    },
}

/// The page's records in a durable place.
#[derive(Debug)]
pub struct DurableCopy<D> {
    place: D,
    library: Library,
}

/// What was found in the durable copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The valid records, tombstones included, by id.
    pub records: Vec<Record>,
    /// What is not valid, now and on earlier visits.
    pub set_aside: Vec<Aside>,
    /// What was left alone, by key: items of a newer program, and those on articles that this page does not have.
    pub left_alone: BTreeMap<String, String>,
    /// Why what is not valid could not be moved; it stays where it was, and nothing is written over it.
    pub failure: Option<Failure>,
}

/// What came of writing records to the durable copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Later versions that were there, and stay. To be merged into what the page has.
    pub newer: Vec<Record>,
    /// Items that were in the way and not valid.
    pub set_aside: Vec<Aside>,
    /// Annotations that could not be kept, since what is in their place is not this program's to replace, and why.
    pub refused: Vec<(AnnotationId, Failure)>,
}

impl<D: Durable> DurableCopy<D> {
    /// The records of `library`'s articles in `place`.
    pub fn new(place: D, library: Library) -> Self {
        Self { place, library }
    }

    /// The place itself.
    pub fn place(&self) -> &D {
        &self.place
    }

    /// Reads everything, and sets aside what is not valid.
    ///
    /// # Errors
    /// When nothing could be read.
    pub async fn load(&self) -> Result<Found, Failure> {
        let mut found = Found::default();
        let mut invalid = Vec::new();
        let mut last = None;
        loop {
            // Piece by piece, so that the page goes on while much is read.
            let page = self.place.page(last.as_deref()).await?;
            match page.last() {
                Some((key, _)) if last.as_ref() != Some(key) => last = Some(key.clone()),
                _ => break,
            }
            for (key, value) in page {
                if key.starts_with(aside::PREFIX) {
                    found.set_aside.push(Aside::earlier(key, value, &self.library));
                } else if key.starts_with(PREFIX) {
                    match read(&key, &value, &self.library) {
                        Stored::Record(record) => found.records.push(record),
                        Stored::NotOurs(_) => _ = found.left_alone.insert(key, value),
                        Stored::Invalid(reason) => invalid.push((key, value, reason)),
                    }
                }
            }
        }
        found.failure = self.set_aside(&invalid).await.err();
        let moved = found.failure.is_none();
        for (key, value, reason) in invalid {
            let key_now = if moved { aside::durable_key(&key, &value) } else { key.clone() };
            // The same bytes may have been set aside before.
            found.set_aside.retain(|it| it.key != key_now);
            found.set_aside.push(Aside { key: key_now, value, reason, fresh: true, id: id_of(&key) });
        }
        Ok(found)
    }

    /// Writes each record unless the same or a later version is there: all of them, or none.
    ///
    /// # Errors
    /// When none was written.
    pub async fn save(&self, records: &[Record]) -> Result<Kept, Failure> {
        let keys: Vec<String> = records.iter().map(|it| key_of(it.id)).collect();
        self.place
            .update(&keys, |there| {
                let (mut writes, mut kept) = (Vec::new(), Kept::default());
                for (record, value) in records.iter().zip(there) {
                    self.decide(record, value, &mut writes, &mut kept);
                }
                (writes, kept)
            })
            .await
    }

    /// Keeps what was set aside or left alone in another browser, byte for byte and never in the place of anything else;
    /// gives back what counts as set aside here.
    ///
    /// # Errors
    /// When nothing was kept.
    pub async fn adopt(&self, items: &[(String, String)]) -> Result<Vec<Aside>, Failure> {
        let keys: Vec<String> = items.iter().map(|(key, _)| key.clone()).collect();
        let kept = self.place.update(&keys, |there| {
            let kept: BTreeMap<String, &str> = items
                .iter()
                .zip(&there)
                .map(|((key, value), there)| {
                    let free = there.as_ref().is_none_or(|it| it == value) && !key.starts_with(aside::PREFIX);
                    let key =
                        if free { key.clone() } else { aside::durable_key(aside::original(key), value) };
                    (key, value.as_str())
                })
                .collect();
            let writes = kept.iter().map(|(key, value)| set(key.clone(), (*value).to_owned())).collect();
            (writes, kept)
        });
        let kept = kept.await?.into_iter().filter(|(key, _)| key.starts_with(aside::PREFIX));
        Ok(kept.map(|(key, value)| Aside::earlier(key, value.to_owned(), &self.library)).collect())
    }

    fn decide(&self, record: &Record, there: Option<String>, writes: &mut Vec<Write>, kept: &mut Kept) {
        let key = key_of(record.id);
        match there.map(|value| (read(&key, &value, &self.library), value)) {
            Some((Stored::Record(there), _)) if there == *record => return,
            Some((Stored::Record(there), _)) if there.supersedes(record) => {
                kept.newer.push(there);
                return;
            }
            Some((Stored::NotOurs(reason), _)) => {
                kept.refused.push((record.id, not_ours(&reason)));
                return;
            }
            Some((Stored::Invalid(reason), value)) => {
                let to = aside::durable_key(&key, &value);
                writes.push(Write::Move { from: key.clone(), to: to.clone() });
                kept.set_aside.push(Aside { key: to, value, reason, fresh: true, id: Some(record.id) });
            }
            Some((Stored::Record(_), _)) | None => {}
        }
        match write_stored(record, &self.library) {
            Some(value) => writes.push(set(key, value)),
            None => kept.refused.push((record.id, Failure::Elsewhere)),
        }
    }

    async fn set_aside(&self, invalid: &[(String, String, String)]) -> Result<(), Failure> {
        if invalid.is_empty() {
            return Ok(());
        }
        let keys: Vec<String> = invalid.iter().map(|(key, ..)| key.clone()).collect();
        self.place
            .update(&keys, |there| {
                // What another tab has put right since is not moved.
                let same =
                    invalid.iter().zip(there).filter(|((_, value, _), there)| there.as_ref() == Some(value));
                let moves = same.map(|((key, value, _), _)| Write::Move {
                    from: key.clone(),
                    to: aside::durable_key(key, value),
                });
                (moves.collect(), ())
            })
            .await
    }
}

/// Why what a newer program stored is not replaced.
pub(super) fn not_ours(reason: &Reason) -> Failure {
    Failure::Other(reason.to_string())
}

fn set(key: String, value: String) -> Write {
    Write::Set { key, value }
}
