//! Everything that a person can do with the page, as one table: keys are dispatched by it, and the list of keys and the
//! command palette are made from it.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::{
    address::View,
    app::{App, Bound, Dialog, Direction, Motion, Scope, Settings, State, TextSize, Theme},
    platform,
};
use crate::{
    annotation::{ArticleRecord, Tag},
    text::Granularity,
};

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
pub(super) const COMMANDS: &[PageCommand] = &[
    PageCommand {
        id: "tag-proposal",
        name: "Tag as Proposal, or change to it",
        group: Group::Tag,
        keys: &["1"],
        needs: Need::Passage,
        run: |app| app.tag(Tag::Proposal),
    },
    PageCommand {
        id: "tag-argument",
        name: "Tag as Argument, or change to it",
        group: Group::Tag,
        keys: &["2"],
        needs: Need::Passage,
        run: |app| app.tag(Tag::Argument),
    },
    PageCommand {
        id: "tag-prediction",
        name: "Tag as Prediction, or change to it",
        group: Group::Tag,
        keys: &["3"],
        needs: Need::Passage,
        run: |app| app.tag(Tag::Prediction),
    },
    PageCommand {
        id: "arm-proposal",
        name: "Tag each selection as Proposal at once, until Esc",
        group: Group::Tag,
        keys: &["Shift+1"],
        needs: Need::Nothing,
        run: |app| app.arm(Tag::Proposal),
    },
    PageCommand {
        id: "arm-argument",
        name: "Tag each selection as Argument at once, until Esc",
        group: Group::Tag,
        keys: &["Shift+2"],
        needs: Need::Nothing,
        run: |app| app.arm(Tag::Argument),
    },
    PageCommand {
        id: "arm-prediction",
        name: "Tag each selection as Prediction at once, until Esc",
        group: Group::Tag,
        keys: &["Shift+3"],
        needs: Need::Nothing,
        run: |app| app.arm(Tag::Prediction),
    },
    PageCommand {
        id: "tag-armed",
        name: "Tag the passage with the sticky tag",
        group: Group::Tag,
        keys: &["Enter"],
        needs: Need::Armed,
        run: App::tag_armed,
    },
    PageCommand {
        id: "snap",
        name: "Select by character, word, sentence or paragraph, in turn",
        group: Group::Text,
        keys: &["S"],
        needs: Need::Nothing,
        run: App::snap_to_next,
    },
    PageCommand {
        id: "cursor-right",
        name: "Text cursor: next piece",
        group: Group::Text,
        keys: &["ArrowRight"],
        needs: Need::Nothing,
        run: |app| app.move_cursor(Motion { forward: true, by: None, grow: false }),
    },
    PageCommand {
        id: "cursor-left",
        name: "Text cursor: previous piece",
        group: Group::Text,
        keys: &["ArrowLeft"],
        needs: Need::Nothing,
        run: |app| app.move_cursor(Motion { forward: false, by: None, grow: false }),
    },
    PageCommand {
        id: "cursor-word-right",
        name: "Text cursor: next word",
        group: Group::Text,
        keys: &["Ctrl+ArrowRight"],
        needs: Need::Nothing,
        run: |app| app.move_cursor(Motion { forward: true, by: Some(Granularity::Word), grow: false }),
    },
    PageCommand {
        id: "cursor-word-left",
        name: "Text cursor: previous word",
        group: Group::Text,
        keys: &["Ctrl+ArrowLeft"],
        needs: Need::Nothing,
        run: |app| app.move_cursor(Motion { forward: false, by: Some(Granularity::Word), grow: false }),
    },
    PageCommand {
        id: "cursor-down",
        name: "Text cursor: next paragraph",
        group: Group::Text,
        keys: &["ArrowDown"],
        needs: Need::Nothing,
        run: |app| app.move_cursor(Motion { forward: true, by: Some(Granularity::Paragraph), grow: false }),
    },
    PageCommand {
        id: "cursor-up",
        name: "Text cursor: previous paragraph",
        group: Group::Text,
        keys: &["ArrowUp"],
        needs: Need::Nothing,
        run: |app| app.move_cursor(Motion { forward: false, by: Some(Granularity::Paragraph), grow: false }),
    },
    PageCommand {
        id: "select-right",
        name: "Selection: forward by a piece",
        group: Group::Text,
        keys: &["Shift+ArrowRight"],
        needs: Need::Nothing,
        run: |app| app.move_cursor(Motion { forward: true, by: None, grow: true }),
    },
    PageCommand {
        id: "select-left",
        name: "Selection: backward by a piece",
        group: Group::Text,
        keys: &["Shift+ArrowLeft"],
        needs: Need::Nothing,
        run: |app| app.move_cursor(Motion { forward: false, by: None, grow: true }),
    },
    PageCommand {
        id: "select-word-right",
        name: "Selection: forward by a word",
        group: Group::Text,
        keys: &["Ctrl+Shift+ArrowRight"],
        needs: Need::Nothing,
        run: |app| app.move_cursor(Motion { forward: true, by: Some(Granularity::Word), grow: true }),
    },
    PageCommand {
        id: "select-word-left",
        name: "Selection: backward by a word",
        group: Group::Text,
        keys: &["Ctrl+Shift+ArrowLeft"],
        needs: Need::Nothing,
        run: |app| app.move_cursor(Motion { forward: false, by: Some(Granularity::Word), grow: true }),
    },
    PageCommand {
        id: "select-down",
        name: "Selection: forward by a paragraph",
        group: Group::Text,
        keys: &["Shift+ArrowDown"],
        needs: Need::Nothing,
        run: |app| app.move_cursor(Motion { forward: true, by: Some(Granularity::Paragraph), grow: true }),
    },
    PageCommand {
        id: "select-up",
        name: "Selection: backward by a paragraph",
        group: Group::Text,
        keys: &["Shift+ArrowUp"],
        needs: Need::Nothing,
        run: |app| app.move_cursor(Motion { forward: false, by: Some(Granularity::Paragraph), grow: true }),
    },
    PageCommand {
        id: "other-end",
        name: "Selection: move the other end from now on",
        group: Group::Text,
        keys: &["E"],
        needs: Need::Selection,
        run: App::swap_ends,
    },
    PageCommand {
        id: "next",
        name: "Next annotation",
        group: Group::Go,
        keys: &["J"],
        needs: Need::Nothing,
        run: |app| app.step(Direction::Next),
    },
    PageCommand {
        id: "previous",
        name: "Previous annotation",
        group: Group::Go,
        keys: &["K"],
        needs: Need::Nothing,
        run: |app| app.step(Direction::Previous),
    },
    PageCommand {
        id: "overlapping",
        name: "Next of the annotations that overlap here",
        group: Group::Go,
        keys: &["O"],
        needs: Need::Nothing,
        run: App::cycle,
    },
    PageCommand {
        id: "next-article",
        name: "Next article",
        group: Group::Go,
        keys: &["Shift+J"],
        needs: Need::Nothing,
        run: |app| app.turn_to(Direction::Next),
    },
    PageCommand {
        id: "previous-article",
        name: "Previous article",
        group: Group::Go,
        keys: &["Shift+K"],
        needs: Need::Nothing,
        run: |app| app.turn_to(Direction::Previous),
    },
    PageCommand {
        id: "search",
        name: "Search",
        group: Group::Go,
        keys: &["/"],
        needs: Need::Nothing,
        run: App::search,
    },
    PageCommand {
        id: FIND_NEXT,
        name: "Next place where the words are",
        group: Group::Go,
        keys: &["F3"],
        needs: Need::Nothing,
        run: |app| app.find(Direction::Next),
    },
    PageCommand {
        id: FIND_PREVIOUS,
        name: "Previous place where the words are",
        group: Group::Go,
        keys: &["Shift+F3"],
        needs: Need::Nothing,
        run: |app| app.find(Direction::Previous),
    },
    PageCommand {
        id: "table",
        name: "Table of all annotations",
        group: Group::Go,
        keys: &["T"],
        needs: Need::Nothing,
        run: |app| app.show_or_leave(View::Table),
    },
    PageCommand {
        id: "chart",
        name: "Chart of tags by article",
        group: Group::Go,
        keys: &["C"],
        needs: Need::Nothing,
        run: |app| app.show_or_leave(View::Chart),
    },
    PageCommand {
        id: "copy-link",
        name: "Copy the link of the annotation or the article",
        group: Group::Go,
        keys: &["L"],
        needs: Need::Nothing,
        run: App::copy_link,
    },
    PageCommand {
        id: "copy-article-link",
        name: "Copy the link of the article",
        group: Group::Go,
        keys: &[],
        needs: Need::Nothing,
        run: |app| app.read(|state| state.open.clone()).iter().for_each(|it| app.copy_link_of(it)),
    },
    PageCommand {
        id: "note",
        name: "Write the note",
        group: Group::Edit,
        keys: &["N"],
        needs: Need::Passage,
        run: App::write_note,
    },
    PageCommand {
        id: "merge",
        name: "Merge with the annotation that touches it",
        group: Group::Edit,
        keys: &["M"],
        needs: Need::Focus,
        run: App::merge,
    },
    PageCommand {
        id: "split",
        name: "Split the annotation at the cursor",
        group: Group::Edit,
        keys: &["X"],
        needs: Need::Focus,
        run: App::split,
    },
    PageCommand {
        id: "tag-others",
        name: "Tag the same words elsewhere",
        group: Group::Tag,
        keys: &["A"],
        needs: Need::Passage,
        run: App::tag_others,
    },
    PageCommand {
        id: "duplicate",
        name: "Duplicate the annotation under another tag",
        group: Group::Edit,
        keys: &["D"],
        needs: Need::Focus,
        run: App::choose_second_tag,
    },
    PageCommand {
        id: "duplicate-proposal",
        name: "Duplicate as Proposal",
        group: Group::Edit,
        keys: &[],
        needs: Need::Focus,
        run: |app| app.duplicate(Tag::Proposal),
    },
    PageCommand {
        id: "duplicate-argument",
        name: "Duplicate as Argument",
        group: Group::Edit,
        keys: &[],
        needs: Need::Focus,
        run: |app| app.duplicate(Tag::Argument),
    },
    PageCommand {
        id: "duplicate-prediction",
        name: "Duplicate as Prediction",
        group: Group::Edit,
        keys: &[],
        needs: Need::Focus,
        run: |app| app.duplicate(Tag::Prediction),
    },
    PageCommand {
        id: "bound-end-forward",
        name: "Bounds: move the end, forward",
        group: Group::Edit,
        keys: &["]"],
        needs: Need::Passage,
        run: |app| app.move_bound(Bound::End, true),
    },
    PageCommand {
        id: "bound-end-backward",
        name: "Bounds: move the end, backward",
        group: Group::Edit,
        keys: &["["],
        needs: Need::Passage,
        run: |app| app.move_bound(Bound::End, false),
    },
    PageCommand {
        id: "bound-start-backward",
        name: "Bounds: move the start, backward",
        group: Group::Edit,
        keys: &["Shift+["],
        needs: Need::Passage,
        run: |app| app.move_bound(Bound::Start, false),
    },
    PageCommand {
        id: "bound-start-forward",
        name: "Bounds: move the start, forward",
        group: Group::Edit,
        keys: &["Shift+]"],
        needs: Need::Passage,
        run: |app| app.move_bound(Bound::Start, true),
    },
    PageCommand {
        id: "delete",
        name: "Delete the annotation",
        group: Group::Edit,
        keys: &["Delete", "Backspace"],
        needs: Need::Focus,
        run: |app| app.read(|state| state.focus).into_iter().for_each(|it| app.delete(it)),
    },
    PageCommand {
        id: "undo",
        name: "Undo",
        group: Group::Edit,
        keys: &["Ctrl+Z"],
        needs: Need::Undo,
        run: |app| app.travel(true),
    },
    PageCommand {
        id: "redo",
        name: "Redo",
        group: Group::Edit,
        keys: &["Ctrl+Shift+Z", "Ctrl+Y"],
        needs: Need::Redo,
        run: |app| app.travel(false),
    },
    PageCommand {
        id: "history",
        name: "What was done, step by step",
        group: Group::Edit,
        keys: &["H"],
        needs: Need::Nothing,
        run: |app| app.dialog(Some(Dialog::History)),
    },
    PageCommand {
        id: LEAVE,
        name: "Leave the note, the selection, the sticky tag, the text cursor, or the annotation",
        group: Group::Edit,
        keys: &["Escape"],
        needs: Need::Nothing,
        run: App::clear,
    },
    PageCommand {
        id: PALETTE,
        name: "All commands",
        group: Group::Page,
        keys: &["Ctrl+K"],
        needs: Need::Nothing,
        run: |app| app.dialog(Some(Dialog::Palette)),
    },
    PageCommand {
        id: "help",
        name: "Keyboard shortcuts",
        group: Group::Page,
        keys: &["?"],
        needs: Need::Nothing,
        run: |app| app.dialog(Some(Dialog::Keys)),
    },
    PageCommand {
        id: "codebook",
        name: "Codebook",
        group: Group::Page,
        keys: &[],
        needs: Need::Nothing,
        run: |app| app.dialog(Some(Dialog::Codebook)),
    },
    PageCommand {
        id: "filter-proposal",
        name: "Show or hide proposals",
        group: Group::Page,
        keys: &[],
        needs: Need::Nothing,
        run: |app| app.toggle(Tag::Proposal),
    },
    PageCommand {
        id: "filter-argument",
        name: "Show or hide arguments",
        group: Group::Page,
        keys: &[],
        needs: Need::Nothing,
        run: |app| app.toggle(Tag::Argument),
    },
    PageCommand {
        id: "filter-prediction",
        name: "Show or hide predictions",
        group: Group::Page,
        keys: &[],
        needs: Need::Nothing,
        run: |app| app.toggle(Tag::Prediction),
    },
    PageCommand {
        id: "add-text",
        name: "Add a text",
        group: Group::Page,
        keys: &["P"],
        needs: Need::Nothing,
        run: App::ask_for_text,
    },
    PageCommand {
        id: "rename-article",
        name: "Rename the open article",
        group: Group::Page,
        keys: &["F2"],
        needs: Need::OwnArticle,
        run: |app| app.with_own(|app, it| app.rename(Some(it))),
    },
    PageCommand {
        id: "move-article-up",
        name: "Move the open article up",
        group: Group::Page,
        keys: &[],
        needs: Need::OwnArticle,
        run: |app| app.with_own(|app, it| app.move_article(it, true)),
    },
    PageCommand {
        id: "move-article-down",
        name: "Move the open article down",
        group: Group::Page,
        keys: &[],
        needs: Need::OwnArticle,
        run: |app| app.with_own(|app, it| app.move_article(it, false)),
    },
    PageCommand {
        id: "replace-text",
        name: "Replace the open article’s text",
        group: Group::Page,
        keys: &[],
        needs: Need::OwnArticle,
        run: |app| app.with_own(App::ask_for_newer),
    },
    PageCommand {
        id: "remove-article",
        name: "Remove the open article",
        group: Group::Page,
        keys: &[],
        needs: Need::OwnArticle,
        run: |app| app.with_own(App::remove_article),
    },
    PageCommand {
        id: "import",
        name: "Import files",
        group: Group::Page,
        keys: &[],
        needs: Need::Nothing,
        run: |_| platform::click(super::import::INPUT),
    },
    PageCommand {
        id: "export-all",
        name: "Export all articles",
        group: Group::Page,
        keys: &[],
        needs: Need::Nothing,
        run: |app| app.export(Scope::AllArticles),
    },
    PageCommand {
        id: "export-article",
        name: "Export this article",
        group: Group::Page,
        keys: &[],
        needs: Need::Nothing,
        run: |app| app.export(Scope::OpenArticle),
    },
    PageCommand {
        id: "storage",
        name: "Storage, backup and restore",
        group: Group::Page,
        keys: &[],
        needs: Need::Nothing,
        run: |app| app.dialog(Some(Dialog::Storage)),
    },
    PageCommand {
        id: "back-up",
        name: "Save a backup",
        group: Group::Page,
        keys: &[],
        needs: Need::Nothing,
        run: App::back_up,
    },
    PageCommand {
        id: "theme-system",
        name: "Theme: as the system",
        group: Group::Page,
        keys: &[],
        needs: Need::Nothing,
        run: |app| app.change(|it| Settings { theme: Theme::System, ..it }),
    },
    PageCommand {
        id: "theme-light",
        name: "Theme: light",
        group: Group::Page,
        keys: &[],
        needs: Need::Nothing,
        run: |app| app.change(|it| Settings { theme: Theme::Light, ..it }),
    },
    PageCommand {
        id: "theme-dark",
        name: "Theme: dark",
        group: Group::Page,
        keys: &[],
        needs: Need::Nothing,
        run: |app| app.change(|it| Settings { theme: Theme::Dark, ..it }),
    },
    PageCommand {
        id: "text-small",
        name: "Text size: small",
        group: Group::Page,
        keys: &[],
        needs: Need::Nothing,
        run: |app| app.change(|it| Settings { size: TextSize::Small, ..it }),
    },
    PageCommand {
        id: "text-medium",
        name: "Text size: medium",
        group: Group::Page,
        keys: &[],
        needs: Need::Nothing,
        run: |app| app.change(|it| Settings { size: TextSize::Medium, ..it }),
    },
    PageCommand {
        id: "text-large",
        name: "Text size: large",
        group: Group::Page,
        keys: &[],
        needs: Need::Nothing,
        run: |app| app.change(|it| Settings { size: TextSize::Large, ..it }),
    },
];

