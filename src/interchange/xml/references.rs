//! Resolves references to characters: five names, and numbers.

use std::borrow::Cow;

use super::characters::is_xml_character;

/// The text with its references resolved, or the place of the first that cannot be, in bytes.
pub(super) fn resolve(text: Cow<'_, str>) -> Result<Cow<'_, str>, usize> {
    if text.contains('&') { resolve_all(&text).map(Cow::Owned) } else { Ok(text) }
}

fn resolve_all(text: &str) -> Result<String, usize> {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        let at = text.len() - after.len() - 1;
        let (reference, after) = after.split_once(';').ok_or(at)?;
        resolved.push_str(before);
        resolved.push(character(reference).ok_or(at)?);
        rest = after;
    }
    resolved.push_str(rest);
    Ok(resolved)
}

/// The character that a reference without `&` and `;` stands for.
fn character(reference: &str) -> Option<char> {
    match reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => numbered(reference.strip_prefix('#')?).filter(|it| is_xml_character(*it)),
    }
}

/// The character of a number, which is hexadecimal behind an `x`.
fn numbered(number: &str) -> Option<char> {
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |it| (it, 16));
    // The standard library would also accept a sign.
    let is_number = digits.starts_with(|c: char| c.is_digit(radix));
    char::from_u32(u32::from_str_radix(digits, radix).ok().filter(|_| is_number)?)
}

/// The text with every line break as LF.
pub(super) fn line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text.into() }
}

/// The text of a value with a space for every line break and tab.
pub(super) fn spaces(text: &str) -> Cow<'_, str> {
    let text = line_feeds(text);
    if text.contains(['\n', '\t']) { Cow::Owned(text.replace(['\n', '\t'], " ")) } else { text }
}
