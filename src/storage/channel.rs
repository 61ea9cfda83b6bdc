//! Messages between the page's tabs.

use gloo::events::EventListener;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// The name of the broadcast channel.
const NAME: &str = "glossator";

/// A message from one tab to the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// These items (key and value) are now in the durable copy.
    Items(Vec<(String, String)>),
    /// Everything is about to be deleted; the other tabs must stop writing.
    Clearing,
    /// The deletion has ended, successfully or not.
    Cleared,
}

/// A connection to the other tabs of this browser.
#[derive(Debug)]
pub struct Channel {
    channel: BroadcastChannel,
    _listener: EventListener,
}

impl Channel {
    /// Opens the channel and calls `receive` with each message. `None` if the browser has no broadcast channels.
    pub fn open(receive: impl Fn(Message) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(NAME).ok()?;
        let listener = EventListener::new(&channel, "message", move |event| {
            let message = event.dyn_ref::<MessageEvent>().and_then(|it| parse(&it.data()));
            if let Some(message) = message {
                receive(message);
            }
        });
        Some(Self { channel, _listener: listener })
    }

    /// Sends a message to the other tabs.
    pub fn send(&self, message: &Message) {
        // If that fails, the other tabs read the changes when they are reloaded.
        let _ = self.channel.post_message(&write(message));
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

fn write(message: &Message) -> JsValue {
    match message {
        Message::Items(items) => {
            let pairs: Array =
                items.iter().map(|(key, value)| Array::of2(&key.into(), &value.into())).collect();
            Array::of2(&"items".into(), &pairs).into()
        }
        Message::Clearing => Array::of1(&"clearing".into()).into(),
        Message::Cleared => Array::of1(&"cleared".into()).into(),
    }
}

/// Parses a message. Messages that only a later version knows are ignored.
fn parse(data: &JsValue) -> Option<Message> {
    let parts = data.dyn_ref::<Array>()?;
    match parts.get(0).as_string()?.as_str() {
        "items" => {
            let items = parts.get(1).dyn_into::<Array>().ok()?;
            let pair = |it: JsValue| {
                let it = it.dyn_into::<Array>().ok()?;
                Some((it.get(0).as_string()?, it.get(1).as_string()?))
            };
            Some(Message::Items(items.iter().filter_map(pair).collect()))
        }
        "clearing" => Some(Message::Clearing),
        "cleared" => Some(Message::Cleared),
        _ => None,
    }
}
