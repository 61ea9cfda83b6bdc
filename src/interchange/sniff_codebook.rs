//! Recognizes files with codebooks by their contents.

use serde_json::Value;

use super::{
    entry,
    format::CODEBOOK_FORMAT,
    walk::{Found, Walk, without_mark},
};

/// A format of files with codebooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodebookFormat {
    /// Glossator's own.
    Own,
    /// REFI-QDA.
    Qdc,
    /// Rows with names, parents, definitions and colours.
    Csv,
}

impl CodebookFormat {
    /// The format of a file that is a codebook and nothing else, judged by its beginning.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        /// What is enough of a file that is not JSON.
        const BEGINNING: usize = 4_096;
        /// The first row of a file that this program wrote.
        const HEADER: &[u8] = b"name,parent,definition,colour";
        let bytes = without_mark(bytes).trim_ascii_start();
        if bytes.first() == Some(&b'{') {
            return is_own(bytes).then_some(Self::Own);
        }
        let beginning = &bytes[..bytes.len().min(BEGINNING)];
        // In UTF-16, every other byte is zero.
        let letters: Vec<u8> = beginning.iter().copied().filter(|it| *it != 0).collect();
        let has = |words: &[u8]| letters.windows(words.len()).any(|it| it == words);
        if has(b"CodeBook") && has(b"urn:QDA-XML:codebook:") {
            return Some(Self::Qdc);
        }
        letters.starts_with(HEADER).then_some(Self::Csv)
    }

    /// The format in which to read a file that a person says is a codebook, by its beginning or else by its name.
    pub fn guess(name: &str, bytes: &[u8]) -> Self {
        let name = name.to_lowercase();
        let by_name = || match name.rsplit_once('.').map(|it| it.1) {
            Some("json") => Some(Self::Own),
            Some("qdc" | "xml" | "qde") => Some(Self::Qdc),
            Some("csv" | "tsv" | "txt") => Some(Self::Csv),
            _ => None,
        };
        let by_mark = || match without_mark(bytes).trim_ascii_start().first() {
            Some(b'{' | b'[') => Self::Own,
            Some(b'<') => Self::Qdc,
            _ => Self::Csv,
        };
        Self::of(bytes).or_else(by_name).unwrap_or_else(by_mark)
    }
}

fn is_own(bytes: &[u8]) -> bool {
    let mut walk = Walk::new(bytes);
    loop {
        match walk.next(&["tags"]) {
            Ok(Found::Field(name, value)) if name == "format" => {
                return entry::parse(value.get()).as_ref().ok().and_then(Value::as_str)
                    == Some(CODEBOOK_FORMAT);
            }
            Ok(Found::End) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}
