//! Announcements to assistive technology, which say what a command did. They are not visible; notices are.

use yew::prelude::*;

use crate::ui::{
    Store,
    feature::{Feature, Region},
    use_view,
};

pub(crate) const FEATURE: Feature =
    Feature { view: Some((Region::Overlay, || html! { <Live /> })), ..Feature::NONE };

pub(crate) type Slice = Announcements;

/// The latest announcement.
#[derive(Debug, Default)]
pub(crate) struct Announcements {
    /// The number of announcements so far, so that the same text can be announced twice.
    number: u32,
    text: String,
}

impl Announcements {
    /// Replaces the announcement.
    pub(crate) fn say(&mut self, text: impl Into<String>) {
        self.number = self.number.wrapping_add(1);
        self.text = text.into();
    }
}

/// Announces something to assistive technology.
pub(crate) fn announce(store: &Store, text: impl Into<String>) {
    store.update(|state| state.announcements.say(text));
}

/// The live region.
#[component]
fn Live() -> Html {
    let (number, text) = use_view(|state| (state.announcements.number, state.announcements.text.clone()));
    // A screen reader does not read the same text twice in a row. A trailing space makes it different.
    let text = if number % 2 == 0 { text } else { format!("{text}\u{a0}") };
    html! { <div id="live" class="away" role="status" aria-live="polite">{ text }</div> }
}
