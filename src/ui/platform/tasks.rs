//! Scheduling of asynchronous tasks: after other tasks or after a paint.

use std::task::{Context, Waker};

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::MessageChannel;

/// Runs a task at once up to its first wait, and the rest later. So its first result is part of the next paint.
pub(crate) fn run_eagerly(task: impl Future<Output = ()> + 'static) {
    let mut task = Box::pin(task);
    if task.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
        spawn_local(task);
    }
}

/// Lets the browser run other tasks. Uses a message, since browsers delay timers.
pub(crate) async fn yield_to_browser() {
    let next = Promise::new(&mut |resolve, _| {
        let sent = MessageChannel::new().and_then(|channel| {
            channel.port1().set_onmessage(Some(&resolve));
            channel.port2().post_message(&JsValue::NULL)
        });
        if sent.is_err() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    let _ = JsFuture::from(next).await;
}

/// Lets pending microtasks of the page run first, without giving control to the browser.
pub(crate) async fn yield_microtasks() {
    /// A task may need several turns to start.
    const TURNS: usize = 4;
    for _ in 0..TURNS {
        let _ = JsFuture::from(Promise::resolve(&JsValue::NULL)).await;
    }
}

/// Waits until the browser has painted the current state. Does not wait in a hidden page, which is not painted, and no
/// longer than three frames.
pub(crate) async fn next_paint() {
    /// Three frames, in milliseconds.
    const MAX_WAIT: i32 = 50;
    let window = gloo::utils::window();
    if gloo::utils::document().hidden() {
        return;
    }
    let frame = Promise::new(&mut |resolve, _| {
        let asked = window.request_animation_frame(&resolve).map(|_| ());
        let late = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, MAX_WAIT);
        if asked.and(late).is_err() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    let _ = JsFuture::from(frame).await;
    yield_to_browser().await;
}
