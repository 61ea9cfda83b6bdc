//! The browser's `IndexedDB` as a durable store.

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
    durable_store::{DurableStore, Page, Write},
    key_value_store::Failure,
};

/// The name of the database.
const NAME: &str = "glossator";
/// Strings by key. New kinds of data get their own keys here and version their own form, so that the database itself
/// never needs a new version.
const ITEMS: &str = "items";
/// Handles of files that the user allowed the page to write. Only a database can store them.
const HANDLES: &str = "handles";
const STORES: [&str; 2] = [ITEMS, HANDLES];

/// The database of the page's origin. It is opened on first use, and reopened after the browser closed it.
///
/// Every change is a transaction with `durability: "strict"`: it is on disk once it is complete.
#[derive(Clone, Debug, Default)]
pub struct IndexedDb {
    connection: Rc<RefCell<Option<IdbDatabase>>>,
    opening: Rc<RefCell<Option<Opening>>>,
}

/// A connection that is being opened, shared by all concurrent callers.
#[derive(Clone, Debug)]
struct Opening {
    outcome: Rc<RefCell<Option<Result<IdbDatabase, Failure>>>>,
    ended: Promise,
}

impl IndexedDb {
    /// Closes a connection that does not answer. The next access opens another.
    pub fn disconnect(&self) {
        self.opening.borrow_mut().take();
        if let Some(database) = self.connection.borrow_mut().take() {
            database.close();
        }
    }

