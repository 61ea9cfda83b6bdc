//! Which tabs are alive. Each holds a lock of its name, which the browser lets go when the tab is gone, however it ended.

use std::{cell::Cell, rc::Rc};

use gloo::timers::callback::Timeout;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// A lock that this tab holds until this is dropped.
#[derive(Debug)]
pub struct Lock {
    release: Function,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A promise that is kept cannot fail.
        let _ = self.release.call0(&JsValue::NULL);
    }
}

/// What came of asking for a lock.
#[derive(Debug)]
pub enum Asked {
    /// This tab has it.
    Ours(Lock),
    /// Another has it.
    Taken,
    /// This browser has no locks, or not for this page.
    None,
}

/// Asks for the lock of this name, and waits for it at most so many milliseconds.
pub async fn lock(name: &str, patience: u32) -> Asked {
    let Some((locks, request)) = door() else { return Asked::None };
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &(patience == 0).into());
    let late = Rc::new(Cell::new(false));
    let mut timer = None;
    // Kept with a function that lets the lock go, with null where another has it, or with nothing where there is none.
    let answer = Promise::new(&mut |answer, _| {
        let (tell, gone) = (answer.clone(), Rc::clone(&late));
        let granted = Closure::once_into_js(move |lock: JsValue| {
            // The browser takes the lock back when this promise is kept.
            Promise::new(&mut |release, _| {
                let ours = !lock.is_null() && !gone.get();
                let _ = if ours {
                    tell.call1(&JsValue::NULL, &release)
                } else {
                    release.call0(&JsValue::NULL).and(tell.call1(&JsValue::NULL, &JsValue::NULL))
                };
            })
        });
        let asked = request.call3(&locks, &name.into(), &options, &granted);
        let tell = answer.clone();
        spawn_local(async move {
            let held = match asked.and_then(JsCast::dyn_into::<Promise>) {
                Ok(held) => JsFuture::from(held).await,
                Err(error) => Err(error),
            };
            if held.is_err() {
                let _ = tell.call0(&JsValue::NULL);
            }
        });
        if patience > 0 {
            let gone = Rc::clone(&late);
            timer = Some(Timeout::new(patience, move || {
                gone.set(true);
                let _ = answer.call1(&JsValue::NULL, &JsValue::NULL);
            }));
        }
    });
    let answer = JsFuture::from(answer).await.unwrap_or_default();
    drop(timer);
    match answer.dyn_into::<Function>() {
        Ok(release) => Asked::Ours(Lock { release }),
        Err(answer) if answer.is_null() => Asked::Taken,
        Err(_) => Asked::None,
    }
}

/// The browser's locks and how they are asked for; `web-sys` does not have them yet.
fn door() -> Option<(JsValue, Function)> {
    let locks = Reflect::get(&gloo::utils::window().navigator(), &"locks".into()).ok()?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}
