//! A file that the person chose and that the page writes again by itself, where the browser lets a page do that.
//!
//! The browser's interface for it is not settled everywhere, so it is asked for by name.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The file, as the browser hands it out.
#[derive(Clone, Debug)]
pub(crate) struct BackupFile(JsValue);

/// Whether the person lets the page write to the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Permission {
    Given,
    /// Not yet on this visit, or no longer.
    Missing,
}

/// Whether this browser lets a page write to a file at all.
pub(crate) fn is_available() -> bool {
    method(&gloo::utils::window(), "showSaveFilePicker").is_ok()
}

impl BackupFile {
    /// The name under which the database keeps the file for the next visit.
    pub(crate) const KEY: &str = "backup";

    /// The file that was kept on an earlier visit.
    pub(crate) fn kept(handle: JsValue) -> Option<Self> {
        handle.is_object().then_some(Self(handle))
    }

    /// What the database is to keep.
    pub(crate) fn handle(&self) -> &JsValue {
        &self.0
    }

    /// Has the person choose a file; nothing when they think better of it. Must come of a click.
    pub(crate) async fn choose(name: &str) -> Result<Option<Self>, JsValue> {
        let kind = object(&[
            ("description", "Glossator backup".into()),
            ("accept", object(&[("application/json", Array::of1(&".json".into()).into())])),
        ]);
        let options = object(&[("suggestedName", name.into()), ("types", Array::of1(&kind).into())]);
        match call(&gloo::utils::window(), "showSaveFilePicker", &options).await {
            Ok(handle) => Ok(Some(Self(handle))),
            Err(error) if name_of(&error) == "AbortError" => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The file's name, without the folder, which the browser keeps to itself.
    pub(crate) fn name(&self) -> String {
        name_of(&self.0)
    }

    /// Whether the page may write to it; `ask` asks the person, which must come of a click.
    pub(crate) async fn permission(&self, ask: bool) -> Permission {
        let options = object(&[("mode", "readwrite".into())]);
        let question = if ask { "requestPermission" } else { "queryPermission" };
        let given = match method(&self.0, question) {
            Ok(_) => call(&self.0, question, &options).await.is_ok_and(|it| it == "granted"),
            // Where there is nothing to ask, there is nothing to be refused.
            Err(_) => true,
        };
        if given { Permission::Given } else { Permission::Missing }
    }

    /// Writes the file anew. The browser puts it in the place of the former one when all of it is there.
    pub(crate) async fn write(&self, text: &str) -> Result<(), JsValue> {
        let stream = call(&self.0, "createWritable", &JsValue::UNDEFINED).await?;
        call(&stream, "write", &text.into()).await?;
        call(&stream, "close", &JsValue::UNDEFINED).await?;
        Ok(())
    }
}

/// The error in words.
pub(crate) fn message(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|it| it.as_string());
    message.filter(|it| !it.is_empty()).unwrap_or_else(|| "the browser gave no reason".to_owned())
}

fn name_of(object: &JsValue) -> String {
    Reflect::get(object, &"name".into()).ok().and_then(|it| it.as_string()).unwrap_or_default()
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

fn method(of: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(of, &name.into())?.dyn_into()
}

/// Calls a method that promises something, and waits for it.
async fn call(of: &JsValue, name: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let promise: Promise = method(of, name)?.call1(of, argument)?.dyn_into()?;
    JsFuture::from(promise).await
}
