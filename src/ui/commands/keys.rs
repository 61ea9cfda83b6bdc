//! Which key is meant, on whatever keyboard.

use web_sys::KeyboardEvent;

use crate::ui::commands::{PageCommand, all};

/// The command of a key event, if it has one.
pub(crate) fn command(event: &KeyboardEvent) -> Option<&'static PageCommand> {
    if event.is_composing() {
        return None;
    }
    let pressed = Pressed::of(event);
    all().find(|it| it.keys.iter().any(|keys| pressed.fits(keys)))
}

/// A key as it is shown to a person.
pub(crate) fn shown(keys: &str) -> String {
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
