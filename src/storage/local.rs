//! The browser's localStorage, and what it keeps likewise for one tab.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

use super::items::{Failure, Items};

/// The localStorage of the page's origin, or why there is none.
///
/// It is synchronous, and a browser that is killed may lose what was kept in the last seconds. Half of a surrogate pair,
/// which no text of this program holds, is read as U+FFFD, and copied as it is.
#[derive(Clone, Debug)]
pub struct LocalStorage(Result<Storage, Failure>);

impl LocalStorage {
    /// Asks the browser for it, once: what it refuses now it refuses until the page is opened again.
    pub fn open() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the one door to localStorage")]
        let storage = web_sys::window().ok_or(Failure::Absent).and_then(|window| {
            window.local_storage().map_err(|error| failure(&error))?.ok_or(Failure::Absent)
        });
        Self(storage)
    }

    /// What the browser keeps for this tab alone, until it is closed: sessionStorage.
    pub fn of_this_tab() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the one door to sessionStorage")]
        let storage = web_sys::window().ok_or(Failure::Absent).and_then(|window| {
            window.session_storage().map_err(|error| failure(&error))?.ok_or(Failure::Absent)
        });
        Self(storage)
    }

    fn storage(&self) -> Result<&Storage, Failure> {
        self.0.as_ref().map_err(Clone::clone)
    }
}

impl Items for LocalStorage {
    fn keys(&self) -> Result<Vec<String>, Failure> {
        // One call, where `Storage::key` would need one for each and find every one anew.
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
            // As JavaScript's own text: no half of a surrogate pair is lost on the way.
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
