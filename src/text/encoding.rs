//! What the bytes of a file are: a text in a known encoding, a text in an unknown one, or no text.

/// How many of the first bytes are looked at for a file's kind.
const HEAD: usize = 1_024;

/// What the bytes of a file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// This text: UTF-8, or UTF-16 that says so by its mark.
    Text(String),
    /// A text in one of the older encodings, most likely in this one. A person has to look at it.
    Unsure(Legacy),
    /// No text that could be read, and why.
    Refused(NoText),
}

/// An encoding in which each byte is a character. The bytes do not say which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Legacy {
    /// Western European.
    Windows1252,
    /// Cyrillic, of Windows.
    Windows1251,
    /// Cyrillic, of Unix.
    Koi8R,
}

impl Legacy {
    /// As the Encoding Standard names it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Windows1252 => "windows-1252",
            Self::Windows1251 => "windows-1251",
            Self::Koi8R => "koi8-r",
        }
    }
}

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoText {
    /// There are none.
    #[error("it is empty")]
    Empty,
    /// It is a file of another kind.
    #[error("it is {0}, not a text: save it as plain text first, or copy its text and paste it")]
    Other(&'static str),
    /// There is more than text in it.
    #[error("it is not a text: it holds characters that no text has, as programs and pictures do")]
    Binary,
    /// It begins as UTF-16 and does not go on so.
    #[error("it says that it is UTF-16, and is not: it was cut off or damaged")]
    Damaged,
}

/// How files of kinds that a person may take for texts begin.
const KINDS: [(&[u8], &str); 9] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a packed file, such as a Word document"),
    (b"\xD0\xCF\x11\xE0", "an old Word document"),
    (b"{\\rtf", "a document in rich text format"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1F\x8B", "a packed file"),
    (b"%!PS", "a PostScript document"),
];

/// Finds out what `bytes` are. A byte-order mark is no part of the text; nothing else is changed.
pub fn decode(bytes: &[u8]) -> Decoded {
    if bytes.is_empty() {
        return Decoded::Refused(NoText::Empty);
    }
    if let Some((_, kind)) = KINDS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        return Decoded::Refused(NoText::Other(kind));
    }
    let decoded = match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => str::from_utf8(rest).map(str::to_owned).map_err(|_| NoText::Damaged),
        _ if bytes.contains(&0) => Err(NoText::Binary),
        _ => match str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) if is_binary(bytes.iter().map(|it| char::from(*it))) => Err(NoText::Binary),
            Err(_) => return Decoded::Unsure(guess(bytes)),
        },
    };
    match decoded {
        Ok(text) if text.is_empty() => Decoded::Refused(NoText::Empty),
        Ok(text) if is_binary(text.chars()) => Decoded::Refused(NoText::Binary),
        Ok(text) => Decoded::Text(text),
        Err(NoText::Damaged) if bytes.starts_with(b"\xEF") => Decoded::Unsure(guess(bytes)),
        Err(why) => Decoded::Refused(why),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, NoText> {
    let (units, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(NoText::Damaged);
    }
    char::decode_utf16(units.iter().copied().map(unit)).collect::<Result<_, _>>().map_err(|_| NoText::Damaged)
}

/// Whether there is a null character, or more control characters than a stray one.
fn is_binary(text: impl Iterator<Item = char>) -> bool {
    let (mut all, mut controls) = (0_usize, 0_usize);
    for c in text {
        if c == '\0' {
            return true;
        }
        all += 1;
        controls += usize::from(c < ' ' && !matches!(c, '\t' | '\n' | '\r' | '\x0c'));
    }
    controls * 500 > all
}

/// The most likely of the older encodings: Cyrillic words are of high bytes alone, and their small letters lie in one half of
/// them or the other; in the languages of Western Europe high bytes stand alone.
fn guess(bytes: &[u8]) -> Legacy {
    let letters = || bytes.iter().filter(|it| **it >= 0xC0);
    let beside = bytes.windows(2).filter(|it| it[0] >= 0xC0 && it[1] >= 0xC0).count();
    if 2 * beside < letters().count() {
        return Legacy::Windows1252;
    }
    let high = letters().filter(|it| **it >= 0xE0).count();
    if 2 * high > letters().count() { Legacy::Windows1251 } else { Legacy::Koi8R }
}

/// The encoding that an HTML file says it is in, as it spells it.
pub fn charset_of_html(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let head: String = head.iter().map(|it| char::from(*it).to_ascii_lowercase()).collect();
    let rest = &head[head.find("charset=")? + "charset=".len()..];
    let name = rest.trim_start_matches(['"', '\'', ' ']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(name.len());
    (end > 0).then(|| name[..end].to_owned())
}
