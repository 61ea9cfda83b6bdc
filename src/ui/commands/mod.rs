//! Everything that a person can do with the page, as one table: keys are dispatched by it, and the list of keys and the
//! command palette are made from it.

mod annotating;
mod keys;
mod page;
mod reading;

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

pub(in crate::ui) use keys::{command, shown};

use self::{annotating::ANNOTATING, page::PAGE, reading::READING};
use super::{
    address::View,
    app::{App, State},
};
use crate::annotation::ArticleRecord;

/// Something that a person can do.
pub(super) struct PageCommand {
    /// What names it in the page.
    pub(super) id: &'static str,
    /// What a person calls it.
    pub(super) name: &'static str,
    pub(super) group: Group,
    /// Its keys, as they are shown but for the names of [`KeyboardEvent::key`]: `Ctrl+Shift+Z`, `ArrowLeft`, `[`.
    pub(super) keys: &'static [&'static str],
    /// What has to be there for it.
    pub(super) needs: Need,
    pub(super) run: fn(&App),
}

/// What commands are listed under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Tag,
    Text,
    Go,
    Edit,
    Page,
}

impl Group {
    pub(super) const ALL: [Self; 5] = [Self::Tag, Self::Text, Self::Go, Self::Edit, Self::Page];

    /// The heading of its list.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Tag => "Tag",
            Self::Text => "Text cursor and selection",
            Self::Go => "Go",
            Self::Edit => "Edit",
            Self::Page => "Page",
        }
    }
}

/// What has to be there before a command can do anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Nothing,
    /// A selected passage, the text cursor, or a focused annotation.
    Passage,
    /// A selected passage.
    Selection,
    /// A selected passage or the text cursor, and a sticky tag.
    Armed,
    /// A focused annotation.
    Focus,
    Undo,
    Redo,
    /// An own article is open.
    OwnArticle,
}

impl Need {
    fn is_met(self, state: &State) -> bool {
        match self {
            Self::Nothing => true,
            Self::Passage => {
                state.passage().is_some() || state.focus.is_some() || state.drafted_here().is_some()
            }
            Self::Selection => state.selection.is_some(),
            Self::Armed => state.passage().is_some() && state.armed.is_some(),
            Self::Focus => state.focus.is_some(),
            Self::OwnArticle => state.open.as_ref().is_some_and(ArticleRecord::is_own),
            Self::Undo => state.session.history().next_undo().is_some(),
            Self::Redo => state.session.history().next_redo().is_some(),
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Passage | Self::Selection => "Select a passage first.",
            Self::Armed => "Select a passage and arm a sticky tag first.",
            Self::Focus => "Focus an annotation first.",
            Self::OwnArticle => "This is for your own articles; open one first.",
            Self::Undo => "Nothing to be undone",
            Self::Redo => "Nothing to be redone",
        }
    }
}

impl PageCommand {
    /// What is missing for it, in words; nothing when it can be done.
    pub(super) fn missing(&self, state: &State) -> Option<&'static str> {
        if state.view != View::Reader && self.is_of_the_text() {
            return Some("Go back to the text first.");
        }
        (!self.needs.is_met(state)).then(|| self.needs.words())
    }

    /// Whether it is for the text in the reader and what is marked there.
    fn is_of_the_text(&self) -> bool {
        const ELSEWHERE: [&str; 9] = [
            "undo",
            "redo",
            LEAVE,
            "search",
            "table",
            "chart",
            "next-article",
            "previous-article",
            "history",
        ];
        self.group != Group::Page && !ELSEWHERE.contains(&self.id)
    }

    /// Does it, or says what is missing.
    pub(super) fn dispatch(&self, app: &App) {
        match app.read(|state| self.missing(state)) {
            None => (self.run)(app),
            Some(words) => app.say(words),
        }
    }

    /// Whether its keys hold where the focus is: those of the text cursor are left to controls that have a use for them.
    pub(super) fn holds_at(&self, event: &KeyboardEvent) -> bool {
        let taken = match self.keys {
            ["Enter"] => "button, a, summary, dialog *",
            [keys] if keys.contains("Arrow") => "dialog *, [popover] *, [role=toolbar] *, select",
            _ => return true,
        };
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        !target.is_some_and(|it| it.matches(taken).unwrap_or(false))
    }

    /// Whether its keys hold while a person writes, too.
    pub(super) fn holds_in_fields(&self) -> bool {
        matches!(self.id, PALETTE | FIND_NEXT | FIND_PREVIOUS)
    }
}

/// The command that leaves whatever one is in.
pub(super) const LEAVE: &str = "leave";
const PALETTE: &str = "palette";
const FIND_NEXT: &str = "find-next";
const FIND_PREVIOUS: &str = "find-previous";

/// All of them, in the order in which they are listed.
pub(super) fn all() -> impl Iterator<Item = &'static PageCommand> {
    [ANNOTATING, READING, PAGE].into_iter().flatten()
}
