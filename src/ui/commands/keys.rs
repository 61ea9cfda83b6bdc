//! Finds the command of a key event, on any keyboard layout.

use web_sys::KeyboardEvent;

use super::{list::all, runnable::Runnable};
use crate::annotation::Codebook;

/// Brackets as typed with Shift, and without it.
const SHIFTED_BRACKETS: [(&str, &str); 2] = [("{", "["), ("}", "]")];

/// The command of a key event, if it has one.
pub(crate) fn command(event: &KeyboardEvent, codebook: &Codebook) -> Option<Runnable> {
    if event.is_composing() {
        return None;
    }
    let pressed = KeyPress::of(event);
    all(codebook).find(|it| it.has_key(|keys| pressed.matches(keys)))
}

/// The keys of a command as they are shown.
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

/// A pressed key with its modifiers.
struct KeyPress {
    key: String,
    /// The physical key, independent of the keyboard layout.
    code: String,
    control: bool,
    alt: bool,
    shift: bool,
}

impl KeyPress {
    fn of(event: &KeyboardEvent) -> Self {
        // AltGr types characters. Some systems report it as Ctrl and Alt.
        let character = event.get_modifier_state("AltGraph");
        Self {
            key: event.key(),
            code: event.code(),
            control: (event.ctrl_key() || event.meta_key()) && !character,
            alt: event.alt_key() && !character,
            shift: event.shift_key(),
        }
    }

    fn matches(&self, keys: &str) -> bool {
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
                // By the physical key: some layouts type digits only with Shift.
                let at_position = self.code == format!("Digit{it}") || self.code == format!("Numpad{it}");
                (at_position || (self.code.is_empty() && self.key == key)) && self.shift == shift
            }
            (Some(it), None) if it.is_ascii_alphabetic() => {
                let at_position = !self.key.is_ascii() && self.code == format!("Key{it}");
                (at_position || self.key.eq_ignore_ascii_case(key)) && self.shift == shift
            }
            // Shift may be needed to type the character, so its state does not matter.
            (Some(_), None) if !shift => self.key == key || (self.is_at_position_of(key) && !self.shift),
            (Some(_), None) => {
                self.shift
                    && (self.key == key
                        || SHIFTED_BRACKETS.contains(&(&self.key, key))
                        || self.is_at_position_of(key))
            }
            _ => self.key == key && self.shift == shift,
        }
    }

    /// True if it is the physical key of this character on a US layout, and the layout has no Latin letters.
    fn is_at_position_of(&self, character: &str) -> bool {
        let at_position = match character {
            "[" => "BracketLeft",
            "]" => "BracketRight",
            "/" => "Slash",
            _ => return false,
        };
        !self.key.is_ascii() && self.code == at_position
    }
}
