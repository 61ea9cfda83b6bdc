//! The keys of the page, as one table that both dispatches them and lists them.

use web_sys::KeyboardEvent;

use super::app::{App, Dialog, Direction};
use crate::annotation::Tag;

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Tag(Tag),
    Note,
    Delete,
    Step(Direction),
    Cycle,
    Undo,
    Redo,
    Clear,
    Keys,
}

/// A key, or several that do the same.
pub(super) struct Binding {
    pub(super) action: Action,
    /// As they are shown, for instance `Ctrl+Z`.
    pub(super) shown: &'static [&'static str],
    /// What a person gets from it.
    pub(super) does: &'static str,
    chords: &'static [Chord],
}

struct Chord {
    /// As in `KeyboardEvent.key`, letters in lower case.
    key: &'static str,
    /// As in `KeyboardEvent.code`, for digits that some keyboards give with Shift only.
    code: &'static str,
    control: bool,
    /// `None` where it depends on the keyboard whether Shift is needed.
    shift: Option<bool>,
}

const fn key(key: &'static str) -> Chord {
    Chord { key, code: "", control: false, shift: Some(false) }
}

const fn digit(key: &'static str, code: &'static str) -> Chord {
    Chord { key, code, control: false, shift: None }
}

const fn control(key: &'static str, shift: bool) -> Chord {
    Chord { key, code: "", control: true, shift: Some(shift) }
}

/// All of them, in the order in which they are listed.
pub(super) const BINDINGS: &[Binding] = &[
    Binding {
        action: Action::Tag(Tag::Proposal),
        shown: &["1"],
        does: "Tag the selection, or the focused annotation, as Proposal",
        chords: &[digit("1", "Digit1")],
    },
    Binding {
        action: Action::Tag(Tag::Argument),
        shown: &["2"],
        does: "… as Argument",
        chords: &[digit("2", "Digit2")],
    },
    Binding {
        action: Action::Tag(Tag::Prediction),
        shown: &["3"],
        does: "… as Prediction",
        chords: &[digit("3", "Digit3")],
    },
    Binding {
        action: Action::Note,
        shown: &["N"],
        does: "Write the focused annotation’s note",
        chords: &[key("n")],
    },
    Binding {
        action: Action::Delete,
        shown: &["Delete", "Backspace"],
        does: "Delete the focused annotation",
        chords: &[key("Delete"), key("Backspace")],
    },
    Binding {
        action: Action::Step(Direction::Next),
        shown: &["J"],
        does: "Go to the next annotation",
        chords: &[key("j")],
    },
    Binding {
        action: Action::Step(Direction::Previous),
        shown: &["K"],
        does: "Go to the previous annotation",
        chords: &[key("k")],
    },
    Binding {
        action: Action::Cycle,
        shown: &["O"],
        does: "Go round the annotations that overlap here",
        chords: &[key("o")],
    },
    Binding { action: Action::Undo, shown: &["Ctrl+Z"], does: "Undo", chords: &[control("z", false)] },
    Binding {
        action: Action::Redo,
        shown: &["Ctrl+Shift+Z", "Ctrl+Y"],
        does: "Redo",
        chords: &[control("z", true), control("y", false)],
    },
    Binding {
        action: Action::Clear,
        shown: &["Esc"],
        does: "Leave the note, the selection, or the annotation",
        chords: &[key("Escape")],
    },
    Binding {
        action: Action::Keys,
        shown: &["?"],
        does: "Show this list",
        chords: &[Chord { key: "?", code: "", control: false, shift: None }],
    },
];

/// The action of a key event, if it has one.
pub(super) fn action(event: &KeyboardEvent) -> Option<Action> {
    if event.alt_key() || event.is_composing() {
        return None;
    }
    let (pressed, code) = (event.key(), event.code());
    let control = event.ctrl_key() || event.meta_key();
    // Letters come in upper case with Shift or Caps Lock.
    let pressed = if pressed.chars().count() == 1 { pressed.to_lowercase() } else { pressed };
    let fits = |chord: &Chord| {
        (chord.key == pressed || (!chord.code.is_empty() && chord.code == code && !event.shift_key()))
            && chord.control == control
            && chord.shift.is_none_or(|it| it == event.shift_key())
    };
    BINDINGS.iter().find(|it| it.chords.iter().any(fits)).map(|it| it.action)
}

/// Does what a key asks for.
pub(super) fn dispatch(app: &App, action: Action) {
    let focus = app.read(|state| state.focus);
    match action {
        Action::Tag(tag) => app.tag(tag),
        Action::Note => app.write_note(),
        Action::Delete => focus.into_iter().for_each(|it| app.delete(it)),
        Action::Step(direction) => app.step(direction),
        Action::Cycle => app.cycle(),
        Action::Undo => app.travel(true),
        Action::Redo => app.travel(false),
        Action::Clear => app.clear(),
        Action::Keys => app.dialog(Some(Dialog::Keys)),
    }
}
