//! Keys and typing.

use fantoccini::{
    actions::{InputSource, KeyAction, KeyActions},
    key,
};

use super::Page;

/// A key of the keyboard.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Key {
    Char(char),
    Alt,
    ArrowDown,
    ArrowLeft,
    ArrowRight,
    ArrowUp,
    Backspace,
    Control,
    Delete,
    End,
    Enter,
    Escape,
    Home,
    F3,
    Shift,
    Tab,
}

impl Key {
    fn value(self) -> char {
        match self {
            Self::Char(char) => char,
            Self::Alt => key::Key::Alt.into(),
            Self::ArrowDown => key::Key::Down.into(),
            Self::ArrowLeft => key::Key::Left.into(),
            Self::ArrowRight => key::Key::Right.into(),
            Self::ArrowUp => key::Key::Up.into(),
            Self::Backspace => key::Key::Backspace.into(),
            Self::Control => key::Key::Control.into(),
            Self::Delete => key::Key::Delete.into(),
            Self::End => key::Key::End.into(),
            Self::Enter => key::Key::Enter.into(),
            Self::Escape => key::Key::Escape.into(),
            Self::Home => key::Key::Home.into(),
            Self::F3 => key::Key::F3.into(),
            Self::Shift => key::Key::Shift.into(),
            Self::Tab => key::Key::Tab.into(),
        }
    }
}

impl Page {
    /// Presses and releases one key.
    pub(crate) fn press(&self, key: Key) {
        self.chord(&[key]);
    }

    /// Presses the keys in this order, and releases them in the reverse order.
    pub(crate) fn chord(&self, keys: &[Key]) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for key in keys {
            actions = actions.then(KeyAction::Down { value: key.value() });
        }
        for key in keys.iter().rev() {
            actions = actions.then(KeyAction::Up { value: key.value() });
        }
        self.session()
            .perform(actions.into())
            .unwrap_or_else(|error| panic!("{keys:?} could not be pressed: {error}"));
    }

    /// Presses a key, which stays down until [`Page::key_up`].
    pub(crate) fn key_down(&self, key: Key) {
        self.act(key, KeyAction::Down { value: key.value() });
    }

    pub(crate) fn key_up(&self, key: Key) {
        self.act(key, KeyAction::Up { value: key.value() });
    }

    fn act(&self, key: Key, action: KeyAction) {
        let actions = KeyActions::new("keyboard".to_owned()).then(action);
        self.session().perform(actions.into()).unwrap_or_else(|error| panic!("{key:?}: {error}"));
    }

    /// Types the characters of `text` into the element with the focus.
    pub(crate) fn type_text(&self, text: &str) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in text.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.session()
            .perform(actions.into())
            .unwrap_or_else(|error| panic!("{text:?} could not be typed: {error}"));
    }

    pub(crate) fn undo_by_key(&self) {
        self.chord(&[Key::Control, Key::Char('z')]);
    }

    pub(crate) fn redo_by_key(&self) {
        self.chord(&[Key::Control, Key::Shift, Key::Char('z')]);
    }
}
