//! The durable copy: what has been written to it survives the browser being killed at the next instant.

use std::{cell::RefCell, future::poll_fn, mem, rc::Rc, task::Poll};

use super::{
    aside::{self, Aside},
    items::Failure,
    pack::{Packing, Untidy, gather},
    stored::{Stored, check_text, id_of, read, read_text, write},
};
use crate::{
    annotation::{AnyId, AnyRecord, ArticleRecord, Record},
    interchange::{ARTICLE_KEY, PACK_KEY, Reason, item_key, text_item_key},
    text::{Library, SortedMap, Text, order},
};

/// So many items are read at once.
const PAGE: u32 = 1_000;
/// So many packs.
const PACKS: u32 = 8;
/// So many texts are read at once.
const TEXTS: usize = 16;

/// A place that keeps strings by key, asynchronously, and has them on the disk when it says so.
#[expect(async_fn_in_trait, reason = "a page has one thread, so nothing needs to be sent to another")]
pub trait Durable {
    /// The first of what is kept under keys after `after` and before `before`, at most `most`, in their order.
    ///
    /// # Errors
    /// When the place cannot be read.
    async fn page(&self, after: &str, before: &str, most: u32) -> Result<Page, Failure>;

    /// The keys after `after` and before `before`, in their order.
    ///
    /// # Errors
    /// When the place cannot be read.
    async fn keys(&self, after: &str, before: &str) -> Result<Vec<String>, Failure>;

    /// What is kept under `keys`, in their order.
    ///
    /// # Errors
    /// When the place cannot be read.
    async fn get(&self, keys: &[String]) -> Result<Vec<Option<String>>, Failure>;

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

    /// The SHA-256 of a text in lower-case hexadecimal, where the place knows it sooner than the program can compute it.
    async fn sha256(&self, _text: &str) -> Option<Rc<str>> {
        None
    }

    /// Forgets everything, for good.
    ///
    /// # Errors
    /// When all is still there.
    async fn clear(&self) -> Result<(), Failure>;
}

/// Some of what a durable place keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Keys and values, in the order of the keys.
    pub items: Vec<(String, String)>,
    /// Whether there may be more behind them.
    pub more: bool,
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
    /// Keep nothing under this key any more.
    Remove {
        /// The key.
        key: String,
    },
    /// Keep under another key exactly what is under this one, even where that is no text, and nothing under this one.
    Move {
        /// The key that it has.
        from: String,
        /// The key that it gets.
        to: String,
    },
}

/// What is not valid: the key, the item and why.
pub(super) type Invalid = (String, String, String);

/// The page's records in a durable place.
#[derive(Debug)]
pub struct DurableCopy<D> {
    place: D,
    library: RefCell<Library>,
    packing: Packing,
}

/// What was found of own articles in the durable copy.
#[derive(Clone, Debug, Default)]
pub struct FoundArticles {
    /// The valid records, tombstones included, by id.
    pub records: Vec<ArticleRecord>,
    /// The texts that they are of, as far as they are there and as they were.
    pub texts: Vec<Rc<Text>>,
    /// What is not valid.
    pub set_aside: Vec<Aside>,
    /// What was left alone, by key: items of a newer program.
    pub left_alone: SortedMap<String, String>,
    /// Why what is not valid could not be moved; it stays where it was, and nothing is written over it.
    pub failure: Option<Failure>,
}

/// What was found in the durable copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The valid records, tombstones included, by id.
    pub records: Vec<Record>,
    /// What is not valid, now and on earlier visits.
    pub set_aside: Vec<Aside>,
    /// What was left alone, by key: items of a newer program, and those on articles that this page does not have.
    pub left_alone: SortedMap<String, String>,
    /// Why what is not valid could not be moved; it stays where it was, and nothing is written over it.
    pub failure: Option<Failure>,
    /// What [`DurableCopy::tidy`] can do, for the next time to be faster.
    pub untidy: Untidy,
}

