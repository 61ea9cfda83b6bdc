//! The backup file: a file that the person chose and that the page rewrites by itself, if the browser supports that.
//!
//! Not all browsers have the File System Access API, so its methods are looked up by name.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The browser's handle of the file.
#[derive(Clone, Debug)]
pub(crate) struct BackupFile(JsValue);

/// The permission to write to the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Permission {
    Given,
    /// Not asked for on this visit, or withdrawn.
    Missing,
}

/// True if the browser supports writing to files.
pub(crate) fn is_available() -> bool {
    method(&gloo::utils::window(), "showSaveFilePicker").is_ok()
}

impl BackupFile {
    /// The key of the handle in the database.
    pub(crate) const KEY: &str = "backup";

    /// The file of an earlier visit, from the database.
    pub(crate) fn kept(handle: JsValue) -> Option<Self> {
        handle.is_object().then_some(Self(handle))
    }

    /// The handle, to be saved in the database.
    pub(crate) fn handle(&self) -> &JsValue {
        &self.0
    }

    /// Lets the person choose a file. Returns `None` if they cancel. Call it from a click.
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

    /// The name of the file, without its folder, which browsers do not reveal.
    pub(crate) fn name(&self) -> String {
        name_of(&self.0)
    }

    /// The permission to write. With `ask`, the browser asks the person; call it from a click then.
    pub(crate) async fn permission(&self, ask: bool) -> Permission {
        let options = object(&[("mode", "readwrite".into())]);
        let question = if ask { "requestPermission" } else { "queryPermission" };
        let given = match method(&self.0, question) {
            Ok(_) => call(&self.0, question, &options).await.is_ok_and(|it| it == "granted"),
            // Without such a method, there is no permission to ask for.
            Err(_) => true,
        };
        if given { Permission::Given } else { Permission::Missing }
    }

    /// Rewrites the file. The browser replaces the old content only when all of the new one is written.
    pub(crate) async fn write(&self, text: &str) -> Result<(), JsValue> {
        let stream = call(&self.0, "createWritable", &JsValue::UNDEFINED).await?;
        call(&stream, "write", &text.into()).await?;
        call(&stream, "close", &JsValue::UNDEFINED).await?;
        Ok(())
    }
}

/// The message of an error.
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

/// Calls a method that returns a promise, and waits for it.
async fn call(of: &JsValue, name: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let promise: Promise = method(of, name)?.call1(of, argument)?.dyn_into()?;
    JsFuture::from(promise).await
}
