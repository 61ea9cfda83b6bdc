//! The browser's `IndexedDB`.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use idb::{
    Database, Error, Factory, KeyRange, ObjectStoreParams, Query, Transaction, TransactionMode,
    TransactionResult,
};
use js_sys::{Array, Function, JSON, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{IdbDatabase, IdbTransaction};

use super::{
    durable::{Durable, Page, Write},
    items::Failure,
};

/// The name of the database.
const NAME: &str = "glossator";
/// Strings by key. What is to be kept later gets keys of its own here, in forms with versions of their own, so that the
/// database itself never needs another version.
const ITEMS: &str = "items";
/// Files that the person gave the page leave to write to, which only a database can keep.
const HANDLES: &str = "handles";
const STORES: [&str; 2] = [ITEMS, HANDLES];

/// The database of the page's origin, opened when it is first asked and again when the browser has closed it.
///
/// Every change is a transaction with `durability: "strict"`: it is on the disk when it is complete.
#[derive(Clone, Debug, Default)]
pub struct IndexedDb {
    connection: Rc<RefCell<Option<IdbDatabase>>>,
    opening: Rc<RefCell<Option<Opening>>>,
}

/// A connection that is on its way, for all who ask for one meanwhile.
#[derive(Clone, Debug)]
struct Opening {
    outcome: Rc<RefCell<Option<Result<IdbDatabase, Failure>>>>,
    ended: Promise,
}

impl IndexedDb {
    /// Lets a connection go that does not answer; the next one who asks opens another.
    pub fn hang_up(&self) {
        self.opening.borrow_mut().take();
        if let Some(database) = self.connection.borrow_mut().take() {
            database.close();
        }
    }

    /// Opens the database, unless it is open. What is asked next goes out at once.
    ///
    /// # Errors
    /// When there is none to be had.
    pub async fn reach(&self) -> Result<(), Failure> {
        self.begin(ITEMS, TransactionMode::ReadOnly).await.map(drop)
    }

    /// What was kept under `name` by [`IndexedDb::keep_handle`].
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn handle(&self, name: &str) -> Result<Option<JsValue>, Failure> {
        let transaction = self.begin(HANDLES, TransactionMode::ReadOnly).await?;
        Ok(transaction.object_store(HANDLES)?.get(JsValue::from(name))?.await?)
    }

    /// Keeps a file's handle under `name`, or forgets it.
    ///
    /// # Errors
    /// When it is not kept.
    pub async fn keep_handle(&self, name: &str, handle: Option<&JsValue>) -> Result<(), Failure> {
        let transaction = self.begin(HANDLES, TransactionMode::ReadWrite).await?;
        let handles = transaction.object_store(HANDLES)?;
        match handle {
            Some(handle) => _ = handles.put(handle, Some(&name.into()))?.await?,
            None => handles.delete(JsValue::from(name))?.await?,
        }
        complete(transaction.into()).await
    }

    /// A transaction on `stores`, on a new connection where the old one is gone.
    async fn begin(&self, stores: &str, mode: TransactionMode) -> Result<Transaction, Failure> {
        let open = self.connection.borrow().clone();
        if let Some(database) = open {
            if let Ok(transaction) = begin(&database, &stores.into(), mode) {
                return Ok(transaction);
            }
            self.hang_up();
        }
        let database = self.connect().await?;
        begin(&database, &stores.into(), mode)
    }

    /// What [`Durable::update`] does, once for whatever comes of it: each `decide` would bring all of this into the program anew.
    async fn change(
        &self,
        keys: &[String],
        decide: &mut dyn FnMut(Vec<Option<String>>) -> Vec<Write>,
    ) -> Result<(), Failure> {
        let transaction: IdbTransaction = self.begin(ITEMS, TransactionMode::ReadWrite).await?.into();
        let result = change(&transaction, keys, decide).await;
        if result.is_err() {
            // Half of it is not to be written; where the browser has taken it back by itself, this says so and does nothing.
            let _ = transaction.abort();
        }
        result?;
        complete(transaction).await
    }

    async fn connect(&self) -> Result<IdbDatabase, Failure> {
        let under_way = self.opening.borrow().clone();
        let opening = under_way.unwrap_or_else(|| self.begin_opening());
        let _ = JsFuture::from(opening.ended).await;
        let outcome = opening.outcome.borrow().clone();
        outcome.unwrap_or(Err(Failure::Silent))
    }

    fn begin_opening(&self) -> Opening {
        let outcome = Rc::default();
        let (place, ours) = (self.clone(), Rc::clone(&outcome));
        let ended = future_to_promise(async move {
            let result = place.open().await;
            let is_ours = |it: &Opening| Rc::ptr_eq(&it.outcome, &ours);
            if place.opening.borrow().as_ref().is_some_and(is_ours) {
                place.opening.borrow_mut().take();
            }
            *ours.borrow_mut() = Some(result);
            Ok(JsValue::UNDEFINED)
        });
        let opening = Opening { outcome, ended };
        *self.opening.borrow_mut() = Some(opening.clone());
        opening
    }

    async fn open(&self) -> Result<IdbDatabase, Failure> {
        let mut database = match begun().await {
            Some(database) => database.into(),
            None => open(None).await?,
        };
        if !lacking(&database).is_empty() {
            // Somebody else made a database of this name, or the browser stopped in the middle of it.
            let version = database.version()?;
            database.close();
            database = open(Some(version + 1)).await?;
        }
        let database: IdbDatabase = database.into();
        self.listen(&database);
        *self.connection.borrow_mut() = Some(database.clone());
        Ok(database)
    }

    /// Lets the connection go when the browser closes it, or when a newer program wants another version.
    fn listen(&self, database: &IdbDatabase) {
        for event in ["close", "versionchange"] {
            let (connection, closed) = (Rc::downgrade(&self.connection), database.clone());
            gloo::events::EventListener::once(database, event, move |_| {
                closed.close();
                if let Some(connection) = connection.upgrade()
                    && connection.borrow().as_ref() == Some(&closed)
                {
                    connection.borrow_mut().take();
                }
            })
            .forget();
        }
    }
}

impl Durable for IndexedDb {
    async fn keys(&self, after: &str, before: &str) -> Result<Vec<String>, Failure> {
        let transaction = self.begin(ITEMS, TransactionMode::ReadOnly).await?;
        let asked = transaction.object_store(ITEMS)?.get_all_keys(between(after, before)?, None);
        let keys = answer(asked.map(IntoFuture::into_future)).await?;
        Ok(keys.iter().filter_map(JsValue::as_string).collect())
    }

    async fn page(&self, after: &str, before: &str, most: u32) -> Result<Page, Failure> {
        let transaction = self.begin(ITEMS, TransactionMode::ReadOnly).await?;
        let items = transaction.object_store(ITEMS)?;
        let range = || between(after, before);
        let (keys, values) = (items.get_all_keys(range()?, Some(most)), items.get_all(range()?, Some(most)));
        let (keys, values) = (keys.map(IntoFuture::into_future), values.map(IntoFuture::into_future));
        let (keys, values) = (answer(keys).await, answer(values).await);
        let (keys, values) = (keys?, values?);
        let more = keys.len() >= most as usize;
        let items = keys.iter().zip(&values).filter_map(|(key, value)| Some((key.as_string()?, text(value))));
        Ok(Page { items: items.collect(), more })
    }

    async fn get(&self, keys: &[String]) -> Result<Vec<Option<String>>, Failure> {
        let transaction = self.begin(ITEMS, TransactionMode::ReadOnly).await?;
        let items = transaction.object_store(ITEMS)?;
        let asked =
            keys.iter().map(|key| items.get(JsValue::from(key)).map(IntoFuture::into_future)).collect();
        Ok(answers(asked).await?.iter().map(|value| value.as_ref().map(text)).collect())
    }

    async fn update<T>(
        &self,
        keys: &[String],
        decide: impl FnOnce(Vec<Option<String>>) -> (Vec<Write>, T),
    ) -> Result<T, Failure> {
        let (mut decide, mut outcome) = (Some(decide), None);
        self.change(keys, &mut |there| {
            let Some((writes, result)) = decide.take().map(|it| it(there)) else { return Vec::new() };
            outcome = Some(result);
            writes
        })
        .await?;
        outcome.ok_or(Failure::Silent)
    }

    /// The browser computes it many times as fast, beside what the page does; of little the page has it sooner by itself. It
    /// does so only for a page of `https:` or of this machine.
    async fn sha256(&self, text: &str) -> Option<Rc<str>> {
        const LITTLE: usize = 64 << 10;
        if text.len() < LITTLE {
            return None;
        }
        let subtle = gloo::utils::window().crypto().ok()?.subtle();
        if subtle.is_undefined() {
            return None;
        }
        let bytes = Uint8Array::from(text.as_bytes());
        let promise = subtle.digest_with_str_and_buffer_source("SHA-256", &bytes).ok()?;
        let digest = Uint8Array::new(&JsFuture::from(promise).await.ok()?).to_vec();
        let hex =
            |it: u8| [it >> 4, it & 15].map(|it| char::from_digit(u32::from(it), 16).unwrap_or_default());
        Some(digest.into_iter().flat_map(hex).collect::<String>().into())
    }

    async fn clear(&self) -> Result<(), Failure> {
        let stores: Array = STORES.into_iter().map(JsValue::from).collect();
        let _ = self.begin(ITEMS, TransactionMode::ReadOnly).await?;
        let database = self.connection.borrow().clone().ok_or(Failure::Absent)?;
        let transaction = begin(&database, &stores, TransactionMode::ReadWrite)?;
        for store in STORES {
            transaction.object_store(store)?.clear()?.await?;
        }
        complete(transaction.into()).await
    }
}

/// What is after one key and before another.
fn between(after: &str, before: &str) -> Result<Option<Query>, Error> {
    let range = KeyRange::bound(&after.into(), &before.into(), Some(true), Some(true))?;
    Ok(Some(Query::KeyRange(range)))
}

async fn change(
    transaction: &IdbTransaction,
    keys: &[String],
    decide: &mut dyn FnMut(Vec<Option<String>>) -> Vec<Write>,
) -> Result<(), Error> {
    let items = Transaction::from(transaction.clone()).object_store(ITEMS)?;
    // Everything is asked for before anything is awaited: a transaction with nothing to do ends.
    let asked = keys.iter().map(|key| items.get(JsValue::from(key)).map(IntoFuture::into_future)).collect();
    let (mut values, mut texts) = (HashMap::new(), Vec::with_capacity(keys.len()));
    for (key, value) in keys.iter().zip(answers(asked).await?) {
        texts.push(value.as_ref().map(text));
        values.extend(value.map(|value| (key.as_str(), value)));
    }
    let writes = decide(texts);
    let (mut puts, mut deletes) = (Vec::new(), Vec::new());
    for write in &writes {
        let (to, value) = match write {
            Write::Set { key, value } => (key, value.into()),
            Write::Remove { key } => {
                deletes.push(items.delete(Query::Key(key.into())).map(IntoFuture::into_future));
                continue;
            }
            Write::Move { from, to } => {
                deletes.push(items.delete(Query::Key(from.into())).map(IntoFuture::into_future));
                (to, values.get(from.as_str()).cloned().unwrap_or_default())
            }
        };
        puts.push(items.put(&value, Some(&to.into())).map(IntoFuture::into_future));
    }
    let (puts, deletes) = (answers(puts).await, answers(deletes).await);
    puts.and(deletes.map(drop))
}

/// What comes of each request, once there is an answer to all of them: whatever became of the others, the browser answers
/// each, and an answer that nobody waits for any more would be an error of the page.
async fn answers<T, F: Future<Output = Result<T, Error>>>(
    asked: Vec<Result<F, Error>>,
) -> Result<Vec<T>, Error> {
    let mut answers = Vec::with_capacity(asked.len());
    for asked in asked {
        answers.push(answer(asked).await);
    }
    answers.into_iter().collect()
}

async fn answer<T>(asked: Result<impl Future<Output = Result<T, Error>>, Error>) -> Result<T, Error> {
    asked?.await
}

/// The connection that `static/start.js` began to open before the program was there, for the first who asks.
async fn begun() -> Option<IdbDatabase> {
    const BEGUN: &str = "glossatorDatabase";
    let window = gloo::utils::window();
    let begun: Promise = Reflect::get(&window, &BEGUN.into()).ok()?.dyn_into().ok()?;
    Reflect::delete_property(&window, &BEGUN.into()).ok()?;
    JsFuture::from(begun).await.ok()?.dyn_into().ok()
}

/// Opens the database, in its present version or in a higher one, and makes what it lacks.
async fn open(version: Option<u32>) -> Result<Database, Failure> {
    let mut request = Factory::new()?.open(NAME, version)?;
    request.on_upgrade_needed(|event| {
        use idb::event::Event as _;
        if let Ok(database) = event.target().and_then(|request| request.database()) {
            for store in lacking(&database) {
                // Where that fails the database is found incomplete, and this is tried again.
                let _ = database.create_object_store(store, ObjectStoreParams::new());
            }
        }
    });
    Ok(request.await?)
}

/// What a database needs and does not have.
fn lacking(database: &Database) -> Vec<&'static str> {
    let there = database.store_names();
    STORES.into_iter().filter(|store| !there.iter().any(|it| it == store)).collect()
}