/// What came of writing records to the durable copy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Later versions that were there, and stay. To be merged into what the page has.
    pub newer: Vec<AnyRecord>,
    /// Items that were in the way and not valid.
    pub set_aside: Vec<Aside>,
    /// What could not be kept, since what is in its place is not this program's to replace, and why.
    pub refused: Vec<(AnyId, Failure)>,
}

impl<D: Durable> DurableCopy<D> {
    /// The records of `library`'s articles in `place`.
    pub fn new(place: D, library: Library) -> Self {
        Self::with_packing(place, library, Packing::default())
    }

    /// The same, with annotations packed at other times than usual.
    pub fn with_packing(place: D, library: Library, packing: Packing) -> Self {
        Self { place, library: RefCell::new(library), packing }
    }

    pub(super) fn packing(&self) -> Packing {
        self.packing
    }

    /// From now on these are the articles.
    pub fn know(&self, library: Library) {
        *self.library.borrow_mut() = library;
    }

    pub(super) fn library(&self) -> Library {
        self.library.borrow().clone()
    }

    /// The place itself.
    pub fn place(&self) -> &D {
        &self.place
    }

    /// Reads the records of own articles with the texts that are not in `here`, which is in order, and sets aside what is not valid.
    ///
    /// # Errors
    /// When nothing could be read.
    pub async fn load_articles(&self, here: &[Rc<str>]) -> Result<FoundArticles, Failure> {
        let mut found = FoundArticles::default();
        let mut invalid = Vec::new();
        let (mut needed, mut left_alone) = (Vec::new(), Vec::new());
        let library = self.library.borrow().clone();
        self.each(ARTICLE_KEY, &mut |key, value| match read(&key, &value, &library) {
            Stored::Record(AnyRecord::Article(record)) => {
                needed.extend(record.sha256().filter(|it| here.binary_search(it).is_err()).cloned());
                found.records.push(record);
            }
            Stored::Record(AnyRecord::Annotation(_)) => {}
            Stored::NotOurs(_) => left_alone.push((key, value)),
            Stored::Invalid(reason) => invalid.push((key, value, reason)),
        })
        .await?;
        found.left_alone = left_alone.into_iter().collect();
        order::sort(&mut needed);
        needed.dedup();
        for some in needed.chunks(TEXTS) {
            let keys: Vec<String> = some.iter().map(|it| text_item_key(it)).collect();
            let texts = self.place.get(&keys).await?;
            for (key, value) in keys.into_iter().zip(texts) {
                let Some(value) = value else { continue };
                let text = match self.place.sha256(&value).await {
                    Some(sha256) => Text::with_sha256(&value, sha256),
                    None => Text::new(&value),
                };
                match check_text(&key, text) {
                    Ok(text) => found.texts.push(text),
                    Err(reason) => invalid.push((key, value, reason)),
                }
            }
        }
        (found.set_aside, found.failure) = self.put_aside(invalid, Vec::new()).await;
        Ok(found)
    }

    /// The text of this name, if it is there and as it was.
    ///
    /// # Errors
    /// When it could not be read.
    pub async fn text(&self, sha256: &str) -> Result<Option<Rc<Text>>, Failure> {
        let key = text_item_key(sha256);
        let there = self.place.get(std::slice::from_ref(&key)).await?;
        Ok(there.into_iter().flatten().next().and_then(|it| read_text(&key, &it).ok()))
    }

    /// The first piece of what is kept under keys with this beginning.
    pub(super) async fn first(&self, prefix: &str) -> Result<Page, Failure> {
        self.piece(prefix, prefix).await
    }

    async fn piece(&self, prefix: &str, after: &str) -> Result<Page, Failure> {
        let most = if prefix == PACK_KEY { PACKS } else { PAGE };
        self.place.page(after, &behind(prefix), most).await
    }

    /// Goes through everything that is kept under keys with this beginning.
    pub(super) async fn each(
        &self,
        prefix: &str,
        take: &mut dyn FnMut(String, String),
    ) -> Result<(), Failure> {
        self.each_from(prefix, self.first(prefix).await?, take).await
    }