    /// Opens the database, unless it is open, so that the next request starts without delay.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub async fn ensure_open(&self) -> Result<(), Failure> {
        self.begin(ITEMS, TransactionMode::ReadOnly).await.map(drop)
    }

    /// The file handle stored under `name` by [`IndexedDb::set_handle`].
    ///
    /// # Errors
    /// If it cannot be read.
    pub async fn handle(&self, name: &str) -> Result<Option<JsValue>, Failure> {
        let transaction = self.begin(HANDLES, TransactionMode::ReadOnly).await?;
        Ok(transaction.object_store(HANDLES)?.get(JsValue::from(name))?.await?)
    }

    /// Stores a file handle under `name`, or removes it.
    ///
    /// # Errors
    /// If nothing was changed.
    pub async fn set_handle(&self, name: &str, handle: Option<&JsValue>) -> Result<(), Failure> {
        let transaction = self.begin(HANDLES, TransactionMode::ReadWrite).await?;
        let handles = transaction.object_store(HANDLES)?;
        match handle {
            Some(handle) => _ = handles.put(handle, Some(&name.into()))?.await?,
            None => handles.delete(JsValue::from(name))?.await?,
        }
        complete(transaction.into()).await
    }

    /// Begins a transaction on `stores`, reconnecting if the connection was closed.
    async fn begin(&self, stores: &str, mode: TransactionMode) -> Result<Transaction, Failure> {
        let open = self.connection.borrow().clone();
        if let Some(database) = open {
            if let Ok(transaction) = begin(&database, &stores.into(), mode) {
                return Ok(transaction);
            }
            self.disconnect();
        }
        let database = self.connect().await?;
        begin(&database, &stores.into(), mode)
    }

    /// Implements [`DurableStore::update`]. Not generic, so that the code is compiled once and not for each `decide`.
    async fn change(
        &self,
        keys: &[String],
        decide: &mut dyn FnMut(Vec<Option<String>>) -> Vec<Write>,
    ) -> Result<(), Failure> {
        let transaction: IdbTransaction = self.begin(ITEMS, TransactionMode::ReadWrite).await?.into();
        let result = change(&transaction, keys, decide).await;
        if result.is_err() {
            // Rolls back partial writes. Fails harmlessly if the browser has already aborted the transaction.
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
        let mut database = match take_early_connection().await {
            Some(database) => database.into(),
            None => open(None).await?,
        };
        if !missing_stores(&database).is_empty() {
            // Other code created a database of this name, or the browser was stopped while creating it.
            let version = database.version()?;
            database.close();
            database = open(Some(version + 1)).await?;
        }
        let database: IdbDatabase = database.into();
        self.listen(&database);
        *self.connection.borrow_mut() = Some(database.clone());
        Ok(database)
    }

    /// Drops the connection when the browser closes it, or when a newer program upgrades the database.
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

impl DurableStore for IndexedDb {
    async fn keys(&self, after: &str, before: &str) -> Result<Vec<String>, Failure> {
        let transaction = self.begin(ITEMS, TransactionMode::ReadOnly).await?;
        let asked = transaction.object_store(ITEMS)?.get_all_keys(between(after, before)?, None);
        let keys = answer(asked.map(IntoFuture::into_future)).await?;
        Ok(keys.iter().filter_map(JsValue::as_string).collect())
    }

    async fn page(&self, after: &str, before: &str, count: u32) -> Result<Page, Failure> {
        let transaction = self.begin(ITEMS, TransactionMode::ReadOnly).await?;
        let items = transaction.object_store(ITEMS)?;
        let range = || between(after, before);
        let (keys, values) =
            (items.get_all_keys(range()?, Some(count)), items.get_all(range()?, Some(count)));
        let (keys, values) = (keys.map(IntoFuture::into_future), values.map(IntoFuture::into_future));
        let (keys, values) = (answer(keys).await, answer(values).await);
        let (keys, values) = (keys?, values?);
        let more = keys.len() >= count as usize;
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

    /// The browser is many times faster for long texts, and does not block the page; for short texts the program is
    /// faster. Browsers support it only on `https:` and localhost.
    async fn sha256(&self, text: &str) -> Option<Rc<str>> {
        const MIN_LENGTH: usize = 64 << 10;
        if text.len() < MIN_LENGTH {
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

/// The range of keys after one and before another.
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
    // All requests are made before any is awaited, because an idle transaction ends.
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

/// Awaits all requests, then returns their results or the first error. Returning early would leave rejected promises
/// unhandled, which browsers report as page errors.
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

/// Takes the connection that `static/start.js` began to open before the program was loaded.
async fn take_early_connection() -> Option<IdbDatabase> {
    const EARLY: &str = "glossatorDatabase";
    let window = gloo::utils::window();
    let connection: Promise = Reflect::get(&window, &EARLY.into()).ok()?.dyn_into().ok()?;
    Reflect::delete_property(&window, &EARLY.into()).ok()?;
    JsFuture::from(connection).await.ok()?.dyn_into().ok()
}

/// Opens the database, in its present version or a higher one, and creates missing object stores.
async fn open(version: Option<u32>) -> Result<Database, Failure> {
    let mut request = Factory::new()?.open(NAME, version)?;
    request.on_upgrade_needed(|event| {
        use idb::event::Event as _;
        if let Ok(database) = event.target().and_then(|request| request.database()) {
            for store in missing_stores(&database) {
                // If this fails, the store is still missing, and opening is tried again.
                let _ = database.create_object_store(store, ObjectStoreParams::new());
            }
        }
    });
    Ok(request.await?)
}

/// The object stores that a database lacks.
fn missing_stores(database: &Database) -> Vec<&'static str> {
    let there = database.store_names();
    STORES.into_iter().filter(|store| !there.iter().any(|it| it == store)).collect()
}

/// Begins a transaction with strict durability, for which `idb` has no option yet.
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

/// Waits until the transaction is on disk.
async fn complete(transaction: IdbTransaction) -> Result<(), Failure> {
    match Transaction::from(transaction.clone()).await {
        Ok(TransactionResult::Committed) => Ok(()),
        Ok(TransactionResult::Aborted) => Err(transaction.error().map_or_else(
            || Failure::Other("the browser aborted the transaction".into()),
            |error| Error::DomException(error).into(),
        )),
        Err(error) => Err(error.into()),
    }
}

/// A value as text. Anything but a string is a sign of tampering; it is converted so that it can be set aside.
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
