//! The browser's localStorage and sessionStorage.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

use super::key_value_store::{Failure, KeyValueStore};

/// The localStorage of the page's origin, or the sessionStorage of the tab; or why it is missing.
///
/// It is synchronous, and a crash of the browser may lose the last seconds of writes. A lone surrogate, which this
/// program never writes, is read as U+FFFD but copied unchanged.
#[derive(Clone, Debug)]
pub struct LocalStorage(Result<Storage, Failure>);

impl LocalStorage {
    /// Opens localStorage. If the browser refuses, it stays refused until the page is reloaded.
    pub fn open() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the only access to localStorage")]
        let storage = web_sys::window().ok_or(Failure::Absent).and_then(|window| {
            window.local_storage().map_err(|error| failure(&error))?.ok_or(Failure::Absent)
        });
        Self(storage)
    }

    /// Opens sessionStorage, which belongs to this tab and lasts until it is closed.
    pub fn of_this_tab() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the only access to sessionStorage")]
        let storage = web_sys::window().ok_or(Failure::Absent).and_then(|window| {
            window.session_storage().map_err(|error| failure(&error))?.ok_or(Failure::Absent)
        });
        Self(storage)
    }

    fn storage(&self) -> Result<&Storage, Failure> {
        self.0.as_ref().map_err(Clone::clone)
    }
}

impl KeyValueStore for LocalStorage {
    fn keys(&self) -> Result<Vec<String>, Failure> {
        // One call. `Storage::key` needs a call per key, each of which takes longer the more keys there are.
        let keys = Reflect::own_keys(self.storage()?).map_err(|error| failure(&error))?;
        Ok(keys.iter().filter_map(|key| key.as_string()).collect())
    }

    fn count(&self) -> usize {
        self.storage().ok().and_then(|it| it.length().ok()).map_or(0, |it| it as usize)
    }

    fn get(&self, key: &str) -> Result<Option<String>, Failure> {
        self.storage()?.get_item(key).map_err(|error| failure(&error))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), Failure> {
        self.storage()?.set_item(key, value).map_err(|error| failure(&error))
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), Failure> {
        let storage = self.storage()?;
        let value = Reflect::get(storage, &from.into()).map_err(|error| failure(&error))?;
        if value.is_string() {
            // As a JavaScript string, to preserve lone surrogates.
            Reflect::set(storage, &to.into(), &value).map_err(|error| failure(&error))?;
        }
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), Failure> {
        self.storage()?.remove_item(key).map_err(|error| failure(&error))
    }
}

fn failure(thrown: &JsValue) -> Failure {
    let Some(exception) = thrown.dyn_ref::<DomException>() else {
        let error = thrown.dyn_ref::<js_sys::Error>();
        return Failure::Other(error.map_or_else(|| format!("{thrown:?}"), |it| it.message().into()));
    };
    match exception.name().as_str() {
        // The second is Firefox's older name.
        "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => Failure::Full,
        "SecurityError" => Failure::Blocked,
        _ => Failure::Other(exception.message()),
    }
}