    /// The same from the `first` piece on: piece by piece, so that the page goes on while much is read.
    pub(super) async fn each_from(
        &self,
        prefix: &str,
        first: Page,
        take: &mut dyn FnMut(String, String),
    ) -> Result<(), Failure> {
        let mut page = first;
        loop {
            let last = page.items.last().map(|(key, _)| key.clone());
            let items = mem::take(&mut page.items);
            let take_all = async {
                for (key, value) in items {
                    take(key, value);
                }
            };
            let Some(last) = last.filter(|_| page.more) else {
                take_all.await;
                return Ok(());
            };
            // The next piece is on its way while this one is taken in.
            let (next, ()) = both(self.piece(prefix, &last), take_all).await;
            page = next?;
        }
    }

    /// Sets aside what is not valid; gives it with the `earlier` ones, and why it could not be moved.
    pub(super) async fn put_aside(
        &self,
        invalid: Vec<Invalid>,
        mut earlier: Vec<Aside>,
    ) -> (Vec<Aside>, Option<Failure>) {
        let failure = self.set_aside(&invalid).await.err();
        for (key, value, reason) in invalid {
            let key_now = if failure.is_none() { aside::durable_key(&key, &value) } else { key.clone() };
            // The same bytes may have been set aside before.
            earlier.retain(|it| it.key != key_now);
            earlier.push(Aside { key: key_now, value, reason, fresh: true, id: id_of(&key) });
        }
        (earlier, failure)
    }

    /// Writes each record unless the same or a later version is there, and the text of each article: all of it, or none.
    ///
    /// # Errors
    /// When none was written.
    pub async fn save<R: Clone + Into<AnyRecord>>(&self, records: &[R]) -> Result<Kept, Failure> {
        let records: Vec<AnyRecord> = records.iter().cloned().map(Into::into).collect();
        self.save_with(&records, Vec::new()).await
    }

    /// The same, and in the same transaction what a tab keeps for itself.
    ///
    /// # Errors
    /// When nothing was written.
    pub async fn save_with(&self, records: &[AnyRecord], own: Vec<Write>) -> Result<Kept, Failure> {
        let library = self.library.borrow().clone();
        let mut texts: Vec<(String, Option<Rc<Text>>)> = records
            .iter()
            .filter_map(|it| match it {
                AnyRecord::Article(it) => {
                    Some((text_item_key(it.sha256()?), library.known(&it.id).map(|it| Rc::clone(it.body()))))
                }
                AnyRecord::Annotation(_) => None,
            })
            .collect();
        order::sort_by(&mut texts, |(one, _), (other, _)| one.cmp(other));
        texts.dedup_by(|(one, _), (other, _)| one == other);
        let of_records = records.iter().map(|it| item_key(&it.id()));
        let keys: Vec<String> = of_records.chain(texts.iter().map(|(key, _)| key.clone())).collect();
        let update = self.place.update(&keys, |mut there| {
            let (mut writes, mut kept) = (own, Kept::default());
            let mut without = Vec::new();
            for ((key, text), there) in texts.iter().zip(there.split_off(records.len())) {
                match (text, there) {
                    (Some(text), Some(there)) if there == text.as_str() => {}
                    (Some(text), there) => {
                        if let Some(value) = there {
                            let to = aside::durable_key(key, &value);
                            writes.push(Write::Move { from: key.clone(), to: to.clone() });
                            let reason = read_text(key, &value).err().unwrap_or_default();
                            kept.set_aside.push(Aside { key: to, value, reason, fresh: true, id: None });
                        }
                        writes.push(set(key.clone(), text.as_str().to_owned()));
                    }
                    // The other tab that wrote it has brought it here.
                    (None, Some(_)) => {}
                    (None, None) => without.push(key.clone()),
                }
            }
            let mut taken = Vec::new();
            for ((record, key), value) in records.iter().zip(&keys).zip(there) {
                if value.is_some() {
                    taken.push(key.as_str());
                }
                let lacks = matches!(record, AnyRecord::Article(it)
                    if it.sha256().is_some_and(|it| without.contains(&text_item_key(it))));
                if lacks {
                    kept.refused.push((record.id(), Failure::Textless));
                } else {
                    decide(record, value, &library, &mut writes, &mut kept);
                }
            }
            (gather(writes, records, taken, self.packing.together), kept)
        });
        update.await
    }

