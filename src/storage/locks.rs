//! Which tabs are open. Each tab holds a lock with its name; the browser releases it when the tab ends, even by a
//! crash.

use std::{cell::Cell, rc::Rc};

use gloo::timers::callback::Timeout;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// A lock that this tab holds until the value is dropped.
#[derive(Debug)]
pub struct Lock {
    release: Function,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Resolving a promise cannot fail.
        let _ = self.release.call0(&JsValue::NULL);
    }
}

/// The result of requesting a lock.
#[derive(Debug)]
pub enum LockOutcome {
    /// This tab holds the lock.
    Granted(Lock),
    /// Another tab holds the lock.
    Taken,
    /// The browser has no locks, or denies them to this page.
    Unsupported,
}

/// Requests the lock with this name, and waits for it at most `timeout` milliseconds.
pub async fn lock(name: &str, timeout: u32) -> LockOutcome {
    let Some((locks, request)) = lock_manager() else { return LockOutcome::Unsupported };
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &(timeout == 0).into());
    let timed_out = Rc::new(Cell::new(false));
    let mut timer = None;
    // Resolves to a function that releases the lock, to null if another tab holds it, or to undefined without support.
    let answer = Promise::new(&mut |answer, _| {
        let (resolve, expired) = (answer.clone(), Rc::clone(&timed_out));
        let granted = Closure::once_into_js(move |lock: JsValue| {
            // The browser releases the lock when this promise resolves.
            Promise::new(&mut |release, _| {
                let is_ours = !lock.is_null() && !expired.get();
                let _ = if is_ours {
                    resolve.call1(&JsValue::NULL, &release)
                } else {
                    release.call0(&JsValue::NULL).and(resolve.call1(&JsValue::NULL, &JsValue::NULL))
                };
            })
        });
        let asked = request.call3(&locks, &name.into(), &options, &granted);
        let resolve = answer.clone();
        spawn_local(async move {
            let held = match asked.and_then(JsCast::dyn_into::<Promise>) {
                Ok(held) => JsFuture::from(held).await,
                Err(error) => Err(error),
            };
            if held.is_err() {
                let _ = resolve.call0(&JsValue::NULL);
            }
        });
        if timeout > 0 {
            let expired = Rc::clone(&timed_out);
            timer = Some(Timeout::new(timeout, move || {
                expired.set(true);
                let _ = answer.call1(&JsValue::NULL, &JsValue::NULL);
            }));
        }
    });
    let answer = JsFuture::from(answer).await.unwrap_or_default();
    drop(timer);
    match answer.dyn_into::<Function>() {
        Ok(release) => LockOutcome::Granted(Lock { release }),
        Err(answer) if answer.is_null() => LockOutcome::Taken,
        Err(_) => LockOutcome::Unsupported,
    }
}

/// The browser's lock manager and its `request` function; `web-sys` does not have them yet.
fn lock_manager() -> Option<(JsValue, Function)> {
    let locks = Reflect::get(&gloo::utils::window().navigator(), &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}
