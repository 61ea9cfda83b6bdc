//! When a task goes on: after other tasks, or after a paint.

use std::task::{Context, Waker};

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::MessageChannel;

/// Begins a task at once, and goes on with it when there is time: what it shows first is in the page when that is drawn, which
/// is then not drawn twice.
pub(crate) fn begin(task: impl Future<Output = ()> + 'static) {
    let mut task = Box::pin(task);
    if task.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
        spawn_local(task);
    }
}

/// Lets the browser do what else it has to do. A message to oneself and not a timer, which browsers hold back.
pub(crate) async fn give_way() {
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

/// Lets other tasks of the page begin that wait for nothing any more, before the browser draws or tells of anything.
pub(crate) async fn stand_back() {
    /// A task goes on in the turn after the one in which what it waited for was there.
    const TURNS: usize = 4;
    for _ in 0..TURNS {
        let _ = JsFuture::from(Promise::resolve(&JsValue::NULL)).await;
    }
}

/// Waits until the browser has drawn what was changed. In a page that nobody sees nothing is drawn, and nothing waited for; where
/// a browser draws late for another reason, it is not waited for long.
pub(crate) async fn drawn() {
    /// Three frames, in milliseconds.
    const LATE: i32 = 50;
    let window = gloo::utils::window();
    if gloo::utils::document().hidden() {
        return;
    }
    let frame = Promise::new(&mut |resolve, _| {
        let asked = window.request_animation_frame(&resolve).map(|_| ());
        let late = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, LATE);
        if asked.and(late).is_err() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    let _ = JsFuture::from(frame).await;
    give_way().await;
}
