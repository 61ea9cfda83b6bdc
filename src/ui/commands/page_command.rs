//! A command, and the group that it is listed in.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::ui::{State, Store, features::location::View};

/// Something that a person can do.
pub(crate) struct PageCommand {
    /// The name in the DOM.
    pub(crate) id: &'static str,
    /// The name that is shown.
    pub(crate) name: &'static str,
    pub(crate) group: Group,
    /// The keys that run it, with the names of [`KeyboardEvent::key`]: `Ctrl+Shift+Z`, `ArrowLeft`, `[`.
    pub(crate) keys: &'static [&'static str],
    /// Why it cannot be run now, in words, or `None` if it can.
    pub(crate) missing: fn(&State) -> Option<&'static str>,
    /// True if it can be run in every view, and not only in the reader.
    pub(crate) in_every_view: bool,
    /// True if its keys work in a field, too.
    pub(crate) in_fields: bool,
    pub(crate) run: fn(&Store),
}

impl PageCommand {
    /// The defaults of a command: it can always be run, in the reader only.
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

    /// Why it cannot be run now, in words, or `None` if it can.
    pub(crate) fn missing(&self, state: &State) -> Option<&'static str> {
        if state.location.view() != View::Reader && !self.in_every_view {
            return Some("Go back to the text first.");
        }
        (self.missing)(state)
    }

    /// Runs the command, or announces why it cannot be run.
    pub(crate) fn dispatch(&self, store: &Store) {
        match store.read(|state| self.missing(state)) {
            None => (self.run)(store),
            Some(words) => store.update(|state| state.announcements.say(words)),
        }
    }

    /// True if its keys run it where the focus is. Some controls need Enter or the arrow keys themselves.
    pub(crate) fn is_active_at(&self, event: &KeyboardEvent) -> bool {
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

/// The id of the command that Escape runs.
pub(crate) const LEAVE: &str = "leave";
