//! Everything that a person can do with the page. Keys are dispatched by it, and the list of keys and the command palette are
//! made from it. Each feature has its own commands.

mod keys;

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

pub(crate) use keys::{command, shown};

use super::{
    State, Store, feature,
    features::{announcements, location::View},
};

/// Something that a person can do.
pub(crate) struct PageCommand {
    /// The name in the page.
    pub(crate) id: &'static str,
    /// What a person calls it.
    pub(crate) name: &'static str,
    pub(crate) group: Group,
    /// Its keys, as they are shown but for the names of [`KeyboardEvent::key`]: `Ctrl+Shift+Z`, `ArrowLeft`, `[`.
    pub(crate) keys: &'static [&'static str],
    /// What is missing before it can be run, in words; nothing if nothing is.
    pub(crate) missing: fn(&State) -> Option<&'static str>,
    /// True if it can be run in every view, and not only in the reader.
    pub(crate) in_every_view: bool,
    /// True if its keys work in a field, too.
    pub(crate) in_fields: bool,
    pub(crate) run: fn(&Store),
}

impl PageCommand {
    /// A command of the reader that can always be run, to be completed.
    pub(crate) const NEW: Self = Self {
        id: "",
        name: "",
        group: Group::Page,
        keys: &[],
        missing: |_| None,
        in_every_view: false,
        in_fields: false,
        run: |_| {},
    };

    /// What is missing before it can be run, in words; nothing if nothing is.
    pub(crate) fn missing(&self, state: &State) -> Option<&'static str> {
        if state.location.view() != View::Reader && !self.in_every_view {
            return Some("Go back to the text first.");
        }
        (self.missing)(state)
    }

    /// Runs it, or says what is missing.
    pub(crate) fn dispatch(&self, store: &Store) {
        match store.read(|state| self.missing(state)) {
            None => (self.run)(store),
            Some(words) => announcements::announce(store, words),
        }
    }

    /// True if its keys work where the focus is. Controls that have a use for the keys of the text cursor have them.
    pub(crate) fn holds_at(&self, event: &KeyboardEvent) -> bool {
        let taken = match self.keys {
            ["Enter"] => "button, a, summary, dialog *",
            [keys] if keys.contains("Arrow") => "dialog *, [popover] *, [role=toolbar] *, select",
            _ => return true,
        };
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        !target.is_some_and(|it| it.matches(taken).unwrap_or(false))
    }
}

/// The heading that commands are listed under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Tag,
    Text,
    Go,
    Edit,
    Page,
}

impl Group {
    pub(crate) const ALL: [Self; 5] = [Self::Tag, Self::Text, Self::Go, Self::Edit, Self::Page];

    /// The words of the heading.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Tag => "Tag",
            Self::Text => "Text cursor and selection",
            Self::Go => "Navigation",
            Self::Edit => "Edit",
            Self::Page => "Page",
        }
    }
}

/// The command that leaves whatever the person is in.
pub(crate) const LEAVE: &str = "leave";

/// All commands, by group.
pub(crate) fn all() -> impl Iterator<Item = &'static PageCommand> {
    let commands = || feature::all().flat_map(|it| it.commands);
    Group::ALL.into_iter().flat_map(move |group| commands().filter(move |it| it.group == group))
}
