//! The page's other tabs.

use gloo::events::EventListener;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// The name of the channel.
const NAME: &str = "glossator";

/// What one tab tells the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// These items, by key, are in the durable copy now.
    Items(Vec<(String, String)>),
    /// Everything is about to be deleted: nothing is to be written any more.
    Clearing,
    /// Everything is deleted; or some of it could not be.
    Cleared,
}

/// A line to the other tabs of this browser; where it has none, nothing is told and nothing heard.
#[derive(Debug)]
pub struct Channel {
    channel: BroadcastChannel,
    _listener: EventListener,
}

impl Channel {
    /// Opens the line, and calls `hear` with each message.
    pub fn open(hear: impl Fn(Message) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(NAME).ok()?;
        let listener = EventListener::new(&channel, "message", move |event| {
            let message = event.dyn_ref::<MessageEvent>().and_then(|it| parse(&it.data()));
            if let Some(message) = message {
                hear(message);
            }
        });
        Some(Self { channel, _listener: listener })
    }

    /// Tells the other tabs.
    pub fn tell(&self, message: &Message) {
        // What cannot be told is read when the other tab is opened again.
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

/// A message of this program; what a later one says beyond that is passed over.
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
