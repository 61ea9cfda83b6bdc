//! Tells what the bytes of a file are: a text in a known encoding, a text in a guessed encoding, or not a text.

/// Bytes that are searched for the encoding of an HTML file.
const HTML_HEAD: usize = 1_024;

/// What the bytes of a file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// A text: UTF-8, or UTF-16 with a byte order mark.
    Text(String),
    /// A text in a legacy encoding, most likely this one. A person has to confirm it.
    Unsure(LegacyEncoding),
    /// Not a text that can be read, and why.
    Refused(NotText),
}

/// A single-byte encoding, which cannot be told from the bytes for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegacyEncoding {
    /// Western European.
    Windows1252,
    /// Cyrillic, on Windows.
    Windows1251,
    /// Cyrillic, on Unix.
    Koi8R,
}

impl LegacyEncoding {
    /// The label in the Encoding Standard.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Windows1252 => "windows-1252",
            Self::Windows1251 => "windows-1251",
            Self::Koi8R => "koi8-r",
        }
    }
}

/// Why bytes are not a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// There are no bytes.
    #[error("it is empty")]
    Empty,
    /// They are a file of another type.
    #[error("it is {0}, not plain text: save it as plain text, or copy and paste its text")]
    Other(&'static str),
    /// They contain control characters.
    #[error("it is not text: it contains control characters, as programs and pictures do")]
    Binary,
    /// They begin as UTF-16 but are not valid UTF-16.
    #[error("it starts as UTF-16 but is not valid UTF-16: it was cut off or damaged")]
    Damaged,
}

/// The first bytes of file types that a person may take for texts.
const SIGNATURES: [(&[u8], &str); 9] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a compressed file, such as a Word document"),
    (b"\xD0\xCF\x11\xE0", "an old Word document"),
    (b"{\\rtf", "a document in rich text format"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1F\x8B", "a compressed file"),
    (b"%!PS", "a PostScript document"),
];

/// Tells what `bytes` are. The text excludes a byte order mark and is otherwise unchanged.
pub fn decode(bytes: &[u8]) -> Decoded {
    if bytes.is_empty() {
        return Decoded::Refused(NotText::Empty);
    }
    if let Some((_, kind)) = SIGNATURES.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        return Decoded::Refused(NotText::Other(kind));
    }
    let decoded = match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => {
            str::from_utf8(rest).map(str::to_owned).map_err(|_| NotText::Damaged)
        }
        _ if bytes.contains(&0) => Err(NotText::Binary),
        _ => match str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) if is_binary(bytes.iter().map(|it| char::from(*it))) => Err(NotText::Binary),
            Err(_) => return Decoded::Unsure(guess(bytes)),
        },
    };
    match decoded {
        Ok(text) if text.is_empty() => Decoded::Refused(NotText::Empty),
        Ok(text) if is_binary(text.chars()) => Decoded::Refused(NotText::Binary),
        Ok(text) => Decoded::Text(text),
        Err(NotText::Damaged) if bytes.starts_with(b"\xEF") => Decoded::Unsure(guess(bytes)),
        Err(why) => Decoded::Refused(why),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, NotText> {
    let (units, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(NotText::Damaged);
    }
    char::decode_utf16(units.iter().copied().map(unit))
        .collect::<Result<_, _>>()
        .map_err(|_| NotText::Damaged)
}

/// True if there is a null character, or more than an occasional control character.
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

/// The most likely legacy encoding. In Cyrillic, whole words are high bytes, and small letters are in one half of them
/// or the other; in Western European languages, high bytes stand alone.
fn guess(bytes: &[u8]) -> LegacyEncoding {
    let letters = || bytes.iter().filter(|it| **it >= 0xC0);
    let beside = bytes.windows(2).filter(|it| it[0] >= 0xC0 && it[1] >= 0xC0).count();
    if 2 * beside < letters().count() {
        return LegacyEncoding::Windows1252;
    }
    let high = letters().filter(|it| **it >= 0xE0).count();
    if 2 * high > letters().count() { LegacyEncoding::Windows1251 } else { LegacyEncoding::Koi8R }
}

/// The encoding that an HTML file declares, in lower case.
pub fn charset_of_html(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(HTML_HEAD)];
    let head: String = head.iter().map(|it| char::from(*it).to_ascii_lowercase()).collect();
    let rest = &head[head.find("charset=")? + "charset=".len()..];
    let name = rest.trim_start_matches(['"', '\'', ' ']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).unwrap_or(name.len());
    (end > 0).then(|| name[..end].to_owned())
}