/// The command of a key event, if it has one.
pub(super) fn command(event: &KeyboardEvent) -> Option<&'static PageCommand> {
    if event.is_composing() {
        return None;
    }
    let pressed = Pressed::of(event);
    COMMANDS.iter().find(|it| it.keys.iter().any(|keys| pressed.fits(keys)))
}

/// A key as it is shown to a person.
pub(super) fn shown(keys: &str) -> String {
    let name = |key| match key {
        "ArrowLeft" => "←",
        "ArrowRight" => "→",
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        "Escape" => "Esc",
        other => other,
    };
    keys.split('+').map(name).collect::<Vec<_>>().join("+")
}

/// A key that went down, with what was held.
struct Pressed {
    key: String,
    /// The key's place on the keyboard, whatever is written on it.
    code: String,
    control: bool,
    alt: bool,
    shift: bool,
}

impl Pressed {
    fn of(event: &KeyboardEvent) -> Self {
        // AltGr makes characters; on some systems it comes as Ctrl and Alt.
        let character = event.get_modifier_state("AltGraph");
        Self {
            key: event.key(),
            code: event.code(),
            control: (event.ctrl_key() || event.meta_key()) && !character,
            alt: event.alt_key() && !character,
            shift: event.shift_key(),
        }
    }

    fn fits(&self, keys: &str) -> bool {
        let mut parts: Vec<&str> = keys.split('+').collect();
        let Some(key) = parts.pop() else { return false };
        let (control, alt, shift) =
            (parts.contains(&"Ctrl"), parts.contains(&"Alt"), parts.contains(&"Shift"));
        if self.control != control || self.alt != alt {
            return false;
        }
        let mut characters = key.chars();
        match (characters.next(), characters.next()) {
            (Some(it), None) if it.is_ascii_digit() => {
                // By its place: some keyboards give digits with Shift only.
                let place = self.code == format!("Digit{it}") || self.code == format!("Numpad{it}");
                (place || (self.code.is_empty() && self.key == key)) && self.shift == shift
            }
            (Some(it), None) if it.is_ascii_alphabetic() => {
                let place = !self.key.is_ascii() && self.code == format!("Key{it}");
                (place || self.key.eq_ignore_ascii_case(key)) && self.shift == shift
            }
            // Where Shift is part of the character, it says nothing more.
            (Some(_), None) if !shift => self.key == key || (self.is_at(key) && !self.shift),
            (Some(_), None) => {
                self.shift && (self.key == key || BRACKETS.contains(&(&self.key, key)) || self.is_at(key))
            }
            _ => self.key == key && self.shift == shift,
        }
    }

    /// Whether it is the key that gives this character on a keyboard with Latin letters, where this one has none.
    fn is_at(&self, character: &str) -> bool {
        let place = match character {
            "[" => "BracketLeft",
            "]" => "BracketRight",
            "/" => "Slash",
            _ => return false,
        };
        !self.key.is_ascii() && self.code == place
    }
}

/// What keys give together with Shift.
const BRACKETS: [(&str, &str); 2] = [("{", "["), ("}", "]")];
