//! Decodes Windows-1252, as the Encoding Standard defines it.

/// The characters of the bytes 0x80 to 0x9f. All other bytes are the code points of their characters.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of bytes in Windows-1252. Every byte is a character.
pub fn from_windows_1252(bytes: &[u8]) -> String {
    let character = |byte: &u8| match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(*byte),
    };
    bytes.iter().map(character).collect()
}

#[cfg(test)]
mod tests {
    use super::from_windows_1252;

    #[test]
    fn bytes_become_the_characters_of_the_encoding() {
        assert_eq!(from_windows_1252(b"Co\xfbt 5 \x80 \x8cuvre \x96 \x9f\x80"), "Coût 5 € Œuvre – Ÿ€");
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(from_windows_1252(&all).chars().count(), 256);
    }
}
