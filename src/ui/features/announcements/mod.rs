//! What assistive technology is told of what a command did.

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
    /// Counts the announcements, so that the same words can be announced again.
    number: u32,
    text: String,
}

impl Announcements {
    /// Announces something.
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
    // A screen reader does not read the same text again: a space makes it another one.
    let text = if number % 2 == 0 { text } else { format!("{text}\u{a0}") };
    html! { <div id="live" class="away" role="status" aria-live="polite">{ text }</div> }
}