    /// Keeps what was set aside or left alone in another browser, byte for byte and never in the place of anything else;
    /// gives back what counts as set aside here.
    ///
    /// # Errors
    /// When nothing was kept.
    pub async fn adopt(&self, items: &[(String, String)]) -> Result<Vec<Aside>, Failure> {
        let keys: Vec<String> = items.iter().map(|(key, _)| key.clone()).collect();
        let kept = self.place.update(&keys, |there| {
            let moved = items.iter().zip(there).map(|((key, value), there)| {
                let free = there.is_none_or(|it| it == *value) && !key.starts_with(aside::PREFIX);
                let key = if free { key.clone() } else { aside::durable_key(aside::original(key), value) };
                (key, value.clone())
            });
            let kept: SortedMap<String, String> = moved.collect();
            let writes = kept.iter().map(|(key, value)| set(key.clone(), value.clone())).collect();
            (writes, kept)
        });
        let library = self.library.borrow().clone();
        let kept = kept.await?.into_iter().filter(|(key, _)| key.starts_with(aside::PREFIX));
        Ok(kept.map(|(key, value)| Aside::earlier(key, value, &library)).collect())
    }

    async fn set_aside(&self, invalid: &[Invalid]) -> Result<(), Failure> {
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

/// What comes behind all keys with this beginning.
pub(super) fn behind(prefix: &str) -> String {
    // Every such beginning ends with a colon, behind which the next character is this.
    format!("{};", prefix.trim_end_matches(':'))
}

/// Waits for two answers, both of which are asked for before either is there.
pub fn both<A, B>(
    one: impl Future<Output = A>,
    other: impl Future<Output = B>,
) -> impl Future<Output = (A, B)> {
    // Elsewhere and not in what waits for them, which grows with each that it waits for.
    let (mut one, mut other) = (Box::pin(one), Box::pin(other));
    let (mut a, mut b) = (None, None);
    poll_fn(move |context| {
        if a.is_none()
            && let Poll::Ready(it) = one.as_mut().poll(context)
        {
            a = Some(it);
        }
        if b.is_none()
            && let Poll::Ready(it) = other.as_mut().poll(context)
        {
            b = Some(it);
        }
        match (a.take(), b.take()) {
            (Some(one), Some(other)) => Poll::Ready((one, other)),
            (one, other) => {
                (a, b) = (one, other);
                Poll::Pending
            }
        }
    })
}

fn decide(
    record: &AnyRecord,
    there: Option<String>,
    library: &Library,
    writes: &mut Vec<Write>,
    kept: &mut Kept,
) {
    let key = item_key(&record.id());
    match there.map(|value| (read(&key, &value, library), value)) {
        Some((Stored::Record(there), _)) if there == *record => return,
        Some((Stored::Record(there), _)) if there.supersedes(record) => {
            kept.newer.push(there);
            return;
        }
        Some((Stored::NotOurs(reason), _)) => {
            kept.refused.push((record.id(), not_ours(&reason)));
            return;
        }
        Some((Stored::Invalid(reason), value)) => {
            let to = aside::durable_key(&key, &value);
            writes.push(Write::Move { from: key.clone(), to: to.clone() });
            kept.set_aside.push(Aside { key: to, value, reason, fresh: true, id: Some(record.id()) });
        }
        Some((Stored::Record(_), _)) | None => {}
    }
    match write(record, library) {
        Some(value) => writes.push(set(key, value)),
        None => kept.refused.push((record.id(), Failure::Elsewhere)),
    }
}

/// Why what a newer program stored is not replaced.
pub(super) fn not_ours(reason: &Reason) -> Failure {
    Failure::Other(reason.to_string())
}

fn set(key: String, value: String) -> Write {
    Write::Set { key, value }
}
