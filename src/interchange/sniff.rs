//! Recognizes Glossator's own files by their contents, whatever they are called.

use serde::Deserialize;
use serde_json::{Value, value::RawValue};

use super::{
    entry,
    head::Format,
    walk::{Found, Walk, without_mark},
};

/// The number of bytes at the beginning of a file that [`is_own_file`] examines.
pub const SNIFF_LENGTH: usize = 1 << 20;

/// Whether a file is an export or a backup of Glossator, judged by its first [`SNIFF_LENGTH`] bytes.
///
/// `bytes` may be the whole file or only its beginning. The file is Glossator's if it is a JSON object whose field
/// `format` says so; fields may come in any order. If the examined part ends or breaks off before that field, an
/// annotation or a backup item decides. A damaged file can thus be recognized too. `false` says nothing about whether
/// the file is JSON.
pub fn is_own_file(bytes: &[u8]) -> bool {
    let bytes = without_mark(&bytes[..bytes.len().min(SNIFF_LENGTH)]);
    let mut walk = Walk::new(bytes);
    let (mut list, mut has_own_element) = (String::new(), false);
    loop {
        match walk.next(&["annotations", "items"]) {
            Ok(Found::Field(name, value)) if name == "format" => {
                return entry::parse(value.get()).is_ok_and(|it| Format::named(&it).is_some());
            }
            Ok(Found::Field(..)) => {}
            Ok(Found::List(name)) => list = name,
            Ok(Found::Element(value)) => has_own_element |= is_own_element(&list, value),
            Ok(Found::End) => return false,
            Err(_) => return has_own_element,
        }
    }
}

/// Whether an element of the list has the shape of an annotation or a backup item.
fn is_own_element(list: &str, element: &RawValue) -> bool {
    if list == "items" {
        let item = <(String, String)>::deserialize(element);
        return item.is_ok_and(|(key, _)| key.starts_with("glossator:"));
    }
    let Ok(Value::Object(fields)) = entry::parse(element.get()) else { return false };
    entry::id(&fields).and(entry::version(&fields)).is_ok()
        && ["document", "tag", "quote"].into_iter().all(|it| entry::text(&fields, it).is_ok())
}