/// A transaction whose end means that all of it is on the disk, for which `idb` has no option yet.
fn begin(database: &IdbDatabase, stores: &JsValue, mode: TransactionMode) -> Result<Transaction, Failure> {
    let options = Object::new();
    let begin: Result<IdbTransaction, JsValue> =
        Reflect::set(&options, &"durability".into(), &"strict".into())
            .and_then(|_| Reflect::get(database, &"transaction".into()))
            .and_then(JsCast::dyn_into::<Function>)
            .and_then(|it| it.call3(database, stores, &JsValue::from(mode), &options))
            .and_then(JsCast::dyn_into);
    begin.map(Transaction::from).map_err(|error| Error::TransactionOpenFailed(error).into())
}

/// Waits until everything is on the disk.
async fn complete(transaction: IdbTransaction) -> Result<(), Failure> {
    match Transaction::from(transaction.clone()).await {
        Ok(TransactionResult::Committed) => Ok(()),
        Ok(TransactionResult::Aborted) => Err(transaction.error().map_or_else(
            || Failure::Other("the browser took the change back".into()),
            |error| Error::DomException(error).into(),
        )),
        Err(error) => Err(error.into()),
    }
}

/// A value as text. Only tampering leaves anything else there; it is then set aside as it is.
fn text(value: &JsValue) -> String {
    value.as_string().unwrap_or_else(|| JSON::stringify(value).map(String::from).unwrap_or_default())
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let words = error.to_string();
        let names = |name| words.contains(name);
        match error {
            Error::IndexedDbNotFound(_) => Self::Absent,
            _ if names("QuotaExceededError") => Self::Full,
            _ if names("SecurityError") => Self::Blocked,
            _ => Self::Other(words),
        }
    }
}
